/**
 * A statement of account as a workbook: a sheet per currency, since currencies are never added together. Amounts are numbers and days
 * are dates, so that a payments desk can sum and sort them; everything that came from a ledger is text and can never become a formula.
 */
import writeWorkbook, { type CellObject, type Row, type Sheet } from 'write-excel-file/node';
import { AGEING_BUCKETS } from '../../domain/ageing.ts';
import type { Day } from '../../domain/days.ts';
import { currencyExponent, decimalText, type Currency } from '../../domain/money.ts';
import { spreadsheetText } from '../../domain/spreadsheet-text.ts';
import { bucketOf, type CurrencyStatement, type StatementLine } from '../../domain/statement.ts';
import { refuseWrongTotals } from './refuse-wrong-totals.ts';
import type { StatementContent } from './statement-content.ts';
import { bankAccountsFor, letterhead } from './statement-letterhead.ts';
import { marksOf, STATEMENT_LANGUAGES, type StatementLanguage } from './statement-words.ts';

type Languages = readonly [StatementLanguage, ...StatementLanguage[]];

/** @throws BugError when the rows do not add up. */
export async function statementXlsx(content: StatementContent): Promise<Buffer> {
  refuseWrongTotals(content);
  const languages = STATEMENT_LANGUAGES[content.language];
  const { currencies } = content.statement;
  const sheets = currencies.length === 0 ? [emptySheet(content, languages)] : currencies.map((one) => sheetOf(content, one, languages));
  return await writeWorkbook(sheets).toBuffer();
}

function sheetOf(content: StatementContent, statement: CurrencyStatement, languages: Languages): Sheet<Buffer> {
  const head = headRows(content, languages);
  const data = [
    ...head,
    headings(languages),
    ...lineRows(statement, languages),
    totalRow(statement, languages),
    [],
    ...ageingRows(statement, languages),
    [],
  ];
  return {
    ...frame(languages),
    sheet: statement.currency,
    data: [...data, ...footRows(content, languages)],
    stickyRowsCount: head.length + 1,
  };
}

const emptySheet = (content: StatementContent, languages: Languages): Sheet<Buffer> => ({
  ...frame(languages),
  sheet: 'Statement',
  data: [...headRows(content, languages), ...languages.map(({ words }) => [text(words.nothingOpen)])],
});

/** Widths in characters. */
const frame = ([first]: Languages): Pick<Sheet<Buffer>, 'rightToLeft' | 'columns' | 'orientation'> => ({
  rightToLeft: first.mail.dir === 'rtl',
  orientation: 'landscape',
  columns: [22, 18, 22, 24, 14, 14, 10, 12, 16, 16, 16, 28].map((width) => ({ width })),
});

/** The one way a text gets into a cell: typed as text, without what XML cannot hold or Excel would decode. */
const text = (value: string, style: Partial<CellObject> = {}): CellObject => ({
  value: spreadsheetText(value),
  type: String,
  ...style,
});

const BOLD = { fontWeight: 'bold' } as const;

/** Beyond fifteen digits a spreadsheet rounds; such a sum stays text and exact. */
function amount(minor: bigint, currency: Currency, style: Partial<CellObject> = {}): CellObject {
  const decimals = currencyExponent(currency);
  if (minor > MOST_EXACT || minor < -MOST_EXACT) return text(decimalText(minor, currency), { align: 'right', ...style });
  return {
    value: Number(decimalText(minor, currency)),
    type: Number,
    format: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`,
    ...style,
  };
}

const MOST_EXACT = 999_999_999_999_999n;

const date = (day: Day | null): CellObject | null =>
  day === null ? null : { value: new Date(Date.UTC(day.year, day.month - 1, day.day)), type: Date, format: 'dd mmm yyyy' };

const both = (languages: Languages, words: (language: StatementLanguage) => string): string =>
  [...new Set(languages.map(words))].join(' | ');

function headRows(content: StatementContent, languages: Languages): Row[] {
  const { sender, heading, customer } = letterhead(content, languages);
  const lines = (of: typeof sender): Row[] => of.map(({ text: line, weight }) => [text(line, weight === 'bold' ? BOLD : {})]);
  const [first] = languages;
  return [
    ...lines(sender),
    [],
    ...lines(heading.slice(0, languages.length)),
    [text(first.mail.labels.asOf), date(content.statement.asOn)],
    [],
    ...lines(customer),
    [],
  ];
}

const headings = (languages: Languages): Row =>
  [
    both(languages, ({ words }) => words.number),
    both(languages, ({ words }) => words.kind),
    both(languages, ({ mail }) => mail.labels.reference),
    both(languages, ({ words }) => words.branch),
    both(languages, ({ mail }) => mail.labels.issued),
    both(languages, ({ mail }) => mail.labels.due),
    both(languages, ({ words }) => words.days),
    both(languages, ({ words }) => words.age),
    both(languages, ({ words }) => words.original),
    both(languages, ({ words }) => words.settled),
    both(languages, ({ words }) => words.balance),
    both(languages, ({ words }) => words.note),
  ].map((heading) => text(heading, { ...BOLD, wrap: true, backgroundColor: '#f0f2f4' }));

const lineRows = ({ groups }: CurrencyStatement, languages: Languages): Row[] =>
  groups.flatMap(({ branch, lines }) =>
    lines.map((line) => lineRow(line, branch === null ? '' : `${branch.name} (${branch.code})`, languages)),
  );

function lineRow(line: StatementLine, branch: string, languages: Languages): Row {
  const { item, daysPastDue, totalMinor, settledMinor, balanceMinor } = line;
  const { kind } = item;
  const bucket = bucketOf(line);
  return [
    text(item.number),
    text(both(languages, ({ mail, words }) => (kind === 'INVOICE' ? words.kindInvoice : mail.credits[kind]))),
    text(item.customerReference ?? ''),
    text(branch),
    date(item.issuedOn),
    date(item.dueOn),
    kind === 'INVOICE' ? { value: daysPastDue, type: Number } : null,
    bucket === null ? null : text(languages[0].words.buckets[bucket]),
    amount(totalMinor, item.currency),
    amount(settledMinor, item.currency),
    amount(balanceMinor, item.currency),
    line.marks.length === 0 ? null : text(both(languages, (language) => marksOf(line, language).join(', '))),
  ];
}

const totalRow = ({ currency, totalMinor }: CurrencyStatement, languages: Languages): Row => [
  text(`${both(languages, ({ words }) => words.total)} ${currency}`, BOLD),
  ...Array.from({ length: 9 }, () => null),
  amount(totalMinor, currency, BOLD),
];

/** Ages and credits below each other: with them stands the total they make. */
const ageingRows = ({ currency, minorByBucket, creditsMinor, totalMinor }: CurrencyStatement, languages: Languages): Row[] => [
  [
    text(
      both(languages, ({ words }) => words.ageing),
      BOLD,
    ),
  ],
  ...AGEING_BUCKETS.map((bucket) => [text(both(languages, ({ words }) => words.buckets[bucket])), amount(minorByBucket[bucket], currency)]),
  [text(both(languages, ({ words }) => words.credits)), amount(creditsMinor, currency)],
  [
    text(
      both(languages, ({ words }) => words.total),
      BOLD,
    ),
    amount(totalMinor, currency, BOLD),
  ],
];

const footRows = (content: StatementContent, languages: Languages): Row[] => [
  ...bankAccountsFor(content, languages[0]).flatMap((account) => account.map(({ label, value }): Row => [text(label), text(value)])),
  ...languages.map(({ mail }) => [text(mail.labels.bankNote)]),
  ...languages.map(({ words }) => [text(words.noDemand)]),
];
