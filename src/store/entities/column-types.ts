/**
 * How columns become values: days as `Temporal.PlainDate`, instants as `Temporal.Instant`, amounts as `bigint`, identifiers as
 * numbers. What does not fit is refused, never rounded. Defaults are the database's (`defaultRaw`), so that there is one of each.
 */
import { type EntityClass, p, Type } from '@mikro-orm/core';

import type { Day, Instant } from '../../domain/days.ts';
import type { CompanyId, Id } from '../../domain/ids.ts';
import { assert } from '../../domain/operator-error.ts';

/** A connection of the ORM's own gives text; a connection that already reads days and instants gives those. */
type Stored<Value> = Value | string | null;

/** `date`. The ORM compares the text, so that an equal day is no change. */
class PlainDateType extends Type<Day | null, string | null> {
  override convertToDatabaseValue(value: Day | null): string | null {
    return value === null ? null : value.toString();
  }

  override convertToJSValue(value: Stored<Day>): Day | null {
    return typeof value === 'string' ? Temporal.PlainDate.from(value) : value;
  }

  override getColumnType(): string {
    return 'date';
  }

  override compareAsType(): string {
    return 'string';
  }
}

/** `timestamptz`, to the microsecond, which is all PostgreSQL keeps; finer parts are cut off, not rounded into the future. */
class InstantType extends Type<Instant | null, string | null> {
  override convertToDatabaseValue(value: Instant | null): string | null {
    return value === null ? null : value.toString({ smallestUnit: 'microsecond' });
  }

  override convertToJSValue(value: Stored<Instant>): Instant | null {
    return typeof value === 'string' ? Temporal.Instant.from(value) : value;
  }

  override getColumnType(): string {
    return 'timestamptz';
  }

  override compareAsType(): string {
    return 'string';
  }
}

/** `bigint` as a number, for identifiers and counters. @throws BugError beyond 2^53 - 1, where numbers stop being exact. */
export class SafeIntegerType extends Type<number | null, string | number | null> {
  /** A number, not text: the ORM takes over generated identifiers as numbers and would see a change where there is none. */
  override convertToDatabaseValue(value: number | null): number | null {
    return value;
  }

  override convertToJSValue(value: string | number | null | undefined): number | null {
    if (value === null || value === undefined) return null;
    const number = Number(value);
    assert(Number.isSafeInteger(number), 'The database holds an identifier larger than a number can be exact about.');
    return number;
  }

  /** Never `bigserial`, which has a default besides the identity. */
  override getColumnType(): string {
    return 'bigint';
  }

  override compareAsType(): string {
    return 'number';
  }
}

/** First half of every key. Returned by INSERT, because the ORM otherwise forgets the given half of a key whose other half is generated. */
export const companyKey = () => p.type(SafeIntegerType).$type<CompanyId>().primary().autoincrement(false).returning();

/** Second half of most keys, from the table's identity sequence. */
export const identity = <Kind extends string>() =>
  p.type(SafeIntegerType).$type<Id<Kind>>().primary().autoincrement().generated('by default as identity');

export const wholeNumber = () => p.type(SafeIntegerType).$type<number>();
export const day = () => p.type(PlainDateType).$type<Day>();
export const instant = () => p.type(InstantType).$type<Instant>();
export const createdAt = () => instant().defaultRaw('now()');

/** Counts the changes of a row; a write with an outdated one is refused. Database default 1. */
export const rowVersion = () => p.integer().version();

/** A row of another table of the same company. The key is `(company_id, column)`; nothing follows a change or a deletion by itself. */
export const belongsTo = <Target extends EntityClass>(target: Target, column: string) =>
  p.manyToOne(target).joinColumns('company_id', column).deleteRule('no action').updateRule('no action');

/**
 * The import a row came with. Without a foreign key, which would be looked up for every row of a ledger: the transaction that writes the
 * rows writes the import's own first, and nobody may delete one.
 */
export const cameWith = <Target extends EntityClass>(target: Target) =>
  belongsTo(target, 'import_batch_id').createForeignKeyConstraint(false);
