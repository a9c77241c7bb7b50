/** The words by which every verb on reminders says which ones it means: ids, or `--all` narrowed by filters. */
import { z } from 'zod';
import type { ArgumentSpec, OptionSpec } from './command.ts';
import type { ReminderChoice } from '../reminder-batch.ts';
import { asId, type ReminderId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { DELIVERY_STATUSES, ESCALATION_LEVELS, REMINDER_TYPES, type DeliveryStatus } from '../../domain/vocabulary.ts';
import type { ReminderFilter } from '../../store/sql/reminders/queue-page.ts';

/** Ids are whole numbers as `queue` shows them; nothing else is guessed to be one. */
const reminderId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is not the id of a reminder; ids are the whole numbers that `wafa queue` shows')
  .transform(Number);

/** An id, or `41@3`: the reminder as it was at the version that `queue --json` showed. */
const seenReminder = z
  .string()
  .regex(/^[1-9]\d{0,14}(?:@[1-9]\d{0,8})?$/, 'is not the id of a reminder; ids are the whole numbers that `wafa queue` shows')
  .transform((text) => {
    const [id, version] = text.split('@');
    return { id: Number(id), version: version === undefined ? null : Number(version) };
  });

export const ID_ARGUMENTS: readonly ArgumentSpec[] = [
  { name: 'ids', about: 'ids of reminders, as `wafa queue` shows them; `41@3` only if still at version 3', isMany: true },
];

export const FILTER_OPTIONS: readonly OptionSpec[] = [
  { name: 'level', about: `only this level: ${ESCALATION_LEVELS.join(', ')}`, value: 'LEVEL' },
  { name: 'type', about: `only this type: ${REMINDER_TYPES.join(', ')}`, value: 'TYPE' },
  { name: 'customer', about: 'only this account', value: 'CODE' },
  { name: 'minScore', about: 'only with at least this score', value: 'N' },
  { name: 'minDays', about: 'only with an item at least this many days past due', value: 'N' },
];

export const ALL_OPTION: OptionSpec = { name: 'all', about: 'all that the filters leave, instead of ids' };

export const filterShape = {
  level: z.string().toUpperCase().pipe(z.enum(ESCALATION_LEVELS)).optional(),
  type: z.string().toUpperCase().pipe(z.enum(REMINDER_TYPES)).optional(),
  customer: z.string().min(1).max(64).optional(),
  minScore: z.coerce.number().int().min(0).max(100).optional(),
  minDays: z.coerce.number().int().min(0).max(36_500).optional(),
};

export const choiceShape = { ids: z.array(seenReminder).max(10_000).default([]), all: z.boolean().default(false), ...filterShape };

export const idsShape = z.array(reminderId).max(10_000).default([]);

export const statusShape = z.string().toUpperCase().pipe(z.enum(DELIVERY_STATUSES));

type FilterInput = z.output<z.ZodObject<typeof filterShape>>;

export const filterFrom = (input: FilterInput, statuses?: readonly DeliveryStatus[]): ReminderFilter => ({
  ...(statuses === undefined ? {} : { statuses }),
  ...(input.level === undefined ? {} : { level: input.level }),
  ...(input.type === undefined ? {} : { type: input.type }),
  ...(input.customer === undefined ? {} : { customerCode: input.customer }),
  ...(input.minScore === undefined ? {} : { leastScore: input.minScore }),
  ...(input.minDays === undefined ? {} : { leastDaysPastDue: input.minDays }),
});

interface SeenReminder {
  readonly id: number;
  readonly version: number | null;
}

const versionsSeen = (reminders: readonly SeenReminder[]): ReadonlyMap<ReminderId, number> =>
  new Map(reminders.flatMap(({ id, version }) => (version === null ? [] : [[asId<'reminder'>(id), version] as const])));

/** Ids or `--all`, never both: a slip of the shell must not turn five ids into everything. */
export function choiceFrom(
  input: FilterInput & { readonly ids: readonly SeenReminder[]; readonly all: boolean },
  verb: string,
  statuses: readonly DeliveryStatus[],
): ReminderChoice {
  const isFiltered = Object.keys(filterFrom(input)).length > 0;
  if (input.all && input.ids.length === 0) return { filter: filterFrom(input, statuses) };
  if (!input.all && !isFiltered) return { ids: input.ids.map(({ id }) => asId<'reminder'>(id)), seen: versionsSeen(input.ids) };
  throw new OperatorError({
    code: 'usage.ids-or-all',
    kind: 'usage',
    message: input.all ? 'Ids and --all were both given.' : 'Filters narrow --all; they were given without it.',
    tryThis: `Either \`wafa ${verb} 41 42\`, or \`wafa ${verb} --all\` with filters.`,
  });
}
