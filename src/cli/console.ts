/** Opens the console: the room operators work in. What the terminal allows is asked by whoever runs it. */
import { z } from 'zod';

import { defineCommand } from '../app/commands/command.ts';
import { OperatorError } from '../domain/operator-error.ts';

export const consoleCommand = defineCommand({
  name: 'console',
  group: 'reminders',
  summary: 'Open the console; what `wafa` alone does on a terminal',
  example: 'console --read-only',
  arguments: [],
  options: [
    { name: 'readOnly', about: 'look only: whatever would change anything is refused' },
    { name: 'screenReader', about: 'whole sentences one after the other, for a screen reader, instead of a picture' },
  ],
  schema: z.object({ readOnly: z.boolean().default(false), screenReader: z.boolean().default(false) }),
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: () => {
    throw new OperatorError({
      code: 'console.no-terminal',
      kind: 'usage',
      message: 'The console needs a terminal that can draw a screen, for input and output.',
      tryThis: 'Run `wafa queue` and the other verbs here; `wafa help` lists them.',
    });
  },
});
