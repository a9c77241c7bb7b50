/**
 * What was known of an account on a past day, rebuilt from the lives of its invoices: the same record and the same features that planning
 * had that morning, and nothing that was paid, broken or issued later. Days are day numbers; amounts are base-currency minor units
 * as numbers, because here they only weigh and rank. Blocks are not rebuilt: a disputed item counts as an overdue one.
 */
import type { PaymentBehaviour } from '../account-facts.ts';
import { HISTORY_DAYS, MOST_DAYS_LATE, payerRecord, recencyWeight, riskFeatures, VERY_LATE_DAYS, type PayerFacts } from '../item-risk.ts';

/** Days ahead that the risk speaks of. */
export const HORIZON_DAYS = 30;

export interface InvoiceLife {
  readonly issued: number;
  readonly due: number;
  /** The day nothing was left of it; `null` while something is. */
  readonly settled: number | null;
  readonly total: number;
  /** What was paid or credited, by day, in any order; may be left out for an invoice settled at once. */
  readonly parts: readonly { readonly on: number; readonly amount: number }[];
}

export interface AccountHistory {
  readonly accountId: number;
  readonly customerSince: number | null;
  /** The promised days of promises that were broken. */
  readonly brokenPromises: readonly number[];
  readonly invoices: readonly InvoiceLife[];
}

export interface ItemExample {
  /** In the order of `RISK_WEIGHTS`. */
  readonly features: readonly number[];
  readonly daysPastDue: number;
  readonly open: number;
  /** Of `open`, what is still unpaid after the horizon. */
  readonly unpaid: number;
}

/** An account with something overdue on a day, and what became of it. */
export interface AccountExample {
  readonly accountId: number;
  readonly asOn: number;
  readonly items: readonly ItemExample[];
}

export interface ExampleDay {
  readonly asOn: number;
  /** A balance of this or less is a rest and says nothing. */
  readonly residue: number;
  /** Days after which it is looked at again; 30 unless told. */
  readonly horizonDays?: number;
}

/** `null` when nothing above a rest was overdue. */
export function exampleOn(history: AccountHistory, { asOn, residue, horizonDays = HORIZON_DAYS }: ExampleDay): AccountExample | null {
  const overdue = history.invoices.filter((invoice) => invoice.issued <= asOn && invoice.due < asOn && balanceOn(invoice, asOn) > residue);
  if (overdue.length === 0) return null;
  const payer = payerRecord(payerFactsOn(history, asOn, overdue));
  return {
    accountId: history.accountId,
    asOn,
    items: overdue.map((invoice) => ({
      features: riskFeatures(payer, asOn - invoice.due),
      daysPastDue: asOn - invoice.due,
      open: balanceOn(invoice, asOn),
      unpaid: balanceOn(invoice, asOn + horizonDays),
    })),
  };
}

function payerFactsOn(history: AccountHistory, asOn: number, overdue: readonly InvoiceLife[]): PayerFacts {
  return {
    behaviour: {
      ...behaviourOn(history.invoices, asOn),
      brokenPromises: history.brokenPromises.filter((promised) => promised <= asOn).length,
    },
    openDays: overdue.map(({ due }) => asOn - due),
    customerDays: history.customerSince === null ? null : asOn - history.customerSince,
  };
}

type SettledRecord = Pick<PaymentBehaviour, 'settledInvoices' | 'settledWeight' | 'meanDaysLate' | 'lateShare'>;

/** As the settlement history that planning reads; a test holds one against the other. */
export function behaviourOn(invoices: readonly InvoiceLife[], asOn: number): SettledRecord {
  let [settledInvoices, settledWeight, daysLate, veryLate] = [0, 0, 0, 0];
  for (const { due, settled } of invoices) {
    if (settled === null || settled > asOn || due >= asOn || due <= asOn - HISTORY_DAYS) continue;
    const weight = recencyWeight(asOn - due);
    settledInvoices += 1;
    settledWeight += weight;
    daysLate += weight * Math.min(Math.max(settled - due, 0), MOST_DAYS_LATE);
    if (settled - due > VERY_LATE_DAYS) veryLate += weight;
  }
  if (settledWeight === 0) return { settledInvoices, settledWeight, meanDaysLate: null, lateShare: null };
  return { settledInvoices, settledWeight, meanDaysLate: daysLate / settledWeight, lateShare: veryLate / settledWeight };
}

function balanceOn({ settled, total, parts }: InvoiceLife, asOn: number): number {
  if (settled !== null && settled <= asOn) return 0;
  let balance = total;
  for (const { on, amount } of parts) if (on <= asOn) balance -= amount;
  return Math.max(0, balance);
}
