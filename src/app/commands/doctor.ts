import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import type { Examination } from '../doctor/examine.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  group: 'set up',
  summary: 'Look for what is wrong with this installation, and say what to do',
  example: 'doctor',
  arguments: [],
  options: [],
  schema: z.object({}),
  // The machine decides; companies show only to those who may enter them.
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: async ({ installation }): Promise<CommandResult<Examination>> => {
    const { examine } = await import('../doctor/examine.ts');
    const { isTTY, columns } = process.stdout;
    const terminal = { isTerminal: isTTY, columns, env: installation.configuration.env };
    const data = await examine(installation, terminal);
    return { data, ending: data.faults === 0 ? 'ok' : 'failed' };
  },
});
