/** Turns rows into exchange rates, days off and suppressed addresses: one record per row, each key once in a file. */
import type { Day } from '../../domain/days.ts';
import type { Currency } from '../../domain/money.ts';
import type { BoundField } from '../bind-columns.ts';
import { shown } from '../faults.ts';
import type { DayOffRecord, ExchangeRateRecord, SuppressionRecord } from '../ledger-records.ts';
import type { DayOffField, RateField, SuppressionField } from '../mapping.ts';
import { LONGEST } from '../row-reader.ts';
import type { RowReader } from '../row-reader.ts';
import { SeenKeys } from '../seen-keys.ts';
import { readAddress } from './address-cell.ts';

type Fields<Name extends string> = Partial<Record<Name, BoundField>>;

/** Rates are kept in millionths; a larger one than a million to one is a mistyped one, and would overflow what it is multiplied with. */
const RATE = /^(\d{1,6})(?:\.(\d{1,6}))?$/;

export class RateRows {
  private readonly fields: Fields<RateField>;
  private readonly reader: RowReader;
  private readonly baseCurrency: Currency;
  private readonly seen = new SeenKeys();

  constructor(fields: Fields<RateField>, reader: RowReader, baseCurrency: Currency) {
    this.fields = fields;
    this.reader = reader;
    this.baseCurrency = baseCurrency;
  }

  read(): ExchangeRateRecord | null {
    const { fields, reader } = this;
    const currency = reader.currency(fields.currency);
    reader.subject = `Rate of ${currency}`;
    if (currency === this.baseCurrency)
      reader.refuse('base-currency', fields.currency?.column ?? null, 'is that of the company to itself', 'Leave the row out.');
    const quotedOn = reader.raw(fields.quotedOn) === '' ? reader.pastDate(fields.quotedOn) : reader.dayUpToNow(fields.quotedOn);
    const ratePpm = this.rate(fields.rate);
    const quotedBy = reader.name(fields.source, LONGEST.reference);
    if (reader.isFaulty || quotedOn === null) return null;
    refuseTwice(reader, this.seen, `${currency} ${quotedOn.toString()}`, fields.currency);
    return reader.isFaulty ? null : { kind: 'exchange-rate', currency, ratePpm, quotedOn, quotedBy, source: reader.place };
  }

  private rate(field: BoundField | undefined): bigint {
    const { reader } = this;
    const text = reader.raw(field);
    const [, whole = '', decimals = ''] = RATE.exec(text) ?? [];
    const ppm = BigInt(`${whole}${decimals.padEnd(6, '0')}`);
    if (ppm > 0n) return ppm;
    reader.refuse(
      'bad-rate',
      field?.column ?? null,
      `${shown(text)} in column "${field?.column ?? ''}" is not a rate`,
      `Write what one unit costs in ${this.baseCurrency}, with up to six decimals: 3.6725.`,
    );
    return 0n;
  }
}

export class DayOffRows {
  private readonly fields: Fields<DayOffField>;
  private readonly reader: RowReader;
  private readonly seen = new SeenKeys();

  constructor(fields: Fields<DayOffField>, reader: RowReader) {
    this.fields = fields;
    this.reader = reader;
  }

  read(): DayOffRecord | null {
    const { fields, reader } = this;
    const name = reader.requiredIdentifier(fields.name, LONGEST.code);
    reader.subject = `Occasion ${name}`;
    const firstOn = reader.pastDate(fields.firstOn);
    const untilOn = reader.date(fields.untilOn);
    const isMourning = reader.isYes(fields.isMourning) ?? false;
    if (reader.isFaulty || firstOn === null) return null;
    refuseTwice(reader, this.seen, `${name} ${firstOn.toString()}`, fields.firstOn);
    return reader.isFaulty ? null : { kind: 'day-off', firstOn, untilOn, name, isMourning, source: reader.place };
  }
}

const WHYS = ['OPERATOR', 'WRONG_PERSON', 'COMPLAINT'] as const;

export class SuppressionRows {
  private readonly fields: Fields<SuppressionField>;
  private readonly reader: RowReader;
  private readonly seen = new SeenKeys();

  constructor(fields: Fields<SuppressionField>, reader: RowReader) {
    this.fields = fields;
    this.reader = reader;
  }

  read(): SuppressionRecord | null {
    const { fields, reader } = this;
    const field = fields.address;
    if (field === undefined || reader.raw(field) === '') reader.requiredIdentifier(field, LONGEST.name);
    if (reader.isFaulty || field === undefined) return null;
    const address = readAddress(reader.verbatim(field), { reader, column: field.column, ownDomains: [], badAddresses: 'refuse' });
    const why = reader.word(fields.why, WHYS) ?? 'OPERATOR';
    const reason = reader.name(fields.reason) ?? 'Listed in an imported file';
    const untilOn: Day | null = reader.date(fields.untilOn);
    if (reader.isFaulty || address === null) return null;
    refuseTwice(reader, this.seen, address.toLowerCase(), field);
    return reader.isFaulty ? null : { kind: 'suppression', address, why, reason, untilOn, source: reader.place };
  }
}

function refuseTwice(reader: RowReader, seen: SeenKeys, key: string, field: BoundField | undefined): void {
  const before = seen.see(key, 0, reader.row);
  if (before.kind !== 'new')
    reader.refuse('duplicate-in-file', field?.column ?? null, `also stands in row ${before.row}`, 'Remove one of the rows.');
}
