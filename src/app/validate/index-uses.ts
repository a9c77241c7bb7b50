/** The frequent questions and the index each was given, asked with the very statements of the program. */
import type { Day, Instant } from '../../domain/days.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { claimDue, expiredLeases } from '../../store/sql/dispatch/claim-due.ts';
import { cashOnAccount, openDocuments } from '../../store/sql/facts/open-items.ts';
import { liveReminders } from '../../store/sql/facts/live-reminders.ts';
import { USUAL_ORDER } from '../../domain/queue-order.ts';
import { queuePage } from '../../store/sql/reminders/queue-page.ts';
import { standingBlocks } from '../../store/sql/facts/standing-blocks.ts';

export interface Asked {
  readonly account: CustomerId;
  readonly now: Instant;
  readonly today: Day;
}

export interface IndexUse {
  readonly table: string;
  readonly index: string;
  /** As the subject of a sentence. */
  readonly question: string;
  ask(tx: CompanyTx, asked: Asked): Promise<unknown>;
}

const REMINDERS = 'customer_consolidated_reminders';
const NOBODY = '00000000-0000-4000-8000-000000000000';

export const INDEX_USES: readonly IndexUse[] = [
  {
    table: 'invoices',
    index: 'invoices_open',
    question: 'finding the open documents of an account',
    ask: (tx, { account, today }) => openDocuments(tx, [account], today),
  },
  {
    table: 'payments',
    index: 'payments_company_id_customer_id_reference_key',
    question: 'finding the cash of an account',
    ask: (tx, { account, today }) => cashOnAccount(tx, [account], today),
  },
  {
    table: 'blocks',
    index: 'blocks_standing',
    question: 'finding the blocks of an account',
    ask: (tx, { account, today }) => standingBlocks(tx, [account], today),
  },
  {
    table: REMINDERS,
    index: 'reminders_queue',
    question: 'the first page of the queue',
    ask: (tx) => queuePage(tx, { filter: {}, order: USUAL_ORDER, limit: 50, after: null }),
  },
  {
    table: REMINDERS,
    index: 'reminders_claimable',
    question: 'claiming what is due',
    ask: (tx, { now }) => claimDue(tx, { holder: NOBODY, businessNow: now, limit: 20, leaseSeconds: 90 }),
  },
  {
    table: REMINDERS,
    index: 'reminders_leased',
    question: 'looking for leases that ran out',
    ask: (tx) => expiredLeases(tx, 100),
  },
  {
    table: REMINDERS,
    index: 'reminders_customer',
    question: 'finding the reminders of an account',
    ask: (tx, { account }) => liveReminders(tx, [account]),
  },
];
