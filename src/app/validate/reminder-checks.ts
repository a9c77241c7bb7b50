/** Checks of reminders: their rows, their states, when they leave, and what is known of those that left. */
import { type Check, finding, found } from './check.ts';
import { judgeSchedules } from './judge-schedules.ts';
import { CALENDAR_PRESETS, type CalendarPresetName } from '../../domain/calendar/calendar-presets.ts';
import { toEpochDay } from '../../domain/calendar/epoch-day.ts';
import { approvalsWithoutEvent, statesWithoutEvent } from '../../store/sql/validate/chain-states.ts';
import { acceptedTwice, sentWithoutAttempt } from '../../store/sql/validate/deliveries.ts';
import {
  itemsLiveByMistake,
  remindersWithWrongCount,
  remindersWithWrongTotals,
  wrongNextContacts,
} from '../../store/sql/validate/reminder-rows.ts';
import { presetsInUse, scheduleGroups } from '../../store/sql/validate/schedules.ts';

const HOLD = 'Hold it (`wafa hold ID`), look at `wafa show ID`, then `wafa cancel ID` and let the next plan compose it anew.';
const PAST_WAFA = 'Somebody wrote to the database past Wafa: find out who, and compare with the last backup.';

export const REMINDER_CHECKS: readonly Check[] = [
  {
    id: 'item-counts',
    holds: 'A reminder has the items it counts, and none of its rows is missing.',
    means: 'Rows were added to it or taken from it after it was composed.',
    fix: HOLD,
    scope: 'company',
    find: ({ tx }) => remindersWithWrongCount(tx),
  },
  {
    id: 'totals',
    holds: 'The totals of a reminder are the sums of its rows, per currency.',
    means: 'The mail would state a sum that its own table does not have.',
    fix: HOLD,
    scope: 'company',
    find: ({ tx }) => remindersWithWrongTotals(tx),
  },
  {
    id: 'live-items',
    holds: 'Items hold their documents back from other reminders exactly while their own is live.',
    means: 'A document could be in two reminders at once, or never be reminded of again.',
    fix: PAST_WAFA,
    scope: 'company',
    find: ({ tx }) => itemsLiveByMistake(tx),
  },
  {
    id: 'states-in-chain',
    holds: 'Every reminder is in the state the audit chain left it in.',
    means: 'Its state was changed without an event: nobody can say who decided it.',
    fix: PAST_WAFA,
    scope: 'company',
    find: ({ tx }) => statesWithoutEvent(tx),
  },
  {
    id: 'approvals-in-chain',
    holds: 'Whoever is named as the approver of a reminder approved it in the audit chain.',
    means: 'An approval was written down that nobody gave.',
    fix: PAST_WAFA,
    scope: 'company',
    find: ({ tx }) => approvalsWithoutEvent(tx),
  },
  {
    id: 'schedules',
    holds: 'What waits to leave is scheduled for a time when the calendar is open.',
    means:
      'The calendar or the schedule changed since. The gate asks the calendar again, so nothing leaves at a wrong time; it leaves later than shown.',
    fix: '`wafa reschedule ID`, or let the next plan compose it anew.',
    scope: 'company',
    find: async (act) => {
      const { company, ofPreset } = await act.calendars();
      const calendarOf = (preset: string | null) => (preset !== null && isPreset(preset) ? ofPreset(preset) : company);
      return judgeSchedules(await scheduleGroups(act.tx), calendarOf);
    },
  },
  {
    id: 'next-contact',
    holds: 'After a contact the next may come its interval later, and never on the day itself.',
    means: 'The account could be written to sooner than its interval allows, or not for too long.',
    fix: PAST_WAFA,
    scope: 'company',
    find: ({ tx, company }) => wrongNextContacts(tx, company.timeZone),
  },
  {
    id: 'sent-once',
    holds: 'No reminder was accepted by a mail server twice.',
    means: 'A customer got the same reminder twice without anybody ordering it.',
    fix: 'Stop sending (`wafa company pause`), keep the journals and logs, and report it: this must not happen.',
    scope: 'company',
    find: ({ tx }) => acceptedTwice(tx),
  },
  {
    id: 'sent-has-attempt',
    holds: 'What is said to have left has an attempt that a mail server took.',
    means: 'The account counts as contacted and may not have been.',
    fix: PAST_WAFA,
    scope: 'company',
    find: ({ tx }) => sentWithoutAttempt(tx),
  },
  {
    id: 'calendar-coverage',
    holds: 'The days off of the coming quarter are known, for the company and for each week that customers keep.',
    means: 'From the first unknown year on every account is skipped: nothing leaves.',
    fix: 'Upgrade Wafa, which brings the days off of further years; until then mail stops at the end of the last known year.',
    scope: 'company',
    find: async (act) => {
      const { company, ofPreset } = await act.calendars();
      const presets = (await presetsInUse(act.tx)).filter(isPreset);
      const calendars = [['the company', company] as const, ...presets.map((name) => [name, ofPreset(name)] as const)];
      const last = act.today.add({ days: COVERED_DAYS });
      return found(
        calendars
          .filter(([, calendar]) => calendar.dayAt(toEpochDay(last)).kind === 'no-data')
          .map(([name]) => finding(`the days off of ${last.year} are not known to the calendar of ${name}`)),
      );
    },
  },
];

/** A quarter ahead: the longest way from a plan to what it schedules, and time to bring the data in. */
const COVERED_DAYS = 92;

const isPreset = (name: string): name is CalendarPresetName => Object.hasOwn(CALENDAR_PRESETS, name);
