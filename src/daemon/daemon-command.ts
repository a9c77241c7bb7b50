import { z } from 'zod';
import { defineCommand } from '../app/commands/command.ts';

export const daemonCommand = defineCommand({
  name: 'daemon',
  group: 'running',
  summary: 'Plan, send and look after everything by the clock, until it is told to stop',
  example: 'daemon',
  arguments: [],
  options: [],
  schema: z.object({}),
  // It acts for itself and for every company; whoever may read the database's password may start it.
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: async ({ installation, signal }) => {
    const { runDaemon } = await import('./run-daemon.ts');
    await runDaemon(installation, signal);
    return { data: { stopped: true }, ending: 'ok' as const };
  },
});
