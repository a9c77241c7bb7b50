/** Believable statements for tests, pictures and benchmarks: `aStatement()`, with what a test cares about changed. */
import type { OpenItem } from '../../src/domain/account-facts.ts';
import { asId } from '../../src/domain/ids.ts';
import { statementOf } from '../../src/domain/statement.ts';
import type { StatementContent } from '../../src/mail/statement/statement-content.ts';
import { cashOnAccount, creditNote, invoice, TODAY } from '../domain/builders.ts';
import { aReminder } from './reminder-mails.ts';

type Changes = Partial<Omit<StatementContent, 'statement'>> & { readonly items?: readonly OpenItem[] };

export function aStatement({ items = A_FEW_ITEMS, ...changes }: Changes = {}): StatementContent {
  const { company, customer } = aReminder();
  return { company, customer, language: 'EN_AR', statement: statementOf(items, TODAY), ...changes };
}

/** Two invoices, one not yet due, a credit note and cash on account, in dirhams. */
export const A_FEW_ITEMS: readonly OpenItem[] = [
  invoice('12345.60', { id: 1, number: '2026-1001', customerReference: 'LPO-45001', overdueFor: 102 }),
  { ...invoice('4200', { id: 2, number: '2026-1017', customerReference: 'PO/2026/118', overdueFor: 33 }), balanceMinor: 320_000n },
  invoice('1800', { id: 3, number: '2026-1033', overdueFor: -12 }),
  creditNote('1000', { id: 101, number: 'CN-2026-07' }),
  cashOnAccount('250.50', { id: 201, number: 'TT-88121' }),
];

/** As many invoices as asked for, of every age, in several branches when `branches` is more than one. */
export const manyItems = (count: number, branches = 1): readonly OpenItem[] =>
  Array.from({ length: count }, (_, index) => {
    const branch = index % branches;
    const item = invoice(`${1000 + ((index * 7919) % 90_000)}.${10 + (index % 90)}`, {
      id: index + 1,
      number: `INV-2026-${String(index + 1).padStart(5, '0')}`,
      customerReference: index % 3 === 0 ? null : `LPO-${77_000 + index}`,
      overdueFor: ((index * 13) % 420) - 40,
    });
    if (branches === 1) return item;
    return {
      ...item,
      branchId: asId<'customer'>(100 + branch),
      branchCode: `B-${branch + 1}`,
      branchName: BRANCHES[branch % BRANCHES.length] ?? '',
    };
  });

const BRANCHES = ['Al Noor Trading LLC, Deira', 'شركة النور للتجارة، فرع أبوظبي', 'Al Noor Trading LLC, Sharjah'];
