/**
 * Holds what the mail server took, by its own log, against the database. Everything it finds is a broken promise; it reads each row and each
 * line of the log once, so that a run of fifty thousand is judged in seconds.
 */
import type pg from 'pg';

import { verifyAudit } from '../../src/app/audit/verify-audit.ts';
import type { Session } from '../../src/app/session.ts';
import { duplicates } from './sender-process.ts';

export interface Judgement {
  readonly taken: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Everything that must be empty. */
  readonly violations: Readonly<Record<string, readonly unknown[]>>;
}

interface Row {
  readonly message_id: string;
  readonly delivery_status: string;
  readonly status_reason: string | null;
}

/** @param accepted The Message-IDs the server took, as often as it took them. */
export async function judge(session: Session, admin: pg.Client, accepted: readonly string[]): Promise<Judgement> {
  const { rows } = await admin.query<Row>(
    'select message_id, delivery_status, status_reason from customer_consolidated_reminders where company_id = $1',
    [session.companyId],
  );
  const taken = new Set(accepted);
  const known = new Set(rows.map((row) => row.message_id));
  const withStatus = (...statuses: readonly string[]): readonly Row[] => rows.filter((row) => statuses.includes(row.delivery_status));
  const ask = async (question: string): Promise<readonly unknown[]> =>
    (await admin.query<Record<string, unknown>>(question, [session.companyId])).rows;
  const audit = await verifyAudit(session, { anchors: false }).then(
    () => [],
    (error: unknown) => [String(error)],
  );
  return {
    taken: accepted.length,
    statuses: Object.fromEntries([...Map.groupBy(rows, (row) => row.delivery_status)].map(([status, some]) => [status, some.length])),
    violations: {
      'delivered twice': [...duplicates(accepted)],
      'called sent and not taken': withStatus('SENT').filter((row) => !taken.has(row.message_id)),
      'taken and called not sent': withStatus('REJECTED', 'FAILED', 'CANCELLED', 'PROPOSED', 'QUEUED', 'NEEDS_REVIEW', 'HELD').filter(
        (row) => taken.has(row.message_id),
      ),
      'taken and unknown': accepted.filter((id) => !known.has(id)),
      'never ended': withStatus('QUEUED', 'LEASED', 'TRANSMITTING'),
      'uncertain without a reason': withStatus('UNCERTAIN').filter((row) => row.status_reason === null),
      'sent about money that was paid before': await ask(PAID_BEFORE_ITS_GATE),
      'moved without an event': await ask(MOVED_WITHOUT_EVENT),
      'tokens that do not add up': await ask(TOKENS_BELOW_ZERO),
      'broken audit': audit,
    },
  };
}

/** The audit's numbers are given under one lock per company, so they are the order in which things were committed. */
const PAID_BEFORE_ITS_GATE = `
  select gate.object_id as reminder, gate.id as gate, paid.id as payment
    from audit_logs gate
    join consolidated_reminder_items i on i.company_id = gate.company_id and i.reminder_id = gate.object_id
    join allocations a on a.company_id = gate.company_id and a.invoice_id = i.invoice_id
    join audit_logs paid on paid.company_id = gate.company_id and paid.object_kind = 'payment' and paid.object_id = a.payment_id
   where gate.company_id = $1 and gate.object_kind = 'reminder' and gate.to_state = 'TRANSMITTING' and paid.id < gate.id`;

/** The state a reminder is in is the one its last event says. */
const MOVED_WITHOUT_EVENT = `
  select r.id, r.delivery_status, last.to_state
    from customer_consolidated_reminders r
    join (select distinct on (object_id) object_id, to_state from audit_logs
           where company_id = $1 and object_kind = 'reminder' and to_state is not null order by object_id, id desc) last on last.object_id = r.id
   where r.company_id = $1 and last.to_state <> r.delivery_status`;

const TOKENS_BELOW_ZERO = 'select bucket, taken from rate_tokens where company_id = $1 and taken < 0';
