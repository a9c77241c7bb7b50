/**
 * Reads everything the rules may know about a chunk of accounts, as of a day, in a fixed number of set-based statements.
 * Decides nothing: it groups rows by account and hands them over.
 */
import type { AccountFacts, PaymentBehaviour } from '../domain/account-facts.ts';
import type { Day } from '../domain/days.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { CompanyTx } from './connection/with-company.ts';
import { accountRows } from './sql/facts/account-rows.ts';
import { liveReminders } from './sql/facts/live-reminders.ts';
import { cashOnAccount, openDocuments } from './sql/facts/open-items.ts';
import { pastContacts } from './sql/facts/past-contacts.ts';
import { promiseHistory, settlementHistory, type PromiseHistoryRow, type SettlementHistoryRow } from './sql/facts/payment-behaviour.ts';
import { recipients } from './sql/facts/recipients.ts';
import { standingBlocks } from './sql/facts/standing-blocks.ts';

export interface FactsQuestion {
  readonly accountIds: readonly CustomerId[];
  readonly asOn: Day;
  readonly timeZone: string;
}

/** Facts in account-id order; an id that is no account of this company is left out. */
export async function loadAccountFacts(tx: CompanyTx, { accountIds, asOn, timeZone }: FactsQuestion): Promise<readonly AccountFacts[]> {
  if (accountIds.length === 0) return [];
  const accounts = await accountRows(tx, accountIds);
  const documents = byAccount(await openDocuments(tx, accountIds, asOn));
  const cash = byAccount(await cashOnAccount(tx, accountIds, asOn));
  const blocks = byAccount(await standingBlocks(tx, accountIds, asOn));
  const people = byAccount(await recipients(tx, accountIds, asOn, timeZone));
  const contacts = byAccount(await pastContacts(tx, accountIds, asOn, timeZone));
  const live = byAccount(await liveReminders(tx, accountIds));
  const settled = byAccount(await settlementHistory(tx, accountIds, asOn));
  const promises = byAccount(await promiseHistory(tx, accountIds, asOn));
  return accounts.map((account) => ({
    account,
    items: [...(documents.get(account.id) ?? []), ...(cash.get(account.id) ?? [])],
    blocks: blocks.get(account.id) ?? [],
    recipients: people.get(account.id) ?? [],
    contacts: contacts.get(account.id) ?? [],
    liveReminders: live.get(account.id) ?? [],
    behaviour: behaviourFrom(settled.get(account.id)?.[0], promises.get(account.id)?.[0]),
  }));
}

function byAccount<Row extends { readonly accountId: CustomerId }>(rows: readonly Row[]): ReadonlyMap<CustomerId, readonly Row[]> {
  const groups = new Map<CustomerId, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.accountId);
    if (group) group.push(row);
    else groups.set(row.accountId, [row]);
  }
  return groups;
}

const behaviourFrom = (settled: SettlementHistoryRow | undefined, promises: PromiseHistoryRow | undefined): PaymentBehaviour => ({
  settledInvoices: settled?.settledInvoices ?? 0,
  settledWeight: settled?.settledWeight ?? 0,
  meanDaysLate: settled ? settled.daysLate / settled.settledWeight : null,
  lateShare: settled ? settled.veryLate / settled.settledWeight : null,
  brokenPromises: promises?.broken ?? 0,
  keptPromises: promises?.kept ?? 0,
});
