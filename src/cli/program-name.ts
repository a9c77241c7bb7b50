/**
 * How the person at this terminal calls Wafa: `wafa` when that is on their PATH, else the way to `bin/wafa` from where they are.
 * Advice that cannot be typed as it stands is no advice.
 */
import { realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative } from 'node:path';

import { packagePath } from '../package-root.ts';

export function programName(env: Readonly<Record<string, string | undefined>>, workingFolder: string = process.cwd()): string {
  const ours = packagePath('bin', 'wafa');
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => isAbsolute(folder) && realPath(join(folder, 'wafa')) === realPath(ours));
  if (onPath) return 'wafa';
  const way = relative(workingFolder, ours);
  if (way.startsWith('..')) return ours;
  return way.includes('/') ? `./${way}` : way;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Advice names commands as `wafa verb` in backticks or quotes; this puts the name that works here. */
export const withProgramName = (text: string, name: string): string => text.replace(/(?<=[`"])wafa(?= )/g, () => name);
