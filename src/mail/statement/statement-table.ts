/** One currency of a statement: its rows under headings that come again on every page, its total, and its ageing beside the credits. */
import { AGEING_BUCKETS } from '../../domain/ageing.ts';
import { groupedText, type Currency } from '../../domain/money.ts';
import { headerText } from '../../domain/safe-text.ts';
import type { CurrencyStatement, StatementGroup, StatementLine } from '../../domain/statement.ts';
import { LINE_WIDTH, Paper, type Cell } from '../pdf/paper.ts';
import { wrapText } from '../pdf/wrap-text.ts';
import { identifier, standingAlone } from '../reading-order.ts';
import { directionOf, NOTE, ROW, WHOLE, type StatementSheet } from './statement-sheet.ts';
import { marksOf, type StatementLanguage } from './statement-words.ts';

interface Column {
  readonly cell: Cell;
  /** Identifiers wrap; days and figures are set smaller when they are long. */
  readonly holds: 'id' | 'day' | 'figure';
  readonly heading: (language: StatementLanguage) => string;
  readonly value: (line: StatementLine, language: StatementLanguage) => string;
}

/** Points between columns. */
const GAP = 6;

/** Figures stand to the right in either direction, so that their decimals are below each other. */
const column = (at: number, width: number, holds: Column['holds'], heading: Column['heading'], value: Column['value']): Column => ({
  cell: { at, width: width - GAP, align: holds === 'figure' ? 'right' : 'start' },
  holds,
  heading,
  value,
});

/** The widths are those of the longest day and of a figure of millions; together they fill the line. */
const COLUMNS: readonly [Column, ...Column[]] = [
  column(
    0,
    94,
    'id',
    ({ words }) => words.number,
    ({ item }) => standingAlone(headerText(item.number)),
  ),
  column(
    94,
    76,
    'id',
    ({ mail }) => mail.labels.reference,
    ({ item }) => standingAlone(headerText(item.customerReference ?? '')),
  ),
  column(
    170,
    74,
    'day',
    ({ mail }) => mail.labels.issued,
    ({ item }, { mail }) => mail.day(item.issuedOn),
  ),
  column(
    244,
    74,
    'day',
    ({ mail }) => mail.labels.due,
    ({ item }, { mail }) => (item.dueOn ? mail.day(item.dueOn) : ''),
  ),
  column(
    318,
    36,
    'figure',
    ({ words }) => words.days,
    ({ daysPastDue }) => (daysPastDue > 0 ? String(daysPastDue) : ''),
  ),
  column(
    354,
    60,
    'figure',
    ({ words }) => words.original,
    ({ item, totalMinor }) => groupedText(totalMinor, item.currency),
  ),
  column(
    414,
    54,
    'figure',
    ({ words }) => words.settled,
    ({ item, settledMinor }) => (settledMinor === 0n ? '' : groupedText(settledMinor, item.currency)),
  ),
  column(
    468,
    LINE_WIDTH - 468 + GAP,
    'figure',
    ({ words }) => words.balance,
    ({ item, balanceMinor }) => groupedText(balanceMinor, item.currency),
  ),
];

const NUMBER = COLUMNS[0].cell;
const BALANCE = (COLUMNS.at(-1) ?? COLUMNS[0]).cell;

export function writeCurrency(sheet: StatementSheet, statement: CurrencyStatement): void {
  const { currency, groups } = statement;
  sheet.keepTogether(90);
  sheet.title(({ mail, words }) => `${words.currency}: ${mail.currency(currency)}`, 10);
  writeHeadings(sheet);
  for (const group of groups) writeGroup(sheet, group, currency);
  writeTotal(sheet, statement);
  writeAgeing(sheet, statement);
}

function writeHeadings(sheet: StatementSheet): void {
  const { paper, languages } = sheet;
  const bold = sheet.setting(NOTE, { weight: 'bold' });
  const cells = COLUMNS.map(({ cell, heading }) => ({
    cell,
    lines: languages.flatMap((language) => wrapText(heading(language), cell.width, bold)),
  }));
  const height = Paper.height(Math.max(...cells.map(({ lines }) => lines.length)), NOTE) + 6;
  paper.shade(height);
  for (const { cell, lines } of cells) paper.write(lines, bold, cell, 3);
  paper.top += height + 2;
}

function writeGroup(sheet: StatementSheet, { branch, lines, totalMinor }: StatementGroup, currency: Currency): void {
  const { paper } = sheet;
  if (branch) {
    sheet.keepTogether(46, () => writeHeadings(sheet));
    const name = `${standingAlone(headerText(branch.name))} (${identifier(headerText(branch.code))})`;
    const setting = sheet.setting(ROW, { weight: 'bold', direction: directionOf(name, sheet.first.mail.dir) });
    const height = paper.text(name, setting, { ...WHOLE, width: BALANCE.at - GAP }, 2);
    paper.figure(groupedText(totalMinor, currency), sheet.figures('bold'), BALANCE, 2);
    paper.top += height + 5;
  }
  for (const line of lines) writeRow(sheet, line);
}

function writeRow(sheet: StatementSheet, line: StatementLine): void {
  const { paper, first } = sheet;
  const ids = sheet.figures();
  const cells = COLUMNS.map(({ cell, holds, value }) => {
    const text = value(line, first);
    return { cell, holds, text, lines: holds === 'id' ? wrapText(text, cell.width, ids) : [] };
  });
  const numberHeight = Paper.height(cells[0]?.lines.length ?? 1, ROW);
  const kinds = kindsOf(line, sheet);
  const height =
    Math.max(...cells.map(({ lines }) => Paper.height(lines.length, ROW)), numberHeight + Paper.height(kinds.length, NOTE)) + 3;
  sheet.keepTogether(height, () => writeHeadings(sheet));
  for (const { cell, holds, text, lines } of cells) {
    if (holds === 'id') paper.write(lines, ids, cell);
    else paper.figure(text, holds === 'day' ? sheet.setting(ROW) : ids, cell);
  }
  for (const [index, kind] of kinds.entries()) {
    const setting = sheet.setting(NOTE, { direction: directionOf(kind, 'ltr') });
    paper.figure(kind, setting, { ...NUMBER, ink: 'grey' }, numberHeight + Paper.height(index, NOTE));
  }
  paper.top += height;
  paper.rule(-1.5);
}

/** What a row is when it is no invoice, and what there is to know of an invoice. */
function kindsOf(line: StatementLine, { languages }: StatementSheet): readonly string[] {
  const { kind } = line.item;
  return languages.flatMap((language) => (kind === 'INVOICE' ? marksOf(line, language) : [language.mail.credits[kind]]));
}

function writeTotal(sheet: StatementSheet, { currency, totalMinor }: CurrencyStatement): void {
  sheet.keepTogether(24, () => writeHeadings(sheet));
  const label = sheet.languages.map(({ mail, words }) => `${words.total} (${mail.currency(currency)})`).join('  |  ');
  sheet.paper.text(label, sheet.setting(8.5, { weight: 'bold' }), { ...WHOLE, width: BALANCE.at - GAP }, 2);
  sheet.paper.figure(groupedText(totalMinor, currency), sheet.figures('bold', 8.5), BALANCE, 2);
  sheet.paper.top += 24;
}

/** Ages, credits and their sum side by side, so that a reader sees that they make the total above. */
function writeAgeing(sheet: StatementSheet, { currency, minorByBucket, creditsMinor, totalMinor }: CurrencyStatement): void {
  const { paper, languages } = sheet;
  sheet.keepTogether(64);
  sheet.title(({ words }) => words.ageing, NOTE);
  const parts: readonly { readonly label: (language: StatementLanguage) => string; readonly minor: bigint }[] = [
    ...AGEING_BUCKETS.map((bucket) => ({
      label: ({ words }: StatementLanguage) => words.buckets[bucket],
      minor: minorByBucket[bucket],
    })),
    { label: ({ words }) => words.credits, minor: creditsMinor },
    { label: ({ words }) => words.total, minor: totalMinor },
  ];
  const height = Paper.height(languages.length, NOTE) + 4;
  paper.shade(height);
  const share = LINE_WIDTH / parts.length;
  for (const [index, { label, minor }] of parts.entries()) {
    const cell: Cell = { at: index * share, width: share - 4, align: 'right' };
    for (const [row, head] of [...new Set(languages.map(label))].entries()) {
      paper.figure(head, sheet.setting(NOTE, { direction: directionOf(head, 'ltr') }), cell, 2 + Paper.height(row, NOTE));
    }
    const weight = index === parts.length - 1 ? 'bold' : 'regular';
    paper.figure(groupedText(minor, currency), sheet.figures(weight), cell, height + 2);
  }
  paper.top += height + 30;
}
