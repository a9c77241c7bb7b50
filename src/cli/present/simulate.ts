import { dayOfText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { gap, heading, line, table, type Column } from '../page.ts';
import type { SimulationView } from '../../app/simulation-view.ts';
import { ESCALATION_LEVELS } from '../../domain/vocabulary.ts';

type Policies = SimulationView['policies'];
type Counts = Policies[number]['totals'];

const FIGURES: readonly (readonly [label: string, (counts: Counts) => number])[] = [
  ['Reminders', (counts) => counts.reminders],
  ...ESCALATION_LEVELS.map((level) => [level, (counts: Counts) => counts.byLevel[level]] as const),
  ['Items covered', (counts) => counts.itemsCovered],
  ['Emails avoided', (counts) => counts.emailsAvoided],
  ['Ladder complete', (counts) => counts.ladderComplete],
];

/** Each figure once for the policy in force and, beside it, once for the changed one; then the days that have something to tell. */
export const simulatePresenter: Presenter<SimulationView> = {
  takesNotes: true,
  page: ({ asOn, until, policies }, { notes }) => [
    heading(`${dayOfText(asOn)} to ${dayOfText(until)}`),
    ...notes.map(line),
    ...policies.flatMap(({ changes }) => changes.map(({ key, before, after }) => line(`Changed: ${key} ${before} to ${after}`))),
    gap,
    table(
      [{ title: 'IN ALL' }, ...columnsOf(policies)],
      FIGURES.map(([label, figure]) => [label, ...policies.map(({ totals }) => String(figure(totals)))]),
    ),
    gap,
    policies.length === 1
      ? table(DAY_COLUMNS, daysOf(policies))
      : table([{ title: 'DAY' }, ...policies.flatMap((_, index) => comparedColumns(index))], comparedDays(policies)),
  ],
  csv: ({ policies }) => ({
    columns: ['policy', 'on', ...FIGURES.map(([label]) => label)],
    rows: policies.flatMap(({ days }, index) =>
      days.map((day) => [index === 0 ? 'in force' : 'changed', day.on, ...FIGURES.map(([, figure]) => figure(day))]),
    ),
  }),
};

const columnsOf = (policies: Policies): readonly Column[] =>
  policies.map((_, index) => ({ title: index === 0 ? 'IN FORCE' : 'CHANGED', align: 'right' }));

const DAY_COLUMNS: readonly Column[] = [
  { title: 'DAY' },
  { title: 'REMINDERS', align: 'right' },
  ...ESCALATION_LEVELS.map((level) => ({ title: level, align: 'right', leaveOut: 1 }) as const),
  { title: 'ITEMS', align: 'right', leaveOut: 3 },
  { title: 'AVOIDED', align: 'right', leaveOut: 2 },
  { title: 'COMPLETE', align: 'right', leaveOut: 4 },
];

const daysOf = (policies: Policies): readonly (readonly string[])[] =>
  (policies[0]?.days ?? [])
    .filter((day) => day.reminders + day.ladderComplete > 0)
    .map((day) => [dayOfText(day.on), ...FIGURES.map(([, figure]) => String(figure(day)))]);

/** Reminders of a day, of them POLITE/FIRM/URGENT/FINAL, and emails avoided. */
const comparedColumns = (index: number): readonly Column[] => [
  { title: index === 0 ? 'IN FORCE' : 'CHANGED', align: 'right' },
  { title: 'P/F/U/FINAL', align: 'right', leaveOut: 2 },
  { title: 'AVOIDED', align: 'right', leaveOut: 1 },
];

/** Two policies may have different calendars, so a day of either is a row. */
function comparedDays(policies: Policies): readonly (readonly string[])[] {
  const byDay = policies.map(({ days }) => new Map(days.map((day) => [day.on, day])));
  const every = [...new Set(byDay.flatMap((days) => [...days.keys()]))].sort();
  return every
    .map((on) => [on, byDay.map((days) => days.get(on))] as const)
    .filter(([, counts]) => counts.some((count) => (count?.reminders ?? 0) > 0))
    .map(([on, counts]) => [dayOfText(on), ...counts.flatMap(comparedCells)]);
}

const comparedCells = (counts: Counts | undefined): readonly string[] =>
  counts === undefined
    ? ['closed', '', '']
    : [String(counts.reminders), ESCALATION_LEVELS.map((level) => counts.byLevel[level]).join('/'), String(counts.emailsAvoided)];
