/** Every screen there is, in the order of their digits. */
import { analyticsScreen } from './analytics/analytics-screen.ts';
import { auditScreen } from './audit/audit-screen.ts';
import { calendarScreen } from './calendar/calendar-screen.ts';
import { companiesScreen } from './companies/companies-screen.ts';
import { customerScreen } from './customers/customer-screen.ts';
import { customersScreen } from './customers/customers-screen.ts';
import { deliveriesScreen } from './deliveries/deliveries-screen.ts';
import { queueScreen } from './queue/queue-screen.ts';
import { reminderScreen } from './reminder/reminder-screen.ts';
import { runsScreen } from './runs/runs-screen.ts';
import { templateScreen } from './templates/template-screen.ts';
import { templatesScreen } from './templates/templates-screen.ts';
import { todayScreen } from './today/today-screen.ts';
import type { AnyScreen } from '../state/screen.ts';

export const ALL_SCREENS: readonly AnyScreen[] = [
  todayScreen,
  queueScreen,
  reminderScreen,
  customersScreen,
  customerScreen,
  deliveriesScreen,
  runsScreen,
  analyticsScreen,
  calendarScreen,
  templatesScreen,
  templateScreen,
  auditScreen,
  companiesScreen,
];

export function screenNamed(name: string): AnyScreen {
  const found = ALL_SCREENS.find((screen) => screen.name === name);
  if (found === undefined) throw new Error(`There is no screen ${name}.`);
  return found;
}
