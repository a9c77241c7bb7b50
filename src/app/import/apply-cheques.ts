/** Takes the post-dated cheques of a file in hand. One that is known, whatever became of it, is not taken again. */
import type { Act } from '../act.ts';
import type { FactFaults } from './fact-faults.ts';
import { takeCheque, type RecordedCheque } from '../record-cheque.ts';
import { decimalText } from '../../domain/money.ts';
import type { ChequeRecord } from '../../intake/ledger-records.ts';
import { holdAccounts } from '../../store/sql/account-lock.ts';
import { customerIdsByCode } from '../../store/sql/customers.ts';
import { knownCheques } from '../../store/sql/import-facts.ts';

export async function applyCheques(context: Act, cheques: readonly ChequeRecord[], faults: FactFaults): Promise<readonly RecordedCheque[]> {
  if (cheques.length === 0) return [];
  const { tx } = context;
  const customers = await customerIdsByCode(tx, [...new Set(cheques.map(({ customerCode }) => customerCode))]);
  // All at once, in the order everybody takes them: each cheque locks its own again.
  await holdAccounts(tx, [...new Set(customers.map(({ accountId }) => accountId))]);
  const accounts = new Map(customers.map(({ code, accountId }) => [code, accountId]));
  const known = await knownCheques(
    tx,
    cheques.map(({ number }) => number),
  );
  const keys = new Set(known.map(({ accountId, number, bank }) => JSON.stringify([accountId, number, bank])));
  const taken: RecordedCheque[] = [];
  for (const cheque of cheques) {
    const { customerCode, number, bank } = cheque;
    if (keys.has(JSON.stringify([accounts.get(customerCode), number, bank]))) continue;
    const recorded = await faults.attempt(context, cheque.source, (own) => takeCheque(own, requestFor(cheque)));
    if (recorded) taken.push(recorded);
  }
  return taken;
}

const requestFor = ({ customerCode, number, bank, datedOn, worth, invoiceNumbers }: ChequeRecord) => ({
  customerCode,
  number,
  bank: bank ?? undefined,
  datedOn,
  invoices: invoiceNumbers,
  ...(worth === null ? {} : { amount: decimalText(worth.minor, worth.currency), currency: worth.currency }),
});
