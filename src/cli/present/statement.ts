import { amountText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { requestedPresenter, type RequestedData } from './requested.ts';
import { gap, heading, line, pairs, table, type Block } from '../page.ts';
import type { StatementView } from '../../app/statement-view.ts';

interface ShownStatement {
  readonly statement?: StatementView;
  readonly files: readonly { readonly customer: string; readonly file: string; readonly bytes: number }[];
}

/** Shown, written to files, or sent. */
export type StatementData = ShownStatement | RequestedData;

export const statementPresenter: Presenter<StatementData> = {
  page: (data, context) => {
    if ('mails' in data) return requestedPresenter.page(data, context);
    const { statement, files } = data;
    const written = files.map(({ file, bytes }) => line(`${file} (${bytes} bytes)`));
    if (files.length > 0) return [...written, line(files.length === 1 ? 'One statement written.' : `${files.length} statements written.`)];
    if (!statement) return [line('Nothing is open on any account.')];
    return statementPage(statement);
  },
};

function statementPage({ customer, asOn, currencies }: StatementView): readonly Block[] {
  const head = pairs(['Customer', `${customer.name} (${customer.code})`], ['As of', asOn]);
  if (currencies.length === 0) return [head, line('Nothing is open on this account.')];
  return [head, ...currencies.flatMap((one) => [gap, ...currencyBlocks(one)])];
}

function currencyBlocks({ currency, rows, total, credits, ageing }: StatementView['currencies'][number]): readonly Block[] {
  const isBranched = new Set(rows.map(({ branch }) => branch)).size > 1;
  const columns = [
    { title: 'Document', least: 12 },
    ...(isBranched ? [{ title: 'Branch', leaveOut: 2 }] : []),
    { title: 'Reference', least: 8, leaveOut: 3 },
    { title: 'Due' },
    { title: 'Days', align: 'right' as const },
    { title: 'Original', align: 'right' as const, leaveOut: 1 },
    { title: 'Balance', align: 'right' as const },
  ];
  const plain = (amount: string): string => amountText({ currency: '', amount }).trim();
  const cells = rows.map((row) => [
    row.number,
    ...(isBranched ? [row.branch] : []),
    row.reference ?? '',
    row.dueOn ?? '',
    row.daysPastDue === 0 ? '' : String(row.daysPastDue),
    plain(row.total),
    plain(row.balance),
  ]);
  const ages = Object.entries(ageing).filter(([, amount]) => /[1-9]/.test(amount));
  return [
    heading(currency),
    table(columns, cells),
    pairs(
      ...ages.map(([bucket, amount]): [string, string] => [bucket, plain(amount)]),
      ['credits', plain(credits)],
      ['total', plain(total)],
    ),
  ];
}
