/**
 * The first day in one command: the database is there, a company is there (the sample one when there is none), today is planned, and
 * the top of the queue shows. Started again on the same day it only looks.
 */
import { z } from 'zod';

import type { StartData } from './present/start.ts';
import { defineCommand, type CommandContext } from '../app/commands/command.ts';
import type { Installation } from '../app/installation.ts';
import type { Session } from '../app/session.ts';
import { OperatorError } from '../domain/operator-error.ts';

/** What fits on a usual terminal together with the run's summary. */
const TOP_OF_QUEUE = 12;

export const startCommand = defineCommand({
  name: 'start',
  group: 'set up',
  summary: 'Get everything going and show the top of the queue (npm start)',
  example: 'start',
  arguments: [],
  options: [],
  schema: z.object({}),
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: async (context) => {
    context.say(`Wafa ${context.installation.programVersion}`);
    return { data: await planAndLook(await firstSession(context)), ending: 'ok' as const, notes: NEXT_COMMANDS };
  },
});

const NEXT_COMMANDS = [
  'Look at one: `wafa show ID`, and at its mail: `wafa preview ID`',
  'Why was somebody not written to: `wafa explain CUSTOMER`',
  'Approve: `wafa approve ID`, then send what may leave now: `wafa send`',
  'All there is: `wafa help`',
];

async function firstSession(context: CommandContext): Promise<Session> {
  try {
    return await context.session();
  } catch (error) {
    if (!(error instanceof OperatorError && error.code === 'company.none')) throw error;
    context.say('There is no company yet: making one with a sample ledger to look around in…');
    await fillDemo(context.installation);
    return await context.session();
  }
}

async function fillDemo(installation: Installation): Promise<void> {
  const { openDemo } = await import('../app/open-demo.ts');
  await openDemo(installation);
}

async function planAndLook(session: Session): Promise<StartData> {
  const { readStatus } = await import('../app/read-status.ts');
  const { readQueue, readRuns } = await import('../app/read-reminders.ts');
  const { lastRun, today, company: found, ledger } = await readStatus(session);
  // A first start that was stopped half-way left a sample company without its ledger.
  if (found.isSample && ledger.invoicesAsOn === null) await fillDemo(session.installation);
  else if (lastRun?.asOn !== today) {
    const { planReminders } = await import('../app/plan-run.ts');
    await planReminders(session, { startedBy: 'OPERATOR' });
  }
  const { company, transport, sending, clockOverridden, now } = await readStatus(session);
  const [run] = await readRuns(session, { limit: 1 });
  const queue = await readQueue(session, { filter: {}, limit: TOP_OF_QUEUE, after: null });
  return { company, transport, sending, clockOverridden, now, run: run ?? null, ...queue };
}
