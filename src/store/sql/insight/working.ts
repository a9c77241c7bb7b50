/** How the work goes: what waits, how long approvals took, who did what, and what promises and cheques came to. */
import type { Instant } from '../../../domain/days.ts';
import type { ChequeRecord, PromiseRecord } from '../../../domain/insight/reliability.ts';
import type { DeliveryStatus } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import type { Span } from './mail-days.ts';

export interface WaitingRow {
  readonly status: DeliveryStatus;
  readonly reminders: number;
  readonly valueMinor: bigint;
  readonly atRiskMinor: bigint;
  readonly oldestAt: Instant;
}

/** Live reminders by what they wait for, with what they ask for and what of it is at risk, in base currency. */
export const waitingReminders = (tx: CompanyTx): Promise<readonly WaitingRow[]> =>
  tx.query<WaitingRow>(
    `select delivery_status as status, count(*) as reminders, sum(value_minor)::bigint as value_minor, sum(at_risk_minor)::bigint as at_risk_minor,
            min(status_changed_at) as oldest_at
       from customer_consolidated_reminders
      where company_id = $1 and delivery_status in ('PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN')
      group by delivery_status order by delivery_status`,
    [tx.companyId],
  );

export interface ApprovalRow {
  readonly byPerson: number;
  readonly byRule: number;
  /** Seconds from the run that proposed them to a person's approval; `null` when a person approved none. */
  readonly medianSeconds: number | null;
  readonly ninthSeconds: number | null;
}

/** Of the reminders sent in the span. */
export const approvalLatency = (tx: CompanyTx, { from, to }: Span): Promise<ApprovalRow> =>
  tx.one<ApprovalRow>(
    `with approved as (
       select r.approval_kind, extract(epoch from greatest(r.approved_at - p.business_at, interval '0'))::bigint as seconds
         from customer_consolidated_reminders r
         left join plan_runs p on p.company_id = $1 and p.id = r.run_id
        where r.company_id = $1 and r.sent_at >= $2 and r.sent_at < $3)
     select count(*) filter (where approval_kind = 'PERSON') as by_person, count(*) filter (where approval_kind = 'RULE') as by_rule,
            percentile_disc(0.5) within group (order by seconds) filter (where approval_kind = 'PERSON') as median_seconds,
            percentile_disc(0.9) within group (order by seconds) filter (where approval_kind = 'PERSON') as ninth_seconds
       from approved`,
    [tx.companyId, from, to],
  );

export interface WorkRow {
  readonly login: string;
  readonly verb: string;
  readonly acts: number;
}

/** What people did in the span, by person and verb, the most first. */
export const workOfPeople = (tx: CompanyTx, { from, to }: Span): Promise<readonly WorkRow[]> =>
  tx.query<WorkRow>(
    `select u.login, l.verb, count(*) as acts
       from audit_logs l join users u on u.company_id = $1 and u.id = l.actor_user_id
      where l.company_id = $1 and l.actor_kind = 'USER' and l.business_at >= $2 and l.business_at < $3
      group by u.login, l.verb order by acts desc, u.login, l.verb`,
    [tx.companyId, from, to],
  );

/** Promises and cheques that ended in the span. */
export const endedPromises = (tx: CompanyTx, { from, to }: Span): Promise<PromiseRecord & ChequeRecord> =>
  tx.one<PromiseRecord & ChequeRecord>(
    `with ended as (
       select kind, bool_or(outcome = 'BROKEN') as is_broken, bool_or(outcome = 'KEPT') as is_kept, bool_or(outcome = 'RETURNED') as is_returned,
              bool_or(outcome = 'CLEARED') as is_cleared, bool_or(outcome = 'EXPIRED') as is_expired
         from blocks
        where company_id = $1 and kind in ('PROMISE', 'CHEQUE') and ended_at >= $2 and ended_at < $3
        group by kind, coalesce(group_id, id))
     select count(*) filter (where kind = 'PROMISE' and is_kept and not is_broken) as kept, count(*) filter (where kind = 'PROMISE' and is_broken) as broken,
            count(*) filter (where kind = 'CHEQUE' and is_cleared and not is_returned) as cleared,
            count(*) filter (where kind = 'CHEQUE' and is_returned) as returned,
            count(*) filter (where kind = 'CHEQUE' and is_expired and not is_returned and not is_cleared) as unheard
       from ended`,
    [tx.companyId, from, to],
  );
