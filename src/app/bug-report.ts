/** Keeps what is needed to find a fault of ours: its stack, on this machine only, readable by its owner only. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { wafaHome } from '../store/connection/settings.ts';

export interface BugReport {
  readonly error: unknown;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly programVersion: string;
  readonly verb: string | undefined;
}

/** @returns the file's path; undefined when there is nowhere to write, since a failing report must not hide the fault itself. */
export async function keepBugReport({ error, env, programVersion, verb }: BugReport): Promise<string | undefined> {
  const at = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
  const text = [
    `wafa ${programVersion}, node ${process.version}, ${process.platform} ${process.arch}`,
    `${at} ${verb ?? ''}`,
    '',
    ...stacks(error),
    '',
  ];
  try {
    const folder = join(wafaHome(env), 'log');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `bug-${at.replaceAll(':', '')}-${process.pid}.log`);
    await writeFile(file, text.join('\n'), { mode: 0o600, flag: 'wx' });
    return file;
  } catch {
    return undefined;
  }
}

/** Stacks alone: the other members of a database error hold rows. A cause of a cause is followed a few steps, in case of a circle. */
function stacks(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined || depth === 5 ? [own] : [own, 'caused by', ...stacks(error.cause, depth + 1)];
}
