/** Turns rows into customers, each customer once however many rows repeat it. */
import { CALENDAR_PRESET_NAMES } from '../../domain/calendar/calendar-presets.ts';
import type { Currency } from '../../domain/money.ts';
import { readTrn } from '../../domain/trn.ts';
import type { TrnWarning } from '../../domain/trn.ts';
import {
  BUSINESS_TYPES,
  COLLECTION_STATUSES,
  CONSOLIDATION_PREFERENCES,
  EMIRATES,
  ESCALATION_LEVELS,
  LANGUAGES,
} from '../../domain/vocabulary.ts';
import { columnsOf } from '../bind-columns.ts';
import type { BoundField } from '../bind-columns.ts';
import { shown } from '../faults.ts';
import type { ContactRecord, CustomerRecord } from '../ledger-records.ts';
import type { CustomerField } from '../mapping.ts';
import { LONGEST } from '../row-reader.ts';
import type { RowReader } from '../row-reader.ts';
import { SeenKeys } from '../seen-keys.ts';
import { readAddress } from './address-cell.ts';

export interface CustomerRowsOptions {
  readonly fields: Partial<Record<CustomerField, BoundField>>;
  readonly reader: RowReader;
  /** Currency of limits. */
  readonly baseCurrency: Currency;
  /** The company's own domains: mail to them would be a loop. */
  readonly ownDomains: readonly string[];
  /** True when rows are invoices and merely mention their customer, so that repeating one is normal. */
  readonly isDerived: boolean;
  readonly addresses: 'one' | 'several';
  readonly badAddresses: 'refuse' | 'leave-out';
}

export class CustomerRows {
  private readonly options: CustomerRowsOptions;
  private readonly columns: readonly boolean[];
  private readonly seen = new SeenKeys();
  /** Codes whose description was refused, with its row: the other rows of that customer fall with it. */
  private readonly faulty = new Map<string, number>();

  constructor(options: CustomerRowsOptions) {
    this.options = options;
    this.columns = columnsOf(Object.values(options.fields));
  }

  /** The row's customer, or `null` when it is faulty or has been read before. */
  read(): CustomerRecord | null {
    const { fields, reader } = this.options;
    const code = reader.requiredIdentifier(fields.code, LONGEST.code);
    if (reader.isFaulty) return null;
    reader.subject = `Customer ${code}`;
    if (this.isRepeated(code)) return null;
    const record = this.record(code);
    if (record === null) this.faulty.set(code, reader.row);
    return record;
  }

  private isRepeated(code: string): boolean {
    const { reader, isDerived, fields } = this.options;
    const sighting = this.seen.see(code, reader.contentOf(this.columns), reader.row);
    if (sighting.kind === 'new') return false;
    const column = fields.code?.column ?? null;
    const faultyRow = this.faulty.get(code);
    if (faultyRow !== undefined) reader.joins(faultyRow);
    if (sighting.kind === 'same') {
      if (!isDerived)
        reader.warn(
          'repeated-row',
          column,
          `stands twice with the same details, first in row ${sighting.row}`,
          'Nothing needs doing; the first is used.',
        );
    } else if (isDerived)
      reader.warn('customer-differs', column, `is described differently in row ${sighting.row}`, 'The first description is used.');
    else {
      reader.joins(sighting.row);
      reader.refuse(
        'duplicate-in-file',
        column,
        `stands twice with different details, first in row ${sighting.row}`,
        'Remove one of the rows.',
      );
    }
    return true;
  }

  private record(code: string): CustomerRecord | null {
    const { fields, reader, baseCurrency } = this.options;
    const billToCode = reader.identifier(fields.billToCode, LONGEST.code);
    const name = reader.requiredName(fields.name);
    const record: CustomerRecord = {
      code,
      name,
      nameAr: reader.name(fields.nameAr),
      billToCode: billToCode === code ? null : billToCode,
      contacts: this.contacts(name),
      language: reader.word(fields.language, LANGUAGES),
      trn: this.trn(fields.trn),
      businessType: reader.word(fields.businessType, BUSINESS_TYPES),
      emirate: reader.word(fields.emirate, EMIRATES),
      paymentTermsDays: reader.wholeNumber(fields.paymentTermsDays, 0, 365),
      graceDays: reader.wholeNumber(fields.graceDays, 0, 90),
      calendarPreset: reader.word(fields.calendarPreset, CALENDAR_PRESET_NAMES),
      consolidationPreference: reader.word(fields.consolidationPreference, CONSOLIDATION_PREFERENCES),
      maxConsolidationMinor: this.limit(fields.maxConsolidation, 1n, baseCurrency),
      preferredContactIntervalDays: reader.wholeNumber(fields.preferredContactIntervalDays, 1, 365),
      collectionStatus: reader.word(fields.collectionStatus, COLLECTION_STATUSES),
      creditLimitMinor: this.limit(fields.creditLimit, 0n, baseCurrency),
      customerSince:
        fields.customerSince === undefined || reader.raw(fields.customerSince) === '' ? null : reader.pastDate(fields.customerSince),
      phone: reader.name(fields.phone, LONGEST.phone),
      isActive: reader.isYes(fields.isActive),
      ...this.lastContact(),
      source: reader.place,
    };
    return reader.isFaulty ? null : record;
  }

  /** What another system did before: a level without its day could never be counted from. */
  private lastContact(): Pick<CustomerRecord, 'lastContactOn' | 'lastLevel'> {
    const { fields, reader } = this.options;
    const lastContactOn = reader.raw(fields.lastContactOn) === '' ? null : reader.dayUpToNow(fields.lastContactOn);
    const lastLevel = reader.word(fields.lastLevel, ESCALATION_LEVELS);
    if (lastLevel !== null && lastContactOn === null && !reader.isFaulty)
      reader.refuse(
        'level-without-day',
        fields.lastLevel?.column ?? null,
        `was last written to as ${lastLevel}, but nobody says when`,
        'Give the day of that letter, or leave the level empty.',
      );
    return { lastContactOn, lastLevel };
  }

  private limit(field: BoundField | undefined, least: bigint, currency: Currency): bigint | null {
    const { reader } = this.options;
    const amount = reader.amount(field, currency);
    if (amount !== null && amount < least)
      reader.refuse('bad-amount', field?.column ?? null, `has a limit of ${shown(reader.raw(field))}`, 'Leave it empty for no limit.');
    return amount;
  }

  private trn(field: BoundField | undefined): string | null {
    const { reader } = this.options;
    const text = reader.raw(field);
    if (text === '' || field === undefined) return null;
    const reading = readTrn(text);
    if (reading.kind === 'error') {
      reader.refuse(
        'bad-trn',
        field.column,
        `the TRN ${shown(text)} cannot be right. ${reading.message.replace(/\.$/, '')}`,
        'Correct it, or leave the cell empty.',
      );
      return null;
    }
    if (reading.warnings.length > 0)
      reader.warn(
        'odd-trn',
        field.column,
        `the TRN ${reading.trn} looks mistyped (${reading.warnings.map((warning) => TRN_WARNINGS[warning]).join(', ')})`,
        'Compare it with a tax invoice.',
      );
    return reading.trn;
  }

  private contacts(customerName: string): readonly ContactRecord[] {
    const { fields, reader } = this.options;
    // Read even without an address, so that a bad name is reported before somebody adds one.
    const contact = {
      name: reader.name(fields.contactName) ?? customerName,
      nameAr: reader.name(fields.contactNameAr),
      title: reader.name(fields.contactTitle),
      role: reader.name(fields.contactRole),
      address: '',
      language: reader.word(fields.contactLanguage, LANGUAGES),
    };
    return this.addresses(fields.address).map((address, index) => ({ ...contact, address, isPrimary: index === 0 }));
  }

  private addresses(field: BoundField | undefined): readonly string[] {
    const { reader, ownDomains, addresses, badAddresses } = this.options;
    if (field === undefined || reader.raw(field) === '') return [];
    // Not trimmed here: what may be trimmed from an address is the address check's business.
    const text = reader.verbatim(field);
    const parts = addresses === 'several' ? text.split(/[;,]/).filter((part) => part.trim() !== '') : [text];
    const read = parts.flatMap((part) => readAddress(part, { reader, column: field.column, ownDomains, badAddresses }) ?? []);
    return read.filter((address, at) => read.findIndex((other) => other.toLowerCase() === address.toLowerCase()) === at);
  }
}

const TRN_WARNINGS: Readonly<Record<TrnWarning, string>> = {
  'unusual-start': 'does not start with 100',
  'unusual-end': 'does not end with 03',
  'check-digit': 'wrong check digit',
};
