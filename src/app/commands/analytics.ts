import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { rolesFor } from '../permissions.ts';
import type { Day } from '../../domain/days.ts';
import { FEWEST_ACCOUNTS } from '../../domain/insight/response.ts';

export const ANALYTICS = ['savings', 'engagement', 'volume', 'ageing', 'dso', 'effect', 'queue', 'suggestions'] as const;
export type AnalyticsKind = (typeof ANALYTICS)[number];

const NOT_A_CAUSE = 'A comparison, not a cause: who is reminded, and when, was not drawn by lot.';

interface Asked {
  readonly days?: number | undefined;
  readonly month?: string | undefined;
  readonly asOf?: Day | undefined;
}

export const analyticsCommand = defineCommand({
  name: 'analytics',
  group: 'looking back',
  summary: 'Is it working: mails saved, answers, ageing, DSO, what followed reminders, the queue, and what to do next',
  example: 'analytics dso',
  arguments: [{ name: 'what', about: `${ANALYTICS.join(', ')}; without it, an overview` }],
  options: [
    { name: 'days', about: 'of so many days up to today; 90 if left out', value: 'N' },
    { name: 'month', about: 'of a month', value: 'YYYY-MM' },
    { name: 'asOf', about: 'ageing and dso: as of this day; today if left out', value: 'DAY' },
  ],
  schema: z
    .object({
      what: z.enum(ANALYTICS).optional(),
      days: z.coerce.number().int().min(1).max(1_100).optional(),
      month: z
        .string()
        .regex(/^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])$/, 'is not a month like 2026-06')
        .optional(),
      asOf: dayArgument.optional(),
    })
    .refine(({ days, month }) => days === undefined || month === undefined, 'Give --days or --month.')
    .refine(
      ({ what, days, month }) =>
        (days === undefined && month === undefined) || (what !== undefined && !['ageing', 'dso', 'suggestions'].includes(what)),
      '--days and --month go with savings, engagement, volume, effect and queue.',
    )
    .refine(({ what, asOf }) => asOf === undefined || what === 'ageing' || what === 'dso', '--as-of goes with ageing and dso.'),
  roles: rolesFor('analytics'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { what, ...asked }): Promise<CommandResult<unknown>> => ({
    data: await read(context, what, asked),
    ending: 'ok',
    notes:
      what === 'effect'
        ? [NOT_A_CAUSE, `Marked ~: fewer than ${FEWEST_ACCOUNTS} customers to compare, so chance may be all there is.`]
        : [],
  }),
});

/** What the overview and each of its parts answer with, under the name that was asked for. */
async function read(context: CommandContext, what: AnalyticsKind | undefined, { days, month, asOf }: Asked): Promise<unknown> {
  const session = await context.session();
  const period = { ...(days === undefined ? {} : { days }), ...(month === undefined ? {} : { month }) };
  const day = asOf === undefined ? {} : { asOf };
  switch (what) {
    case undefined:
      return { overview: await (await import('../insight/read-dashboard.ts')).readDashboard(session) };
    case 'savings':
    case 'volume':
      return { [what]: await (await import('../insight/read-volume.ts')).readVolume(session, period) };
    case 'engagement':
      return { engagement: await (await import('../insight/read-engagement.ts')).readEngagement(session, period) };
    case 'ageing':
      return { ageing: await (await import('../insight/read-ageing.ts')).readAgeing(session, { weeks: 12, ...day }) };
    case 'dso':
      return { dso: await (await import('../insight/read-dso.ts')).readDso(session, { months: 6, ...day }) };
    case 'effect':
      return { effect: await (await import('../insight/read-effect.ts')).readEffect(session, period) };
    case 'queue':
      return { queue: await (await import('../insight/read-queue-health.ts')).readQueueHealth(session, period) };
    case 'suggestions':
      return await (await import('../insight/read-suggestions.ts')).readSuggestions(session);
  }
}
