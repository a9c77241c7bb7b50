import type { Instant } from '../../../domain/days.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface ScheduleGroup {
  readonly scheduledFor: Instant;
  /** The customers' own week; null: the company's. */
  readonly calendarPreset: string | null;
  readonly reminders: number;
  readonly firstId: number;
}

/** When what is to leave is to leave. Schedules are kept to the minute and a run has few of them, so they are judged once each. */
export const scheduleGroups = (tx: CompanyTx): Promise<readonly ScheduleGroup[]> =>
  tx.query<ScheduleGroup>(
    `select r.scheduled_for, c.calendar_preset, count(*)::int as reminders, min(r.id) as first_id
       from customer_consolidated_reminders r join customers c on c.company_id = $1 and c.id = r.customer_id
      where r.company_id = $1 and r.delivery_status in ('PROPOSED', 'QUEUED')
      group by r.scheduled_for, c.calendar_preset
      order by r.scheduled_for, c.calendar_preset`,
    [tx.companyId],
  );

/** The weeks that customers keep besides the company's own. */
export async function presetsInUse(tx: CompanyTx): Promise<readonly string[]> {
  const rows = await tx.query<{ readonly preset: string }>(
    `select distinct calendar_preset as preset from customers where company_id = $1 and calendar_preset is not null and is_active order by 1`,
    [tx.companyId],
  );
  return rows.map(({ preset }) => preset);
}
