/** Reminders on their way, counted by the company's days: attempts on the day they began, what came back on the day it did. */
import type { Day, Instant } from '../../../domain/days.ts';
import type { MailCounts } from '../../../domain/insight/delivery-health.ts';
import type { SentVolume } from '../../../domain/insight/savings.ts';
import { SEGMENTS, typesOfSegment, type Segment } from '../../../domain/insight/segment.ts';
import type { EscalationLevel, Language } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** Instants from `from` on and before `to`. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
  readonly timeZone: string;
}

export interface MailGroup extends MailCounts {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly escalationLevel: EscalationLevel;
  readonly language: Language;
  readonly segment: Segment;
}

export interface MailDayRow extends MailCounts {
  readonly on: Day;
  readonly escalationLevel: EscalationLevel;
  readonly language: Language;
  readonly segment: Segment;
}

/** A business type as its segment; the domain's own sorting, written out for the database. */
export const segmentCase = (column: string): string =>
  `case ${SEGMENTS.filter((segment) => typesOfSegment(segment).length > 0)
    .map(
      (segment) =>
        `when ${column} in (${typesOfSegment(segment)
          .map((type) => `'${type}'`)
          .join(', ')}) then '${segment}'`,
    )
    .join(' ')} else 'unknown' end`;

const outcomes = (outcome: string): string => `count(*) filter (where f.what = '${outcome}')`;

/** By day, level, language and segment. */
export const mailDays = (tx: CompanyTx, { from, to, timeZone }: Span): Promise<readonly MailDayRow[]> =>
  tx.query<MailDayRow>(
    `with fact as (
       select consolidated_reminder_id as reminder_id, (business_at at time zone $4)::date as "on", coalesce(outcome, 'UNDER_WAY') as what, invoice_count,
              greatest(0, extract(epoch from finished_at - started_at) * 1000)::bigint as ms
         from email_logs
        where company_id = $1 and business_at >= $2 and business_at < $3 and mail_kind = 'REMINDER'
       union all
       select consolidated_reminder_id, (occurred_at at time zone $4)::date, kind, 0, 0
         from email_events
        where company_id = $1 and occurred_at >= $2 and occurred_at < $3 and kind in ('BOUNCED', 'COMPLAINED', 'REPLIED'))
     select f."on", r.escalation_level, r.language, ${segmentCase('c.business_type')} as segment,
            count(*) filter (where f.what not in ('BOUNCED', 'COMPLAINED', 'REPLIED')) as attempts,
            ${outcomes('ACCEPTED')} as accepted, ${outcomes('TEMPORARY')} as temporary, ${outcomes('REFUSED')} as refused,
            ${outcomes('UNCERTAIN')} as uncertain, ${outcomes('NOT_SENT')} as not_sent,
            coalesce(sum(f.invoice_count) filter (where f.what = 'ACCEPTED'), 0)::bigint as items,
            coalesce(sum(f.ms) filter (where f.what = 'ACCEPTED'), 0)::bigint as accept_ms,
            count(*) filter (where f.what = 'ACCEPTED' and f.ms <= 10000) as promptly,
            ${outcomes('BOUNCED')} as returned, ${outcomes('COMPLAINED')} as complained, ${outcomes('REPLIED')} as replied
       from fact f
       join customer_consolidated_reminders r on r.company_id = $1 and r.id = f.reminder_id
       join customers c on c.company_id = $1 and c.id = r.customer_id
      group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [tx.companyId, from, to, timeZone],
  );

export interface VolumeDayRow extends SentVolume {
  readonly on: Day;
}

/** Accepted reminders by day, contact by contact, beside what the policy's daily number would have sent one by one. */
export const volumeDays = (tx: CompanyTx, { from, to, timeZone }: Span, individualsPerDay: number): Promise<readonly VolumeDayRow[]> =>
  tx.query<VolumeDayRow>(
    `select "on", count(*) as contacts, sum(mails)::bigint as mails, sum(items)::bigint as items,
            sum(greatest(mails, least(items, $5::bigint)))::bigint as one_by_one
       from (select (business_at at time zone $4)::date as "on", customer_id, count(*) as mails, sum(invoice_count) as items
               from email_logs
              where company_id = $1 and business_at >= $2 and business_at < $3 and mail_kind = 'REMINDER' and outcome = 'ACCEPTED'
              group by 1, 2) contact
      group by "on" order by "on"`,
    [tx.companyId, from, to, timeZone, individualsPerDay],
  );
