/**
 * The plain-text part: a real letter, not a leftover. English rows stand in columns; Arabic rows carry their labels, since
 * columns of mixed direction fall apart in proportional fonts. Every Arabic line starts with a mark that fixes its direction.
 */
import type { Half, Row, Table } from './half.ts';
import { columns, RIGHT_TO_LEFT_MARK } from './reading-order.ts';

const RULE = '-'.repeat(72);

export function textPart(halves: readonly Half[], notices: readonly string[] = []): string {
  return `${notices.map((notice) => `*** ${notice} ***\n\n`).join('')}${halves.map(writeHalfText).join(`\n\n${'='.repeat(72)}\n\n`)}\n`;
}

function writeHalfText(half: Half): string {
  const isArabic = half.language.dir === 'rtl';
  const lines = [
    ...half.heading.map(({ label, value }) => `${label}: ${value}`),
    '',
    ...half.greeting,
    '',
    ...half.opening.flatMap((paragraph) => [paragraph, '']),
    `${half.summary.label} ${half.summary.asOf}: ${half.summary.amounts.join(' + ')}`,
    half.summary.of,
    '',
    ...half.tables.flatMap((table) => (isArabic ? labelledTable(table, half) : columnTable(table, half))),
    ...half.bankAccounts.flatMap((account) => [...account.map(({ label, value }) => `${label}: ${value}`), '']),
    half.bankNote,
    '',
    ...(half.payOnline === null ? [] : [`${half.payOnline.label}: ${half.language.id(half.payOnline.url)}`, '']),
    ...half.closing.flatMap((paragraph) => [paragraph, '']),
    ...half.signature,
  ];
  const mark = isArabic ? RIGHT_TO_LEFT_MARK : '';
  let text = '';
  for (const [index, line] of lines.entries()) text += (index === 0 ? '' : '\n') + (line === '' ? '' : mark + line);
  return text;
}

const numberAndKind = (row: Row): string => (row.kind === '' ? row.number : `${row.number} (${row.kind})`);

function columnTable(table: Table, half: Half): readonly string[] {
  const { labels } = half.language;
  const heads = [
    labels.invoice,
    ...(table.hasReferences ? [labels.reference] : []),
    labels.due,
    'Days',
    `${labels.balance} (${table.currency})`,
  ];
  const cellsOf = new Map<Row, readonly string[]>();
  const widths = heads.map(columns);
  for (const { rows } of table.groups) {
    for (const row of rows) {
      const cells = [numberAndKind(row), ...(table.hasReferences ? [row.reference] : []), row.due, row.days, row.asked];
      cellsOf.set(row, cells);
      for (const [index, cell] of cells.entries()) widths[index] = Math.max(widths[index] ?? 0, columns(cell));
    }
  }
  const width = widths.reduce((sum, each) => sum + each + 2, -2);
  const figure = (label: string, amount: string): string =>
    label + ' '.repeat(Math.max(1, width - columns(label) - columns(amount))) + amount;
  return [
    aligned(heads, widths),
    RULE,
    ...table.groups.flatMap((group) => [
      ...(group.heading ? [`${group.heading.branch} - ${group.heading.total}`] : []),
      ...group.rows.flatMap((row) => [aligned(cellsOf.get(row) ?? [], widths), ...details(row, half)]),
    ]),
    ...(table.rest ? [figure(table.rest.label, table.rest.total)] : []),
    RULE,
    figure(labels.sum, table.total),
    '',
  ];
}

/** Text columns to the left, the last two (days and amount) to the right. */
function aligned(cells: readonly string[], widths: readonly number[]): string {
  let line = '';
  for (const [index, cell] of cells.entries()) {
    const gap = ' '.repeat(Math.max(0, (widths[index] ?? 0) - columns(cell)));
    line += (index === 0 ? '' : '  ') + (index >= cells.length - 2 ? gap + cell : cell + gap);
  }
  return line.trimEnd();
}

function details(row: Row, { language: { labels } }: Half): readonly string[] {
  const total = `${row.kind === '' ? labels.total.toLowerCase() : 'total'} ${row.total}`;
  const line = `    ${labels.issued.toLowerCase()} ${row.issued}, ${total}${row.paid === '' ? '' : `, ${row.paid}`}`;
  return row.note === '' ? [line] : [line, `    ${row.note}`];
}

function labelledTable(table: Table, { language: { labels } }: Half): readonly string[] {
  const part = (label: string, value: string): string => (value === '' ? '' : `${label}: ${value}`);
  const joined = (...parts: readonly string[]): string => {
    let text = '';
    for (const each of parts) if (each !== '') text += text === '' ? each : `، ${each}`;
    return text;
  };
  const money = (figure: string): string => `${figure} ${table.currency}`;
  return [
    ...table.groups.flatMap((group) => [
      ...(group.heading ? [`${group.heading.branch} – ${group.heading.total}`] : []),
      ...group.rows.flatMap((row) => [
        joined(part(row.kind === '' ? labels.invoice : row.kind, row.number), part(labels.reference, row.reference)),
        `  ${joined(part(labels.issued, row.issued), part(labels.due, row.due), row.pastDue)}`,
        `  ${joined(part(row.kind === '' ? labels.total : 'الإجمالي', money(row.total)), row.paid === '' ? '' : money(row.paid), part(labels.balance, money(row.asked)))}`,
        ...(row.note === '' ? [] : [`  ${row.note}`]),
      ]),
    ]),
    ...(table.rest ? [`${table.rest.label}: ${money(table.rest.total)}`] : []),
    RULE,
    `${labels.sum}: ${table.total}`,
    '',
  ];
}
