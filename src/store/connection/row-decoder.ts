/**
 * How PostgreSQL's rows become values, by one convention for every statement:
 *
 * | column                                    | value                                        |
 * |-------------------------------------------|----------------------------------------------|
 * | `open_minor` (name)                       | `openMinor`                                  |
 * | int8 named `…_minor` or `…_minors`        | `bigint`                                     |
 * | other int8, int4, int2, float             | `number`; an unsafe integer is a `BugError`  |
 * | numeric                                   | `string`, exact                              |
 * | date                                      | `Temporal.PlainDate`                         |
 * | timestamptz                               | `Temporal.Instant`                           |
 * | json, jsonb                               | parsed                                       |
 * | bool; text and everything else            | `boolean`; `string`                          |
 * | arrays of these                           | arrays of these                              |
 *
 * `sum` of int8 is numeric in PostgreSQL: statements cast it back, `sum(open_minor)::int8 as open_minor`.
 */
import pg from 'pg';

import { assert, BugError } from '../../domain/operator-error.ts';

export interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

type Decoder = (text: string) => unknown;

/** Object identifiers of PostgreSQL's built-in types (pg_type.dat); they never change. */
const OID = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  json: 114,
  float4: 700,
  float8: 701,
  date: 1082,
  timestamptz: 1184,
  jsonb: 3802,
} as const;

/** Array type to element type. */
const ELEMENT_OF: Readonly<Record<number, number>> = {
  1000: OID.bool,
  1005: OID.int2,
  1007: OID.int4,
  1009: 25,
  1014: 25,
  1015: 25,
  1016: OID.int8,
  1021: OID.float4,
  1022: OID.float8,
  1182: OID.date,
  1185: OID.timestamptz,
  1231: 1700,
  3807: OID.jsonb,
};

/** Gives `pg` nothing to do: texts arrive as they are and are decoded here, by name and type. */
export const RAW_TEXT = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

export function decodeRows<Row>(fields: readonly Field[], rows: readonly (readonly (string | null)[])[]): readonly Row[] {
  const columns = fields.map((field) => ({ name: camelCase(field.name), decode: decoderFor(field) }));
  const names = columns.map(({ name }) => name);
  assert(new Set(names).size === names.length, `a statement returns two columns of one name: ${names.join(', ')}`);
  return rows.map((row) => {
    const decoded: Record<string, unknown> = {};
    columns.forEach(({ name, decode }, column) => {
      const text = row[column];
      decoded[name] = text === null || text === undefined ? null : decode(text);
    });
    return decoded as Row;
  });
}

function decoderFor({ name, dataTypeID }: Field): Decoder {
  const isMinor = /(?:^|_)minors?$/.test(name);
  const element = ELEMENT_OF[dataTypeID];
  return element === undefined ? scalarDecoder(dataTypeID, isMinor) : arrayDecoder(scalarDecoder(element, isMinor));
}

function scalarDecoder(oid: number, isMinor: boolean): Decoder {
  switch (oid) {
    case OID.int8:
      return isMinor ? BigInt : safeInteger;
    case OID.int2:
    case OID.int4:
    case OID.float4:
    case OID.float8:
      return Number;
    case OID.bool:
      return (text) => text === 't';
    case OID.date:
      return plainDate;
    case OID.timestamptz:
      return instantDecoder();
    case OID.json:
    case OID.jsonb:
      return (text) => JSON.parse(text) as unknown;
    default:
      return (text) => text;
  }
}

/** Rows written by one statement carry one instant, so the last one is often the next one. */
function instantDecoder(): Decoder {
  let lastText = '';
  let last: Temporal.Instant | undefined;
  return (text) => {
    if (text !== lastText || last === undefined) [lastText, last] = [text, Temporal.Instant.from(text)];
    return last;
  };
}

/** `text[]`'s parser serves every array: elements come out as texts, and nulls as null. */
const parseTextArray = pg.types.getTypeParser(1009 as number) as (text: string) => readonly (string | null)[];

const arrayDecoder =
  (element: Decoder): Decoder =>
  (text) =>
    text === '{}' ? [] : parseTextArray(text).map((item) => (item === null ? null : element(item)));

function safeInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new BugError(`the database returned ${text}, which is too large for a number; name amounts …_minor`);
}

const knownDates = new Map<string, Temporal.PlainDate>();

/** Ledgers name the same few thousand days over and over, and days never change: one object each is enough. */
const MOST_KNOWN_DATES = 50_000;

/** A day from `YYYY-MM-DD`. */
function plainDate(text: string): Temporal.PlainDate {
  const known = knownDates.get(text);
  if (known !== undefined) return known;
  const made = Temporal.PlainDate.from(text);
  if (knownDates.size >= MOST_KNOWN_DATES) knownDates.clear();
  knownDates.set(text, made);
  return made;
}

const knownNames = new Map<string, string>();

/** Column names come from our own statements, so there are few of them. */
function camelCase(name: string): string {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const made = name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  knownNames.set(name, made);
  return made;
}
