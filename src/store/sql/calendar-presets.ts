import type { CalendarPresetName } from '../../domain/calendar/calendar-presets.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

/** The contact calendars of those of these accounts that keep one of their own; the others are left out. */
export const calendarPresetsOf = (
  tx: CompanyTx,
  accountIds: readonly CustomerId[],
): Promise<readonly { readonly id: CustomerId; readonly calendarPreset: CalendarPresetName }[]> =>
  tx.query('select id, calendar_preset from customers where company_id = $1 and id = any($2::bigint[]) and calendar_preset is not null', [
    tx.companyId,
    accountIds,
  ]);
