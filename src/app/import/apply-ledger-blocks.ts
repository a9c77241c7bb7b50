/** Stores the blocks a ledger comes with, each with the last day it holds under the company's policy and calendar. */
import type { Act } from '../act.ts';
import { accountCalendars } from '../ledger/account-calendars.ts';
import { dayWithGrace } from '../ledger/grace.ts';
import type { ContactCalendar } from '../../domain/calendar/contact-calendar.ts';
import { laterOf, type Day, type Instant } from '../../domain/days.ts';
import { assert } from '../../domain/operator-error.ts';
import type { Policy } from '../../domain/policy.ts';
import type { BlockRecord } from '../../intake/ledger-records.ts';
import { insertBlocks } from '../../store/sql/blocks.ts';
import { customerIdsByCode } from '../../store/sql/customers.ts';
import { documentsByNumber } from '../../store/sql/invoices.ts';

export async function applyLedgerBlocks(context: Act, blocks: readonly BlockRecord[], importBatchId: number): Promise<void> {
  const { tx, policy, company } = context;
  const customers = new Map(
    (await customerIdsByCode(tx, unique(blocks.map(({ customerCode }) => customerCode)))).map((customer) => [customer.code, customer]),
  );
  const calendarOf = await accountCalendars(
    context,
    [...customers.values()].map(({ accountId }) => accountId),
  );
  const numbers = unique(blocks.flatMap(({ invoiceNumber }) => (invoiceNumber === null ? [] : [invoiceNumber])));
  const invoices = new Map((await documentsByNumber(tx, 'INVOICE', numbers)).map((invoice) => [invoice.number, invoice]));
  const rows = blocks.map((block) => {
    const customer = customers.get(block.customerCode);
    const invoice = block.invoiceNumber === null ? null : invoices.get(block.invoiceNumber);
    assert(customer && invoice !== undefined, `the block in row ${block.source.row} names a customer and an invoice of its own ledger`);
    return {
      ...block,
      customerId: invoice?.customerId ?? customer.accountId,
      invoiceId: invoice?.id ?? null,
      importBatchId,
      untilOn: lastDayOf(block, policy, calendarOf(customer.accountId)),
      endedAt: block.endedOn === null ? null : endOfWork(block.endedOn, company.timeZone),
    };
  });
  await insertBlocks(tx, rows);
}

/** `null`: until lifted. */
function lastDayOf(block: BlockRecord, { blocks: days }: Policy, calendar: ContactCalendar): Day | null {
  switch (block.kind) {
    case 'PROMISE':
      return laterOf(block.startedOn, dayWithGrace(calendar, block.promisedOn ?? block.startedOn, days.promiseGraceWorkingDays));
    case 'CHEQUE':
      return laterOf(block.startedOn, dayWithGrace(calendar, block.promisedOn ?? block.startedOn, days.chequeWorkingDays));
    case 'ALLOCATION':
      return dayWithGrace(calendar, block.startedOn, days.allocationWorkingDays);
    case 'DISPUTE':
    case 'RETENTION':
    case 'PAID_CLAIM':
    case 'DO_NOT_CHASE':
    case 'REPLY':
    case 'RETURNED_CHEQUE':
      return null;
  }
}

/** A ledger gives days, the record an instant: the day's end of work stands for it. */
const endOfWork = (on: Day, timeZone: string): Instant =>
  on.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from('17:00') }).toInstant();

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
