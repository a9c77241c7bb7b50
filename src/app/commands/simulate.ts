import { z } from 'zod';
import { defineCommand } from './command.ts';
import { rolesFor } from '../permissions.ts';

/** What a simulation takes for granted; without it the figures would be read as a forecast. */
const ASSUMED = 'As if nobody paid, every reminder were approved and arrived on its day, and the ledger were imported daily.';

export const simulateCommand = defineCommand({
  name: 'simulate',
  group: 'reminders',
  summary: 'What the coming days would bring if nobody paid, also under another policy',
  example: 'simulate --days 90 --policy interval.politeDays=10',
  arguments: [],
  options: [
    { name: 'days', about: 'how many days, today included; 90 if left out', value: 'N' },
    { name: 'policy', about: 'to compare with: a preset, a JSON file of policy values, or single values', value: 'POLICY', isMany: true },
  ],
  schema: z.object({
    // A year holds every season once; further on, days off are not announced.
    days: z.coerce.number().int().min(1).max(366).default(90),
    policy: z.array(z.string().max(2_000)).max(100).default([]),
  }),
  roles: rolesFor('simulate'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { days, policy }) => {
    const { readPolicyValues } = await import('./policy-values.ts');
    const values = await readPolicyValues(policy);
    const { simulateLedger } = await import('../simulate-ledger.ts');
    const { simulationView } = await import('../simulation-view.ts');
    const simulation = await simulateLedger(await context.session(), { days, policy: values });
    const isSame = policy.length > 0 && simulation.policies[1]?.changes.length === 0;
    const notes = [ASSUMED, ...(isSame ? ['Every value given is in force already.'] : [])];
    return { data: simulationView(simulation), ending: 'ok' as const, notes };
  },
});
