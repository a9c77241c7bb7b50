/**
 * A mapping says, as data, how one kind of export becomes ledger records: its marks for decimals and dates, and which column
 * (or template, or fixed word) fills each field. Mappings ship in `mappings/*.json`; an operator may write more.
 * `docs/import.md` describes the format for people; this schema is what is checked.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import { DELIMITERS } from './csv/file-head.ts';
import { DATE_FORMATS } from './date-text.ts';
import { packagePath } from '../package-root.ts';

export const RECORD_KINDS = [
  'customers',
  'contacts',
  'invoices',
  'credit-notes',
  'payments',
  'cheques',
  'exchange-rates',
  'days-off',
  'suppressions',
] as const;
/** What a file, or one reading of its rows, yields. */
export type RecordKind = (typeof RECORD_KINDS)[number];

const heading = z.string().min(1).max(200);

/**
 * Where a field's text comes from: a heading; several headings of which the first present one counts; or an object with
 * one of `column`, `template` and `constant`. `default` stands in for a blank cell, `values` translates the ledger's words (a word it
 * does not name stays, and is refused where only some are known).
 */
const fieldSource = z.union([
  heading,
  z.array(heading).min(1),
  z.strictObject({
    column: z.union([heading, z.array(heading).min(1)]).optional(),
    template: z.string().min(1).max(500).optional(),
    constant: z.string().max(200).optional(),
    default: z.string().max(200).optional(),
    values: z.record(z.string(), z.string()).optional(),
  }),
]);
export type FieldSource = z.infer<typeof fieldSource>;

/** Keeps rows whose cell is one of `is`, and none of `isNot`; compared trimmed and without regard to case. */
const rowFilter = z.strictObject({ column: heading, is: z.array(z.string()).optional(), isNot: z.array(z.string()).optional() });
export type RowFilter = z.infer<typeof rowFilter>;

const fieldsOf = <const Name extends string>(names: readonly Name[]) =>
  z.strictObject({
    fields: z.partialRecord(z.enum(names), fieldSource),
    where: z.array(rowFilter).default([]),
  });

export const CUSTOMER_FIELDS = [
  'code',
  'name',
  'nameAr',
  'billToCode',
  'address',
  'contactName',
  'contactNameAr',
  'contactTitle',
  'contactRole',
  'contactLanguage',
  'language',
  'trn',
  'businessType',
  'emirate',
  'paymentTermsDays',
  'graceDays',
  'calendarPreset',
  'consolidationPreference',
  'maxConsolidation',
  'preferredContactIntervalDays',
  'collectionStatus',
  'creditLimit',
  'customerSince',
  'phone',
  'isActive',
  'lastContactOn',
  'lastLevel',
] as const;
export const DOCUMENT_FIELDS = [
  'kind',
  'number',
  'customerCode',
  'issuedOn',
  'dueOn',
  'paymentTermsDays',
  'currency',
  'total',
  'open',
  'customerReference',
  'linkedNumber',
  'appliedTo',
  'appliedAmount',
  'appliedOn',
  'promisedOn',
  'sourceKey',
  'sellerTrn',
  'isSelfBilled',
] as const;
export const PAYMENT_FIELDS = [
  'reference',
  'customerCode',
  'receivedOn',
  'currency',
  'amount',
  'method',
  'invoiceNumber',
  'allocated',
] as const;

export const CONTACT_FIELDS = ['customerCode', 'address', 'name', 'nameAr', 'title', 'role', 'language', 'isPrimary'] as const;
export const CHEQUE_FIELDS = ['customerCode', 'number', 'bank', 'datedOn', 'amount', 'currency', 'invoiceNumber'] as const;
export const RATE_FIELDS = ['currency', 'quotedOn', 'rate', 'source'] as const;
export const DAY_OFF_FIELDS = ['firstOn', 'untilOn', 'name', 'isMourning'] as const;
export const SUPPRESSION_FIELDS = ['address', 'why', 'reason', 'untilOn'] as const;

const customersOf = fieldsOf(CUSTOMER_FIELDS).extend({
  /** `several`: a cell may hold "a@x; b@x", each a contact. Our own format takes one, so that a mistyped list is noticed. */
  addresses: z.enum(['one', 'several']).default('one'),
  /** `leave-out`: an address that cannot be right (a placeholder of the program) is warned of instead of refusing its row. */
  badAddresses: z.enum(['refuse', 'leave-out']).default('refuse'),
  /**
   * `code-or-trn`: a customer whose code nobody has recorded is the one recorded with its TRN, when there is exactly one. For documents
   * that carry an identification of their own, which the ledger need not use.
   */
  knownBy: z.enum(['code', 'code-or-trn']).default('code'),
});

const documentsOf = fieldsOf(DOCUMENT_FIELDS).extend({
  /**
   * For exports with a row per line of an invoice. `repeat`: each row repeats the invoice's amounts. `sum`: each row has its line's
   * amounts, which together are the invoice's; its rows stand one after the other.
   */
  lines: z.enum(['none', 'repeat', 'sum']).default('none'),
});

export type CustomerField = (typeof CUSTOMER_FIELDS)[number];
export type DocumentField = (typeof DOCUMENT_FIELDS)[number];
export type PaymentField = (typeof PAYMENT_FIELDS)[number];
export type ContactField = (typeof CONTACT_FIELDS)[number];
export type ChequeField = (typeof CHEQUE_FIELDS)[number];
export type RateField = (typeof RATE_FIELDS)[number];
export type DayOffField = (typeof DAY_OFF_FIELDS)[number];
export type SuppressionField = (typeof SUPPRESSION_FIELDS)[number];

/** Fields without which a row says nothing; a file that has no column for one of them is refused. */
export const REQUIRED_FIELDS = {
  customers: ['code', 'name'],
  invoices: ['number', 'customerCode', 'issuedOn', 'total'],
  'credit-notes': ['number', 'customerCode', 'issuedOn', 'total'],
  payments: ['reference', 'customerCode', 'receivedOn', 'amount'],
  contacts: ['customerCode', 'address', 'name'],
  cheques: ['customerCode', 'number', 'datedOn'],
  'exchange-rates': ['currency', 'quotedOn', 'rate'],
  'days-off': ['firstOn', 'name'],
  suppressions: ['address'],
} as const satisfies Readonly<Record<RecordKind, readonly string[]>>;

/** What each row of a file yields; one row may yield a customer, its invoice and the payment of it. */
const fileMapping = z.strictObject({
  yields: z.strictObject({
    customers: customersOf.optional(),
    invoices: documentsOf.optional(),
    'credit-notes': documentsOf.optional(),
    payments: fieldsOf(PAYMENT_FIELDS).optional(),
    contacts: fieldsOf(CONTACT_FIELDS).optional(),
    cheques: fieldsOf(CHEQUE_FIELDS).optional(),
    'exchange-rates': fieldsOf(RATE_FIELDS).optional(),
    'days-off': fieldsOf(DAY_OFF_FIELDS).optional(),
    suppressions: fieldsOf(SUPPRESSION_FIELDS).optional(),
  }),
  where: z.array(rowFilter).default([]),
});
export type FileMapping = z.infer<typeof fileMapping>;

const mappingSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string().min(1),
  /** Where the format was taken from, and what is left out on purpose. */
  source: z.string().min(1),
  /** True when only the format's published headings were at hand, never a real export: look twice at the first import. */
  headingsOnly: z.boolean().default(false),
  /** `open-items`: every row states what is open. `transactions`: balances follow from invoices less payments and credits. */
  ledger: z.enum(['open-items', 'transactions']),
  delimiter: z.enum(DELIMITERS).optional(),
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum([',', '.', "'", 'space', 'none']).default('none'),
  negatives: z.enum(['minus', 'brackets', 'trailing-minus']).default('minus'),
  /** `positive`: credits are written as positive amounts. `negative`: as negative ones; a positive one is refused. */
  creditAmounts: z.enum(['positive', 'negative']).default('positive'),
  /** `by-file`: the program writes days as its user's computer does; the whole file shows which way, or the operator says it. */
  dates: z.enum([...DATE_FORMATS, 'by-file']),
  /** Currency of rows that name none, `base` for the company's own; without it they are refused. */
  currency: z
    .string()
    .regex(/^(?:[A-Z]{3}|base)$/)
    .optional(),
  /** Headings that no field names: `refuse` finds misspelt headings in a format of our own, `ignore` suits foreign exports. */
  otherColumns: z.enum(['refuse', 'ignore']).default('ignore'),
  files: z.partialRecord(z.enum(RECORD_KINDS), fileMapping),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Checks a mapping that is already parsed JSON. @throws OperatorError `import.bad-mapping`. */
export function checkMapping(value: unknown, file: string): Mapping {
  const checked = mappingSchema.safeParse(value);
  if (checked.success) return checked.data;
  const first = checked.error.issues[0];
  throw badMapping(file, `${first?.path.join('.') ?? ''}: ${first?.message ?? 'not understood'}`);
}

const badMapping = (file: string, what: string): OperatorError =>
  new OperatorError({
    code: 'import.bad-mapping',
    message: `The mapping ${file} cannot be used: ${safeText(what)}.`,
    tryThis: 'Compare it with the mappings in docs/import.md.',
    kind: 'configuration',
    at: { file },
  });

const shippedFolder = (): string => packagePath('mappings');

/** The mappings that come with Wafa, by name. */
export async function listMappings(): Promise<readonly Mapping[]> {
  const files = (await readdir(shippedFolder())).filter((file) => file.endsWith('.json')).toSorted();
  return Promise.all(files.map((file) => readMapping(join(shippedFolder(), file))));
}

/**
 * A shipped mapping by its name, or any by the path of its file.
 * @throws OperatorError `import.unknown-mapping` or `import.bad-mapping`.
 */
export async function loadMapping(nameOrPath: string): Promise<Mapping> {
  if (/[/\\]|\.json$/.test(nameOrPath)) return readMapping(resolve(nameOrPath));
  const shipped = await listMappings();
  const found = shipped.find(({ name }) => name === nameOrPath);
  if (found) return found;
  throw new OperatorError({
    code: 'import.unknown-mapping',
    message: `There is no mapping "${safeText(nameOrPath.slice(0, 60))}".`,
    tryThis: `Use one of ${shipped.map(({ name }) => name).join(', ')}, or the path of a mapping file.`,
    kind: 'usage',
  });
}

async function readMapping(path: string): Promise<Mapping> {
  const file = safeText(basename(path));
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw badMapping(
      file,
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'the file does not exist' : 'the file cannot be read',
    );
  });
  try {
    return checkMapping(JSON.parse(text), file);
  } catch (error) {
    throw error instanceof SyntaxError ? badMapping(file, 'it is not valid JSON') : error;
  }
}
