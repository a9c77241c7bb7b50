import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { ALL_OPTION, choiceFrom, choiceShape, FILTER_OPTIONS, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';
import type { WantedMoment } from '../../domain/reschedule.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { dayText } from '../../domain/skip-reasons.ts';

export const rescheduleCommand = defineCommand({
  name: 'reschedule',
  group: 'reminders',
  summary: 'Put reminders off to a later day or time of the contact calendar',
  example: 'reschedule 41 --on 2026-11-26',
  arguments: ID_ARGUMENTS,
  options: [
    ALL_OPTION,
    ...FILTER_OPTIONS,
    { name: 'on', about: 'leaves at the first moment of this day; today is as soon as the rules allow', value: 'DAY' },
    { name: 'at', about: "leaves at this time of the company's zone, as 2026-11-26T14:00", value: 'TIME' },
    { name: 'reason', about: 'why', value: 'TEXT' },
  ],
  schema: z.object({
    ...choiceShape,
    on: dayArgument.optional(),
    at: z.string().trim().max(40).optional(),
    reason: z.string().trim().min(1).max(500).optional(),
  }),
  roles: rolesFor('reschedule'),
  isDangerous: false,
  reversedBy: 'reschedule',
  run: async (context, input) => {
    const { rescheduleReminders } = await import('../reschedule-reminders.ts');
    const { readMoment } = await import('../read-moment.ts');
    const session = await context.session();
    const to = wanted(input, (text) => readMoment(text, session.timeZone, 'reschedule.bad-time'));
    const choice = choiceFrom(input, 'reschedule', ['PROPOSED', 'QUEUED']);
    const result = await rescheduleReminders(session, choice, { to, reason: input.reason });
    const asked = batchResult(
      result,
      ({ id, from, to: at, approveAfter }) => ({
        id,
        from: from.toString(),
        to: at.toString(),
        approveAfter: approveAfter?.toString() ?? null,
      }),
      (count) => `${reminders(count)} rescheduled.`,
    );
    const late = result.done.flatMap(({ id, approveAfter }) =>
      approveAfter === null ? [] : [`Approve reminder ${id} nearer its day: an approval of today lapses after ${dayText(approveAfter)}.`],
    );
    return { ...asked, notes: [...(asked.notes ?? []), ...late] };
  },
});

interface Asked {
  readonly on?: Temporal.PlainDate | undefined;
  readonly at?: string | undefined;
}

function wanted({ on, at }: Asked, read: (text: string) => Temporal.Instant): WantedMoment {
  if (on !== undefined && at === undefined) return { on };
  if (at !== undefined && on === undefined) return { at: read(at) };
  throw new OperatorError({
    code: 'usage.on-or-at',
    kind: 'usage',
    message: on === undefined ? 'Neither --on nor --at was given.' : '--on and --at were both given.',
    tryThis: '`wafa reschedule 41 --on 2026-11-26` or `wafa reschedule 41 --at 2026-11-26T14:00`.',
  });
}
