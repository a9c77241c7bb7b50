/** Where an operator's own file for the console is, and what stands in it. A file that is not there is none; one that cannot be read is told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { NO_CONSOLE_FILE, readConsoleFile, type ConsoleFile } from '../input/read-console-file.ts';
import { heading, hint, line, type Page } from '../../cli/page.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `WAFA_CONSOLE_FILE`, else `wafa/console.json` where the system keeps a person's settings; null where it keeps none. */
export function consoleFilePath(env: Environment): string | null {
  if (env['WAFA_CONSOLE_FILE']) return env['WAFA_CONSOLE_FILE'];
  const folder = env['XDG_CONFIG_HOME'] || (env['HOME'] ? join(env['HOME'], '.config') : '');
  return folder === '' ? null : join(folder, 'wafa', 'console.json');
}

export function openConsoleFile(path: string | null): ConsoleFile {
  if (path === null) return NO_CONSOLE_FILE;
  try {
    return readConsoleFile(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    return code === 'ENOENT' ? NO_CONSOLE_FILE : { ...NO_CONSOLE_FILE, problems: [`The file cannot be read (${code}).`] };
  }
}

/** Null when nothing is wrong. */
export const fileNotice = (path: string | null, { problems }: ConsoleFile): { readonly title: string; readonly page: Page } | null =>
  problems.length === 0
    ? null
    : {
        title: 'Your own keys',
        page: [heading(path ?? ''), ...problems.map(line), hint('Everything else in it holds. `?` shows the keys of each screen.')],
      };
