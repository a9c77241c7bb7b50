import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export const dbCommand = defineCommand({
  name: 'db',
  group: 'looking back',
  summary: 'Start, stop, look at or migrate the database',
  example: 'db status',
  arguments: [{ name: 'word', about: 'status, start, stop, migrate, rollback or roles' }],
  options: [{ name: 'steps', about: 'for rollback: how many migrations to take back', value: 'N' }],
  schema: z.object({
    word: z
      .enum(['status', 'start', 'stop', 'migrate', 'rollback', 'roles'], { error: 'is status, start, stop, migrate, rollback or roles' })
      .default('status'),
    steps: z.coerce.number().int().min(1).max(100).default(1),
  }),
  // The machine decides: whoever may read the database's passwords may do this.
  roles: [],
  isDangerous: true,
  reversedBy: null,
  run: async (context, { word, steps }): Promise<CommandResult<unknown>> => {
    const { databaseStatus, migrateDatabase, rollBackDatabase, rolesScript, startDatabase, stopDatabase } =
      await import('../look-after-database.ts');
    const { settings } = context.installation;
    switch (word) {
      case 'status':
        return { data: { database: await databaseStatus(settings) }, ending: 'ok' };
      case 'start':
        return {
          data: { database: await startDatabase(settings) },
          ending: 'ok',
          notes: ['The database runs; it stops by itself when nobody has used it for a minute.'],
        };
      case 'stop':
        return (await stopDatabase(settings))
          ? { data: { stopped: true }, ending: 'ok', notes: ['The database has stopped.'] }
          : { data: { stopped: false }, ending: 'nothing-to-do', notes: ['The database was not running.'] };
      case 'migrate':
        return migrated(await migrateDatabase(settings), 'Applied', 'The tables are as this release wants them.');
      case 'rollback':
        return migrated(await rollBackDatabase(settings, steps), 'Taken back', 'There was nothing to take back.');
      case 'roles':
        return await roles(context, rolesScript);
    }
  },
});

const migrated = (names: readonly string[], done: string, nothing: string): CommandResult<unknown> =>
  names.length === 0
    ? { data: { migrations: names }, ending: 'nothing-to-do', notes: [nothing] }
    : { data: { migrations: names }, ending: 'ok', notes: [`${done}: ${names.join(', ')}.`] };

async function roles(
  { installation: { settings } }: CommandContext,
  rolesScript: (url: string) => readonly string[],
): Promise<CommandResult<unknown>> {
  if (settings.kind === 'embedded') {
    throw new OperatorError({
      code: 'db.roles-built-in',
      kind: 'nothing-to-do',
      message: 'The built-in database makes its own roles.',
      tryThis: 'Set DATABASE_URL to a server to see what its administrator has to run.',
    });
  }
  return {
    data: { statements: rolesScript(settings.applicationUrl) },
    ending: 'ok',
    notes: ['Have an administrator of the server run these once, with passwords of your own in place of the marks.'],
  };
}
