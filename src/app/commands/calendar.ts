import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import type { DaysOffChange } from '../calendar/change-days-off.ts';
import type { RamadanCorrection } from '../calendar/correct-ramadan.ts';
import type { Quiet } from '../calendar/keep-quiet.ts';
import { rolesFor } from '../permissions.ts';
import type { Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { dayText } from '../../domain/skip-reasons.ts';

const WORDS = ['show', 'check', 'add', 'confirm', 'withdraw', 'ramadan', 'quiet'] as const;
type Word = (typeof WORDS)[number];

/** Civil days between commas. */
const dayList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(dayArgument).min(1).max(31));

const monthArgument = z.string().transform((text, context) => {
  if (/^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])$/.test(text)) return Temporal.PlainYearMonth.from(text);
  context.addIssue({ code: 'custom', message: 'is not a month; write it like 2026-12' });
  return z.NEVER;
});

const schema = z.object({
  word: z.enum(WORDS, { error: `is ${WORDS.slice(0, -1).join(', ')} or quiet` }).default('show'),
  subject: z.string().max(100).optional(),
  month: monthArgument.optional(),
  days: z.coerce.number().int().min(0).max(366).optional(),
  name: z.string().max(100).optional(),
  until: z.string().max(60).optional(),
  mourning: z.boolean().optional(),
  on: dayList.optional(),
  reason: z.string().max(500).optional(),
  end: z.boolean().optional(),
});
type Input = z.output<typeof schema>;

export const calendarCommand = defineCommand({
  name: 'calendar',
  group: 'running',
  summary: 'Show when mail may leave; add, confirm or withdraw days off; keep quiet for a while',
  example: 'calendar confirm national-day-2026 --on 2026-12-02,2026-12-03',
  arguments: [
    { name: 'word', about: 'show, check, add, confirm, withdraw, ramadan or quiet' },
    {
      name: 'subject',
      about: "for add: the day; for ramadan: its first day; for confirm and withdraw: the occasion's name, as show and check tell it",
    },
  ],
  options: [
    { name: 'month', about: 'for show: this month instead of the present one', value: 'YYYY-MM' },
    { name: 'days', about: 'for check: how far ahead; 21 unless told', value: 'N' },
    { name: 'name', about: 'for add: what to call it, e.g. stock-taking-2026', value: 'KEY' },
    { name: 'until', about: 'for add and ramadan: the last day; for quiet: the day or time at which mail may leave again', value: 'DAY' },
    { name: 'mourning', about: 'for add: nothing above FIRM is sent in it' },
    { name: 'on', about: 'for confirm: all the days it has; for withdraw: only these', value: 'DAY[,DAY]' },
    { name: 'reason', about: 'for quiet: why', value: 'TEXT' },
    { name: 'end', about: 'for quiet: end it now' },
  ],
  schema,
  // The widest of its words; those that change something ask for more by themselves.
  roles: rolesFor('calendar show'),
  isDangerous: false,
  reversedBy: 'calendar',
  run: async (context, input): Promise<CommandResult<unknown>> => {
    refuseStrangers(input);
    return await RUN[input.word](context, input);
  },
});

const RUN: Readonly<Record<Word, (context: CommandContext, input: Input) => Promise<CommandResult<unknown>>>> = {
  show: async (context, { month }) => {
    const { readCalendarMonth } = await import('../calendar/read-calendar.ts');
    return { data: await readCalendarMonth(await context.session(), month), ending: 'ok' };
  },
  check: async (context, { days = 21 }) => {
    const { checkCalendar } = await import('../calendar/read-calendar.ts');
    const found = await checkCalendar(await context.session(), days);
    const isInOrder = found.unconfirmed.length + found.unknownYears.length === 0;
    const note = isInOrder ? `Nothing is to be confirmed in the next ${days} days.` : WHAT_TO_CONFIRM;
    return { data: found, ending: isInOrder ? 'ok' : 'failed', notes: [note] };
  },
  add: async (context, { subject, name, until, mourning = false }) => {
    const on = readDay(needed(subject, 'the day', 'add 2026-12-24 --name stock-taking-2026'));
    const { addDayOff } = await import('../calendar/add-day-off.ts');
    const untilOn = until === undefined ? undefined : readDay(until);
    const key = needed(name, '--name', 'add 2026-12-24 --name stock-taking-2026');
    return changed(await addDayOff(await context.session(), { on, untilOn, name: key, isMourning: mourning }));
  },
  confirm: async (context, { subject, on = [] }) => {
    const key = needed(subject, "the occasion's name", 'confirm national-day-2026');
    const { confirmOccasion } = await import('../calendar/confirm-occasion.ts');
    return changed(await confirmOccasion(await context.session(), { key, on }));
  },
  withdraw: async (context, { subject, on = [] }) => {
    const key = needed(subject, "the occasion's name", 'withdraw stock-taking-2026');
    const { withdrawOccasion } = await import('../calendar/withdraw-occasion.ts');
    return changed(await withdrawOccasion(await context.session(), { key, on }));
  },
  ramadan: async (context, { subject, until }) => {
    const example = 'ramadan 2027-02-08 --until 2027-03-09';
    const startsOn = readDay(needed(subject, 'its first day', example));
    const endsOn = readDay(needed(until, '--until, its last day,', example));
    const { correctRamadan } = await import('../calendar/correct-ramadan.ts');
    return corrected(await correctRamadan(await context.session(), { startsOn, endsOn }));
  },
  quiet: async (context, { until, reason, end = false }) => {
    const { endQuiet, keepQuiet } = await import('../calendar/keep-quiet.ts');
    const example = 'quiet --until 2026-12-04 --reason "audit of the books"';
    if (end && until === undefined) return quieted(await endQuiet(await context.session()), await zoneOf(context));
    if (end) throw usage('--until and --end exclude each other.', `calendar ${example}`);
    const request = { until: needed(until, '--until or --end', example), reason: needed(reason, '--reason', example) };
    return quieted(await keepQuiet(await context.session(), request), await zoneOf(context));
  },
};

const WHAT_TO_CONFIRM =
  'All of these days are closed until somebody says more: `wafa calendar confirm KEY --on DAY,DAY` once they are announced, or `wafa calendar withdraw KEY`.';

const zoneOf = async (context: CommandContext): Promise<string> => (await context.session()).timeZone;

function changed({ key, days, reopened, isChanged }: DaysOffChange): CommandResult<unknown> {
  const data = { occasion: key, days: days.map(String), reopened: reopened.map(String) };
  if (!isChanged) return { data, ending: 'nothing-to-do', notes: ['It was so already.'] };
  const closed = days.length === 0 ? `${key} closes no day any more.` : `${key} closes ${daysText(days)}.`;
  return { data, ending: 'ok', notes: [closed, ...(reopened.length === 0 ? [] : [`Open again: ${daysText(reopened)}.`])] };
}

function corrected({ key, startsOn, endsOn, isChanged }: RamadanCorrection): CommandResult<unknown> {
  const data = { occasion: key, startsOn: startsOn.toString(), endsOn: endsOn.toString() };
  if (!isChanged) return { data, ending: 'nothing-to-do', notes: ['It was so already.'] };
  return { data, ending: 'ok', notes: [`${key} is from ${dayText(startsOn)} to ${dayText(endsOn)}.`] };
}

const daysText = (days: readonly Day[]): string => days.map(dayText).join(', ');

const NO_LONGER_QUIET =
  'No longer quiet. What a pass of sending put off meanwhile keeps the time it was put off to; `wafa undo` and `wafa approve` bring it forward.';

function quieted({ until, isChanged }: Quiet, timeZone: string): CommandResult<unknown> {
  const data = { quietUntil: until?.toString() ?? null };
  if (!isChanged) return { data, ending: 'nothing-to-do', notes: ['It was so already.'] };
  if (until === null) return { data, ending: 'ok', notes: [NO_LONGER_QUIET] };
  const at = until.toZonedDateTimeISO(timeZone);
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return { data, ending: 'ok', notes: [`Quiet: nothing leaves before ${dayText(at.toPlainDate())} ${time} ${at.offset}.`] };
}

/** What each word takes; anything else given with it was meant for another word, and is refused rather than passed over. */
const TAKES: Readonly<Record<Word, readonly (keyof Input)[]>> = {
  show: ['month'],
  check: ['days'],
  add: ['subject', 'name', 'until', 'mourning'],
  confirm: ['subject', 'on'],
  withdraw: ['subject', 'on'],
  ramadan: ['subject', 'until'],
  quiet: ['until', 'reason', 'end'],
};

function refuseStrangers({ word, ...given }: Input): void {
  const stranger = (Object.keys(given) as (keyof typeof given)[]).find((name) => given[name] !== undefined && !TAKES[word].includes(name));
  if (stranger === undefined) return;
  throw usage(`${stranger === 'subject' ? 'A second word' : `--${stranger}`} means nothing to \`calendar ${word}\`.`, 'help calendar');
}

function readDay(text: string): Day {
  const read = dayArgument.safeParse(text);
  if (read.success) return read.data;
  throw usage('That is not a day.', 'calendar add 2026-12-24 --name stock-taking-2026');
}

function needed(value: string | undefined, what: string, example: string): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw usage(`${what.charAt(0).toUpperCase()}${what.slice(1)} is missing.`, `calendar ${example}`);
}

const usage = (message: string, example: string): OperatorError =>
  new OperatorError({ code: 'usage.calendar', kind: 'usage', message, tryThis: `For example \`wafa ${example}\`.` });
