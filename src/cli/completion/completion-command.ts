import { z } from 'zod';

import { defineCommand, type CommandResult } from '../../app/commands/command.ts';
import type { CompletedVerb } from './completed-verb.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

export interface Completion {
  readonly shell: (typeof SHELLS)[number];
  readonly verbs: readonly CompletedVerb[];
}

export const completionCommand = defineCommand({
  name: 'completion',
  group: 'set up',
  summary: 'Print the script that lets a shell complete verbs and options',
  example: 'completion bash',
  arguments: [{ name: 'shell', about: 'bash, zsh or fish', isRequired: true }],
  options: [],
  schema: z.object({ shell: z.enum(SHELLS, { error: 'is bash, zsh or fish' }) }),
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: async (_context, { shell }): Promise<CommandResult<Completion>> => {
    const [{ allVerbs }, { completedVerb }] = await Promise.all([import('../all-verbs.ts'), import('./completed-verb.ts')]);
    const commands = await Promise.all(allVerbs.map((entry) => entry.load()));
    return { data: { shell, verbs: commands.map(completedVerb) }, ending: 'ok' };
  },
});
