/**
 * The audit told again from its beginning: every change of a reminder's state has one event, which starts where the one before ended,
 * and the last one ends where the reminder stands.
 */
import type pg from 'pg';

import type { CompanyId } from '../../src/domain/ids.ts';

interface Event {
  readonly id: string;
  readonly object_kind: string;
  readonly object_id: string | null;
  readonly from_state: string | null;
  readonly to_state: string | null;
  readonly detail: { readonly reminders?: readonly number[] };
}

/** What does not fit, in words; empty when the events and the rows tell the same story. */
export async function auditContradictions(admin: pg.Client, companyId: CompanyId): Promise<readonly string[]> {
  const events = await admin.query<Event>(
    'select id, object_kind, object_id, from_state, to_state, detail from audit_logs where company_id = $1 order by id',
    [companyId],
  );
  const faults: string[] = [];
  const states = new Map<number, string>();
  const move = (event: Event, reminder: number, from: string, to: string): void => {
    // Composing is one event for a whole run, so a reminder's story begins with the proposal.
    const before = states.get(reminder) ?? 'PROPOSED';
    if (before !== from) faults.push(`event ${event.id} moves reminder ${reminder} from ${from}, but it was ${before}`);
    states.set(reminder, to);
  };
  for (const event of events.rows) {
    // A claim is one event for all it took.
    if (event.to_state === 'LEASED') for (const reminder of event.detail.reminders ?? []) move(event, reminder, 'QUEUED', 'LEASED');
    else if (event.object_kind === 'reminder' && event.from_state !== null && event.to_state !== null)
      move(event, Number(event.object_id), event.from_state, event.to_state);
  }
  const rows = await admin.query<{ id: string; delivery_status: string }>(
    'select id, delivery_status from customer_consolidated_reminders where company_id = $1 order by id',
    [companyId],
  );
  for (const { id, delivery_status: status } of rows.rows) {
    const told = states.get(Number(id)) ?? 'PROPOSED';
    if (told !== status) faults.push(`reminder ${id} is ${status}, but its events end in ${told}`);
  }
  return faults;
}

/** Invoices that more than one live reminder asks for. */
export async function askedTwice(admin: pg.Client, companyId: CompanyId): Promise<readonly string[]> {
  const { rows } = await admin.query<{ invoice_id: string }>(
    `select i.invoice_id from consolidated_reminder_items i
       join customer_consolidated_reminders r on r.company_id = i.company_id and r.id = i.reminder_id
      where i.company_id = $1 and i.kind = 'INVOICE'
        and r.delivery_status in ('PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN')
      group by i.invoice_id having count(*) > 1`,
    [companyId],
  );
  return rows.map(({ invoice_id: id }) => id);
}
