import { z } from 'zod';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { rolesFor } from '../permissions.ts';
import { summaryView } from '../reminder-view.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export const planCommand = defineCommand({
  name: 'plan',
  group: 'reminders',
  summary: 'Look at every account and propose reminders, or say why not',
  example: 'plan',
  arguments: [],
  options: [
    { name: 'asOf', about: 'plan as of this day; another than today needs --dry-run', value: 'DAY' },
    { name: 'dryRun', about: 'decide and show, store nothing' },
  ],
  schema: z.object({ asOf: dayArgument.optional(), dryRun: z.boolean().default(false) }),
  roles: rolesFor('plan'),
  isDangerous: false,
  reversedBy: 'cancel',
  run: async (context, { asOf, dryRun }) => {
    const session = await context.session();
    if (asOf !== undefined && !dryRun && !session.installation.clock.isOverridden) {
      throw new OperatorError({
        code: 'plan.another-day',
        kind: 'usage',
        message: 'Another day than today can only be looked at.',
        tryThis: `Add --dry-run, or set WAFA_CLOCK to live in that day while mail goes to the outbox.`,
      });
    }
    const { planReminders } = await import('../plan-run.ts');
    const { readRuns } = await import('../read-reminders.ts');
    const { summary, runId, asOn } = await planReminders(session, {
      startedBy: 'OPERATOR',
      isDryRun: dryRun,
      ...(asOf === undefined ? {} : { asOn: asOf }),
    });
    const [stored] = dryRun ? [] : await readRuns(session, runId === null ? { limit: 1 } : { id: runId });
    const run = stored ?? summaryView(summary, null, asOn.toString(), {});
    const isNew = runId !== null || dryRun;
    return {
      data: { changed: runId !== null, run },
      ending: 'ok' as const,
      notes: isNew ? [] : [`Nothing has changed since run ${run.id ?? '-'}: no reminder was added, changed or withdrawn.`],
    };
  },
});
