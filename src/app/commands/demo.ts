import { z } from 'zod';
import { defineCommand } from './command.ts';
import { summaryView } from '../reminder-view.ts';

export const demoCommand = defineCommand({
  name: 'demo',
  group: 'set up',
  summary: 'Make a company with a sample ledger to look around in',
  example: 'demo',
  arguments: [],
  options: [
    { name: 'customers', about: 'how many customers; 400 if left out', value: 'N' },
    { name: 'invoices', about: 'how many invoices; 2500 if left out', value: 'N' },
  ],
  schema: z.object({
    customers: z.coerce.number().int().min(1).max(200_000).optional(),
    invoices: z.coerce.number().int().min(0).max(1_000_000).optional(),
  }),
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: async (context, input) => {
    const { openDemo } = await import('../open-demo.ts');
    const { session, isNew, plan } = await openDemo(context.installation, input);
    const { readRuns } = await import('../read-reminders.ts');
    const [stored] = await readRuns(session, plan.runId === null ? { limit: 1 } : { id: plan.runId });
    const run = stored ?? summaryView(plan.summary, plan.runId, plan.asOn.toString(), {});
    const data = { company: session.companyCode, created: isNew, run };
    const first = isNew
      ? `The company ${session.companyCode} has a sample ledger; nobody in it exists.`
      : `The company ${session.companyCode} was here already.`;
    return { data, ending: 'ok' as const, notes: [first, `Look at what is proposed: \`wafa --company ${session.companyCode} queue\`.`] };
  },
});
