import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { outputFile } from './output-file.ts';
import { OperatorError } from '../../domain/operator-error.ts';

const WORDS = ['status', 'start', 'stop', 'migrate', 'rollback', 'roles', 'backup', 'restore', 'upgrade'] as const;

export const dbCommand = defineCommand({
  name: 'db',
  group: 'looking back',
  summary: 'Start, stop, look at, migrate, back up or restore the database',
  example: 'db status',
  arguments: [
    { name: 'word', about: 'status, start, stop, migrate, rollback, roles, backup, restore or upgrade' },
    { name: 'file', about: 'for restore: the backup' },
  ],
  options: [
    { name: 'output', about: 'for backup: the file to write; in the data folder, and the newest 14 kept, without it', value: 'FILE' },
    { name: 'key', about: "for restore: the key file, when it is not the data folder's own", value: 'FILE' },
    { name: 'steps', about: 'for rollback: how many migrations to take back', value: 'N' },
  ],
  schema: z.object({
    word: z.enum(WORDS, { error: `is ${WORDS.join(', ')}` }).default('status'),
    file: outputFile.optional(),
    output: outputFile.optional(),
    key: outputFile.optional(),
    steps: z.coerce.number().int().min(1).max(100).default(1),
  }),
  // The machine decides: whoever may read the database's passwords may do this.
  roles: [],
  isDangerous: true,
  reversedBy: null,
  run: async (context, { word, steps, file, output, key }): Promise<CommandResult<unknown>> => {
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
      case 'backup':
        return await backedUp(context, output);
      case 'restore':
        return await restored(context, { file, key });
      case 'upgrade':
        return await upgraded(context);
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

async function backedUp({ installation }: CommandContext, output: string | undefined): Promise<CommandResult<unknown>> {
  const { backUpDatabase } = await import('../backup/backup-database.ts');
  const { isKeyNew, ...backup } = await backUpDatabase(installation, output);
  const notes = isKeyNew ? [`Keep a copy of ${installation.home}/backup.key elsewhere: without it no backup can be read.`] : [];
  return { data: { backup }, ending: 'ok', notes };
}

async function restored(
  { installation }: CommandContext,
  { file, key }: { readonly file: string | undefined; readonly key: string | undefined },
): Promise<CommandResult<unknown>> {
  if (file === undefined)
    throw new OperatorError({ code: 'db.no-file', kind: 'usage', message: 'Say which backup.', tryThis: 'wafa db restore FILE' });
  const { restoreDatabase } = await import('../backup/restore-database.ts');
  return { data: { restored: await restoreDatabase(installation, { path: file, keyPath: key }) }, ending: 'ok', notes: AFTERWARDS };
}

const AFTERWARDS: readonly string[] = [
  'Nothing leaves: the kill switch is on. What was on its way needs review, because it may have left since.',
  'Run `wafa validate`, look at `wafa queue`, import what happened since, then `wafa kill-switch off`.',
  'The audit chain ends where the backup does: keep the old anchor file with the record of this restore, and move it aside.',
];

async function upgraded({ installation }: CommandContext): Promise<CommandResult<unknown>> {
  const { upgradeServer } = await import('../backup/upgrade-server.ts');
  const upgrade = await upgradeServer(installation);
  const notes = [`The old server's files are kept in ${upgrade.kept}; delete them when all is well.`, ...AFTERWARDS];
  return { data: { upgrade }, ending: 'ok', notes };
}
