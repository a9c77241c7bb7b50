/**
 * Proposes a mapping for a file that none fits: each field from the headings that shipped mappings read it from and those exports usually have, notations from the first
 * rows. A proposal for a person to check, never used by itself.
 */
import { parseAmount, type AmountFormat } from './amount-text.ts';
import { headingsOf } from './bind-columns.ts';
import { parseDay, type DateFormat } from './date-text.ts';
import { headingKey } from './headings.ts';
import { checkMapping, REQUIRED_FIELDS, type FieldSource, type FileMapping, type Mapping } from './mapping.ts';

const GUESSED_KINDS = ['invoices', 'credit-notes', 'payments', 'customers'] as const;
type GuessedKind = (typeof GUESSED_KINDS)[number];

export interface GuessedField {
  readonly field: string;
  /** `null`: needed, and no heading looks like it. */
  readonly heading: string | null;
  readonly samples: readonly string[];
}

export interface GuessedMapping {
  readonly kind: GuessedKind;
  readonly mapping: Mapping;
  /** As it is to be written: what a schema would fill in by itself is left out. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly fields: readonly GuessedField[];
  readonly unread: readonly string[];
}

/** A heading no file has: an import names it as missing until somebody puts the right one. */
const TO_BE_NAMED = '(name the column)';
/** Enough to recognise a column by. */
const SAMPLES = 3;

/** @param rows the first rows of the file, without its headings. */
export function guessMapping(
  name: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  known: readonly Mapping[],
): GuessedMapping {
  const [best] = GUESSED_KINDS.map((kind) => ({ kind, found: matches(kind, headings, known) })).toSorted(
    (a, b) => shareOf(b.kind, b.found) - shareOf(a.kind, a.found) || b.found.size - a.found.size,
  );
  const { kind, found } = best ?? { kind: 'invoices' as const, found: new Map<string, string>() };
  const required: readonly string[] = REQUIRED_FIELDS[kind];
  const samplesOf = (heading: string): readonly string[] => {
    const at = headings.indexOf(heading);
    return rows.flatMap((cells) => (cells[at]?.trim() ? [cells[at].trim()] : []));
  };
  const missing = required.filter((field) => !found.has(field));
  const document = documentFor(name, kind, { found, missing, samplesOf });
  return {
    kind,
    document,
    mapping: checkMapping(document, `${name}.json`),
    fields: [
      ...[...found].map(([field, heading]) => ({ field, heading, samples: samplesOf(heading).slice(0, SAMPLES) })),
      ...missing.map((field) => ({ field, heading: null, samples: [] })),
    ],
    unread: headings.filter((heading) => heading.trim() !== '' && ![...found.values()].includes(heading)),
  };
}

const shareOf = (kind: GuessedKind, found: ReadonlyMap<string, string>): number =>
  REQUIRED_FIELDS[kind].filter((field) => found.has(field)).length / REQUIRED_FIELDS[kind].length;

/** "Invoice No.", "Invoice #" and "invoice_number" are one heading. */
const plainKey = (heading: string): string =>
  headingKey(heading)
    .replace(/_?(?:#|(?<=_)(?:no|num|nr)\.?)$/u, '_number')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Each heading for one field at most; the field that comes first in the mappings' order takes it. */
function matches(kind: GuessedKind, headings: readonly string[], known: readonly Mapping[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const [field, names] of namesByField(kind, known)) {
    const heading = headings.find((each) => !taken.has(each) && names.has(plainKey(each)));
    if (heading === undefined) continue;
    found.set(field, heading);
    taken.add(heading);
  }
  return found;
}

function namesByField(kind: GuessedKind, known: readonly Mapping[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const mapping of known) {
    for (const file of Object.values(mapping.files) as readonly FileMapping[]) {
      const fields = (file.yields[kind]?.fields ?? {}) as Readonly<Record<string, FieldSource>>;
      for (const [field, source] of Object.entries(fields)) {
        const set = names.get(field) ?? names.set(field, new Set([plainKey(field)])).get(field);
        for (const heading of headingsOf(source)) set?.add(plainKey(heading));
      }
    }
  }
  for (const [field, set] of names) for (const heading of USUAL_HEADINGS[field] ?? []) set.add(plainKey(heading));
  return names;
}

/** Headings of exports that no shipped mapping knows, under what they most often mean; the short forms are those of ERP lists. */
const USUAL_HEADINGS: Readonly<Record<string, readonly string[]>> = {
  number: ['Doc No', 'Document No', 'Document', 'Inv No', 'Invoice', 'Bill No', 'Voucher No'],
  customerCode: ['Cust', 'Cust Code', 'Cust No', 'Customer No', 'Customer ID', 'Account', 'Account No', 'Account Code', 'Party Code'],
  issuedOn: ['Doc Date', 'Document Date', 'Inv Date', 'Bill Date', 'Voucher Date', 'Posting Date'],
  dueOn: ['Net Due', 'Net Due Date', 'Due', 'Due On', 'Maturity Date'],
  currency: ['Curr', 'Cur', 'Ccy', 'Currency Code'],
  total: ['Doc Amt', 'Doc Amount', 'Inv Amt', 'Invoice Amount', 'Bill Amount', 'Gross Amount', 'Amount'],
  open: ['Open Amt', 'Open Amount', 'Open', 'Balance', 'Balance Due', 'Outstanding', 'Outstanding Amount', 'O/S Amount'],
  customerReference: ['LPO', 'LPO No', 'PO', 'PO No', 'Cust Ref'],
  receivedOn: ['Receipt Date', 'Payment Date', 'Value Date'],
  reference: ['Receipt No', 'Payment No', 'Voucher No'],
};

interface Findings {
  readonly found: ReadonlyMap<string, string>;
  readonly missing: readonly string[];
  readonly samplesOf: (heading: string) => readonly string[];
}

function documentFor(name: string, kind: GuessedKind, { found, missing, samplesOf }: Findings): Readonly<Record<string, unknown>> {
  const samplesWhere = (test: RegExp): readonly string[] =>
    [...found].flatMap(([field, heading]) => (test.test(field) ? samplesOf(heading) : []));
  const fields = { ...Object.fromEntries(found), ...Object.fromEntries(missing.map((field) => [field, TO_BE_NAMED])) };
  return {
    name,
    title: `Our own export of ${kind}`,
    source:
      'Proposed from the headings of a file: compare every field with what your program means by it, and the first import with its totals.' +
      (missing.length > 0 ? ` Name the columns of ${missing.join(', ')}.` : ''),
    ledger: found.has('open') ? 'open-items' : 'transactions',
    ...amountNotation(samplesWhere(/^(?:total|open|amount|allocated)$/)),
    dates: dateNotation(samplesWhere(/On$|^customerSince$/)),
    ...(found.has('currency') || kind === 'customers' ? {} : { currency: 'base' }),
    otherColumns: 'ignore',
    files: { [kind]: { yields: { [kind]: { fields } } } },
  };
}

const AMOUNTS: readonly AmountFormat[] = [
  { decimal: '.', thousands: 'none', negatives: 'brackets' },
  { decimal: '.', thousands: ',', negatives: 'brackets' },
  { decimal: ',', thousands: '.', negatives: 'trailing-minus' },
  { decimal: ',', thousands: 'space', negatives: 'trailing-minus' },
  { decimal: '.', thousands: "'", negatives: 'minus' },
];

/** The first notation that reads every sample, to three decimals. */
const amountNotation = (samples: readonly string[]): Partial<AmountFormat> =>
  AMOUNTS.find((format) => samples.every((text) => typeof parseAmount(text, format, 3) === 'bigint')) ?? {};

/** Notations whose order of day and month cannot be mistaken; others are shown by the whole file. */
const CLEAR: readonly DateFormat[] = ['yyyy-mm-dd', 'yyyy/mm/dd', 'd-mmm-yyyy', 'mmm d yyyy', 'yyyy-mm-dd hh:mm'];

const dateNotation = (samples: readonly string[]): DateFormat | 'by-file' =>
  samples.length === 0
    ? 'by-file'
    : (CLEAR.find((format) => samples.every((text) => typeof parseDay(text, format) !== 'string')) ?? 'by-file');
