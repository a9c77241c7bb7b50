import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandEnding, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';
import type { Check, CheckState } from '../check-status.ts';
import type { StatusView } from '../read-status.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export const statusCommand = defineCommand({
  name: 'status',
  group: 'running',
  summary: 'Is mail leaving, what waits for whom, how old is the ledger',
  example: 'status',
  arguments: [],
  options: [{ name: 'check', about: 'one line for a monitoring system; ends with 0 ok, 1 warning, 2 critical, 3 unknown' }],
  schema: z.object({ check: z.boolean().default(false) }),
  roles: rolesFor('status'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { check }): Promise<CommandResult<StatusView | { readonly check: Check }>> => {
    if (check) return await checked(context);
    const { readStatus } = await import('../read-status.ts');
    return { data: await readStatus(await context.session()), ending: 'ok' };
  },
});

/** The words monitoring systems know, as the endings that have their numbers. */
const ENDINGS: Readonly<Record<CheckState, CommandEnding>> = { OK: 'ok', WARNING: 'failed', CRITICAL: 'critical', UNKNOWN: 'partly' };

async function checked(context: CommandContext): Promise<CommandResult<{ readonly check: Check }>> {
  const check = await checkOf(context);
  return { data: { check }, ending: ENDINGS[check.state] };
}

/** A database that cannot be asked is neither well nor ill as far as anybody knows. */
async function checkOf(context: CommandContext): Promise<Check> {
  try {
    const { readStatus } = await import('../read-status.ts');
    const { checkStatus } = await import('../check-status.ts');
    const session = await context.session();
    return await checkStatus(session, await readStatus(session));
  } catch (error) {
    if (error instanceof OperatorError) return { state: 'UNKNOWN', findings: [error.message] };
    throw error;
  }
}
