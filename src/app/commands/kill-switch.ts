import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';

export const killSwitchCommand = defineCommand({
  name: 'kill-switch',
  group: 'running',
  summary: 'Stop everything every company of this installation sends, or let it go again',
  example: 'kill-switch on --reason "The mail server was broken into"',
  arguments: [{ name: 'word', about: 'show, on or off' }],
  options: [{ name: 'reason', about: 'for on: why', value: 'TEXT' }],
  schema: z.object({
    word: z.enum(['show', 'on', 'off'], { error: 'is show, on or off' }).default('show'),
    reason: z.string().max(500).optional(),
  }),
  // Stopping asks for more by itself.
  roles: rolesFor('kill-switch show'),
  isDangerous: false,
  reversedBy: 'kill-switch',
  run: async (context, { word, reason }): Promise<CommandResult<unknown>> => {
    const { readKillSwitch, stopAllSending, allowSending } = await import('../kill-switch.ts');
    const session = await context.session();
    switch (word) {
      case 'show':
        return { data: { killSwitch: await readKillSwitch(session) }, ending: 'ok' };
      case 'on':
        return changed(
          await stopAllSending(session, reason ?? ''),
          'Nothing is begun any more within five seconds, for any company. Mail already handed over cannot be called back.',
        );
      case 'off':
        return changed(await allowSending(session), 'What is approved and due is sent again.');
    }
  },
});

const changed = (killSwitch: { readonly moved: boolean; readonly stopped: string | null }, note: string): CommandResult<unknown> => ({
  data: { killSwitch: { stopped: killSwitch.stopped } },
  ending: killSwitch.moved ? 'ok' : 'nothing-to-do',
  notes: [killSwitch.moved ? note : 'Nothing changed: it was so already.'],
});
