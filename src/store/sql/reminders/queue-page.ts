import type { Day } from '../../../domain/days.ts';
import type { InvoiceId, ReminderId } from '../../../domain/ids.ts';
import type { QueueOrder } from '../../../domain/queue-order.ts';
import type { DeliveryStatus, EscalationLevel, ReminderType } from '../../../domain/vocabulary.ts';
import { LIVE_STATUSES } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { afterSql, orderSql } from './queue-order.ts';
import { REMINDER_COLUMNS, type ReminderRow } from './reminder-row.ts';

/** Which reminders; members left out do not narrow. */
export interface ReminderFilter {
  /** Without it, the live ones. */
  readonly statuses?: readonly DeliveryStatus[];
  readonly level?: EscalationLevel;
  readonly type?: ReminderType;
  readonly customerCode?: string;
  readonly leastScore?: number;
  /** Oldest item at least this many days past due. */
  readonly leastDaysPastDue?: number;
  /** Part of the account's code or of its name in either script; small and capital letters alike. */
  readonly text?: string;
}

export type QueueRow = ReminderRow & { readonly invoiceIds: readonly InvoiceId[] };

export interface PageOfQueue {
  readonly filter: ReminderFilter;
  readonly order: QueueOrder;
  readonly limit: number;
  /** The keys of the row before it; null for the first. */
  readonly after: readonly string[] | null;
}

/** One page in its order; found by key, so that the thousandth page costs what the first does. */
export async function queuePage(tx: CompanyTx, { filter, order, limit, after }: PageOfQueue): Promise<readonly QueueRow[]> {
  const where = new Conditions(tx, filter);
  if (after) where.add(afterSql(order, after, (value) => where.value(value)));
  return await tx.query<QueueRow>(
    `select ${REMINDER_COLUMNS},
            array(select i.invoice_id from consolidated_reminder_items i
                   where i.company_id = $1 and i.reminder_id = r.id and i.kind = 'INVOICE' order by i.position) as invoice_ids
       from customer_consolidated_reminders r
       join customers c on c.company_id = $1 and c.id = r.customer_id
      where ${where.text}
      order by ${orderSql(order)}
      limit ${where.value(limit)}`,
    where.values,
  );
}

/** Ids of everything the filter names, in the same order. */
export async function reminderIds(tx: CompanyTx, filter: ReminderFilter): Promise<readonly ReminderId[]> {
  const where = new Conditions(tx, filter);
  const rows = await tx.query<{ readonly id: ReminderId }>(
    `select r.id from customer_consolidated_reminders r join customers c on c.company_id = $1 and c.id = r.customer_id
      where ${where.text} order by r.at_risk_minor desc, r.oldest_days_past_due desc, r.id`,
    where.values,
  );
  return rows.map((row) => row.id);
}

export interface StatusCount {
  readonly deliveryStatus: DeliveryStatus;
  readonly reminders: number;
  readonly oldestOn: Day;
}

/** Live reminders by state, with the day the oldest of each was composed for. */
export const liveCounts = (tx: CompanyTx): Promise<readonly StatusCount[]> =>
  tx.query<StatusCount>(
    `select delivery_status, count(*) as reminders, min(as_on) as oldest_on
       from customer_consolidated_reminders where company_id = $1 and ${LIVE} group by delivery_status order by delivery_status`,
    [tx.companyId],
  );

/** The very predicate of the partial index on live reminders. */
const LIVE = `delivery_status in (${LIVE_STATUSES.map((status) => `'${status}'`).join(', ')})`;

/** Collects conditions and their parameters; `$1` is always the company. */
class Conditions {
  readonly values: unknown[];
  readonly #conditions: string[] = ['r.company_id = $1'];

  constructor(tx: CompanyTx, filter: ReminderFilter) {
    this.values = [tx.companyId];
    this.add(filter.statuses === undefined ? `r.${LIVE}` : `r.delivery_status = any(${this.value(filter.statuses)}::text[])`);
    if (filter.level !== undefined) this.add(`r.escalation_level = ${this.value(filter.level)}`);
    if (filter.type !== undefined) this.add(`r.reminder_type = ${this.value(filter.type)}`);
    if (filter.customerCode !== undefined) this.add(`c.code = ${this.value(filter.customerCode)}`);
    if (filter.leastScore !== undefined) this.add(`r.priority_score >= ${this.value(filter.leastScore)}`);
    if (filter.leastDaysPastDue !== undefined) this.add(`r.oldest_days_past_due >= ${this.value(filter.leastDaysPastDue)}`);
    if (filter.text !== undefined) {
      const pattern = this.value(`%${filter.text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
      this.add(`(c.code ilike ${pattern} or c.name ilike ${pattern} or c.name_ar ilike ${pattern})`);
    }
  }

  get text(): string {
    return this.#conditions.join(' and ');
  }

  add(condition: string): void {
    this.#conditions.push(condition);
  }

  /** Adds a parameter and gives back its placeholder. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
