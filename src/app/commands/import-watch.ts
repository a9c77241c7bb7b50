/** `wafa import --watch DIR`: takes in what a ledger program drops, pass after pass. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext, CommandResult } from './command.ts';
import { newFolderMemory, takeInFolder, type TakenFile } from '../import/take-in-folder.ts';

/** Between two looks at the folder: a file is taken when it was the same in two of them. */
const PASS_EVERY_MS = 2_000;

export async function watchFolder(context: CommandContext, folder: string, isOnce: boolean): Promise<CommandResult<unknown>> {
  const session = await context.session();
  const memory = newFolderMemory();
  const { signal } = context;
  const taken: TakenFile[] = [];
  for (let pass = 1; signal?.aborted !== true; pass += 1) {
    const files = await takeInFolder(session, folder, memory);
    files.forEach((file) => context.say(lineOf(file)));
    taken.push(...files);
    if (isOnce && pass > 1) break;
    await pause(PASS_EVERY_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
  const rejected = taken.filter(({ result }) => result.kind === 'rejected').length;
  return {
    data: { files: taken.map(({ file, result }) => ({ file, result: result.kind })) },
    ending: taken.length === 0 ? 'nothing-to-do' : rejected > 0 ? 'partly' : 'ok',
    notes: [`${taken.length - rejected} taken in, ${rejected} rejected; the reports lie beside the files in done/ and rejected/.`],
  };
}

const lineOf = ({ file, result }: TakenFile): string =>
  result.kind === 'rejected'
    ? `${file}: rejected. ${result.error.message}`
    : `${file}: ${result.outcome.kind === 'imported' ? `imported, ${result.outcome.file.rows} rows` : 'nothing new'}.`;
