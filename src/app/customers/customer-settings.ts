/** What may be set about a customer and about whom to write to, by the name an operator types, and how each is read. */
import { readEmirate, readLanguage, readMailbox, readCompanyTrn } from '../company-identity.ts';
import { readAmount, readLine, readOptionalLine } from '../operator-input.ts';
import { CALENDAR_PRESETS } from '../../domain/calendar/calendar-presets.ts';
import type { Currency } from '../../domain/money.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import { BUSINESS_TYPES, COLLECTION_STATUSES, CONSOLIDATION_PREFERENCES, ESCALATION_LEVELS } from '../../domain/vocabulary.ts';
import type { ContactColumns, CustomerColumns } from '../../store/sql/customer-details.ts';

type Reader<Columns> = (text: string, baseCurrency: Currency) => Columns;

/** An empty value clears what may be empty. `billTo` and `owner` name other records, so they are read where these are found. */
export const CUSTOMER_SETTINGS = {
  name: (text) => ({ name: readLine(text, 'the name', 300) }),
  nameAr: (text) => ({ name_ar: readOptionalLine(text, 'the Arabic name', 300) }),
  trn: (text) => ({ trn: text === '' ? null : readCompanyTrn(text) }),
  businessType: (text) => ({ business_type: text === '' ? null : readWord(text, BUSINESS_TYPES, 'businessType') }),
  emirate: (text) => ({ emirate: text === '' ? null : readEmirate(text) }),
  phone: (text) => ({ phone: readOptionalLine(text, 'the phone number', 40) }),
  language: (text) => ({ language: text === '' ? null : readLanguage(text) }),
  paymentTermsDays: (text) => ({ payment_terms_days: readWhole(text, 0, 365, 'paymentTermsDays') }),
  graceDays: (text) => ({ grace_days: readWhole(text, 0, 90, 'graceDays') }),
  creditLimit: (text, currency) => ({ credit_limit_minor: text === '' ? null : text === '0' ? 0n : readAmount(text, currency) }),
  consolidationPreference: (text) => ({ consolidation_preference: readWord(text, CONSOLIDATION_PREFERENCES, 'consolidationPreference') }),
  maxConsolidationAmount: (text, currency) => ({ max_consolidation_amount_minor: text === '' ? null : readAmount(text, currency) }),
  preferredContactInterval: (text) => ({ preferred_contact_interval: readWhole(text, 1, 365, 'preferredContactInterval') }),
  calendarPreset: (text) => ({
    calendar_preset: text === '' ? null : readWord(text, Object.keys(CALENDAR_PRESETS), 'calendarPreset', (word) => word),
  }),
  collectionStatus: (text) => ({ collection_status: readWord(text, COLLECTION_STATUSES, 'collectionStatus') }),
  customerSinceOn: (text) => ({ customer_since_on: text === '' ? null : readDay(text, 'customerSinceOn') }),
  isActive: (text) => ({ is_active: readYesNo(text, 'isActive') }),
  notes: (text) => ({ notes: readOptionalLine(text, 'the notes', 4000) }),
} as const satisfies Record<string, Reader<CustomerColumns>>;

/** About one person: the primary contact, or the one named with `--contact`. */
export const CONTACT_SETTINGS = {
  'contact.name': (text) => ({ name: readLine(text, "the contact's name", 300) }),
  'contact.nameAr': (text) => ({ name_ar: readOptionalLine(text, "the contact's Arabic name", 300) }),
  'contact.title': (text) => ({ title: readOptionalLine(text, "the contact's title", 60) }),
  'contact.role': (text) => ({ role: readOptionalLine(text, "the contact's role", 100) }),
  'contact.address': (text) => ({ address: text === '' ? null : readMailbox(text) }),
  'contact.phone': (text) => ({ phone: readOptionalLine(text, "the contact's phone number", 40) }),
  'contact.language': (text) => ({ language: text === '' ? null : readLanguage(text) }),
  'contact.levels': (text) => ({ levels: readLevels(text) }),
  'contact.isPrimary': (text) => ({ is_primary: readYesNo(text, 'contact.isPrimary') }),
  'contact.isActive': (text) => ({ is_active: readYesNo(text, 'contact.isActive') }),
} as const satisfies Record<string, Reader<ContactColumns>>;

export const SETTING_NAMES: readonly string[] = [...Object.keys(CUSTOMER_SETTINGS), 'billTo', 'owner', ...Object.keys(CONTACT_SETTINGS)];

/** Whether money is collected at all, from whom, and how much may go out without a person: an APPROVER's or an ADMIN's. */
export const DECISIONS: ReadonlySet<string> = new Set(['collectionStatus', 'isActive', 'billTo', 'creditLimit', 'maxConsolidationAmount']);

/** Values the audit may hold: none of them says who anybody is. */
export const IMPERSONAL: ReadonlySet<string> = new Set([
  'businessType',
  'emirate',
  'language',
  'paymentTermsDays',
  'graceDays',
  'creditLimit',
  'consolidationPreference',
  'maxConsolidationAmount',
  'preferredContactInterval',
  'calendarPreset',
  'collectionStatus',
  'customerSinceOn',
  'isActive',
  'contact.language',
  'contact.levels',
  'contact.isPrimary',
  'contact.isActive',
]);

export const badSetting = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `customer.${what}`, kind: 'usage', message, tryThis });

function readWord<Word extends string>(
  text: string,
  words: readonly Word[],
  name: string,
  spelled: (text: string) => string = (word) => word.toUpperCase().replaceAll(/[\s-]+/g, '_'),
): Word {
  const word = words.find((each) => each === spelled(text));
  if (word !== undefined) return word;
  throw badSetting('bad-word', `${quoted(text)} is no ${name}.`, `Use one of ${words.join(', ')}.`);
}

function readWhole(text: string, least: number, most: number, name: string): number | null {
  if (text === '') return null;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw badSetting('bad-number', `${name} cannot be ${quoted(text)}.`, `Give a whole number from ${least} to ${most}, or leave it empty.`);
}

function readYesNo(text: string, name: string): boolean {
  const word = text.toLowerCase();
  if (word === 'yes' || word === 'no') return word === 'yes';
  throw badSetting('bad-word', `${name} cannot be ${quoted(text)}.`, 'Write yes or no.');
}

function readDay(text: string, name: string): Temporal.PlainDate {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    // Not a day of the calendar: refused below like any other text.
  }
  throw badSetting('bad-day', `${name} cannot be ${quoted(text)}.`, 'Write a day like 2026-11-23.');
}

const readLevels = (text: string): NonNullable<ContactColumns['levels']> =>
  text === '' ? [] : text.split(',').map((word) => readWord(word.trim(), ESCALATION_LEVELS, 'level'));

const quoted = (text: string): string => JSON.stringify(safeText(text.slice(0, 60)));
