/** What came back about mails: written once, never changed. */
import type { Instant } from '../../../domain/days.ts';
import type { AttemptId, ReminderId } from '../../../domain/ids.ts';
import type { Evidence } from '../../../domain/inbound/evidence.ts';
import type { DeliveryStatus } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export type EmailEventKind = 'DELIVERED' | 'RELAYED' | 'DELAYED' | 'BOUNCED' | 'COMPLAINED' | 'REPLIED' | 'AUTO_REPLIED';

export interface NewEmailEvent {
  readonly attemptId: AttemptId;
  readonly reminderId: ReminderId | null;
  readonly kind: EmailEventKind;
  readonly occurredAt: Instant;
  /** Names what it was learnt from: the same thing twice is one event. */
  readonly sourceKey: string;
  readonly evidence: Readonly<Record<string, string | null>>;
}

/** The event's id; undefined when it is known already. */
export async function insertEmailEvent(tx: CompanyTx, event: NewEmailEvent): Promise<number | undefined> {
  const row = await tx.maybeOne<{ readonly id: number }>(
    `insert into email_events (company_id, email_log_id, consolidated_reminder_id, kind, occurred_at, source_key, evidence)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb)
     on conflict (company_id, source_key) do nothing returning id`,
    [tx.companyId, event.attemptId, event.reminderId, event.kind, event.occurredAt, event.sourceKey, JSON.stringify(event.evidence)],
  );
  return row?.id;
}

export interface EmailEventRow {
  readonly kind: string;
  readonly occurredAt: Instant;
  /** Of a bounce. */
  readonly bounce: string | null;
  readonly status: string | null;
  readonly diagnostic: string | null;
}

const SHOWN = `kind, occurred_at, evidence ->> 'class' as bounce, evidence ->> 'status' as status, evidence ->> 'diagnostic' as diagnostic`;

/** About one reminder, oldest first. */
export const eventsOfReminder = (tx: CompanyTx, reminderId: ReminderId): Promise<readonly EmailEventRow[]> =>
  tx.query<EmailEventRow>(
    `select ${SHOWN} from email_events where company_id = $1 and consolidated_reminder_id = $2 order by id limit 200`,
    [tx.companyId, reminderId],
  );

/** How often mail to an address came back for a reason that passes, since an instant. */
export async function softBounces(tx: CompanyTx, address: string, since: Instant): Promise<number> {
  const { times } = await tx.one<{ readonly times: number }>(
    `select count(*)::int as times from email_events e join email_logs l on l.company_id = $1 and l.id = e.email_log_id
      where e.company_id = $1 and e.kind = 'BOUNCED' and e.evidence ->> 'class' = 'soft' and e.occurred_at >= $3
        and lower(l.recipient_address) = lower($2)`,
    [tx.companyId, address, since],
  );
  return times;
}

/** Mails other systems refused as ours, since an instant. */
export async function blockedSince(tx: CompanyTx, since: Instant): Promise<number> {
  const { times } = await tx.one<{ readonly times: number }>(
    `select count(*)::int as times from email_events
      where company_id = $1 and kind = 'BOUNCED' and evidence ->> 'class' = 'blocked' and occurred_at >= $2`,
    [tx.companyId, since],
  );
  return times;
}

export interface WaitingEvidence {
  readonly reminderId: ReminderId;
  readonly deliveryStatus: DeliveryStatus;
  readonly evidence: Evidence;
}

/**
 * Reminders about which something is known that their status does not say yet: the report came while the sender was still waiting for an
 * answer. Of the last seven days, for a sender is never that slow; what contradicts the rest comes last.
 */
export const evidenceWaiting = (tx: CompanyTx): Promise<readonly WaitingEvidence[]> =>
  tx.query<WaitingEvidence>(
    `select distinct on (r.id, evidence) r.id as reminder_id, r.delivery_status,
            case e.kind when 'DELIVERED' then 'delivered' when 'BOUNCED' then 'bounced' when 'COMPLAINED' then 'complained' else 'arrived' end
              as evidence
       from email_events e
       join customer_consolidated_reminders r on r.company_id = $1 and r.id = e.consolidated_reminder_id
      where e.company_id = $1 and e.created_at > now() - interval '7 days'
        and ((r.delivery_status = 'UNCERTAIN' and e.kind in ('DELIVERED', 'RELAYED', 'REPLIED', 'AUTO_REPLIED', 'BOUNCED', 'COMPLAINED'))
          or (r.delivery_status = 'SENT' and e.kind in ('DELIVERED', 'BOUNCED', 'COMPLAINED'))
          or (r.delivery_status = 'DELIVERED' and e.kind in ('BOUNCED', 'COMPLAINED')))
        and not (e.kind in ('BOUNCED') and e.evidence ->> 'class' = 'unreadable')
        and not (e.kind in ('REPLIED', 'AUTO_REPLIED') and e.evidence ->> 'by' = 'address')
      order by r.id, evidence, e.id limit 1000`,
    [tx.companyId],
  );
