/** A company of the sample ledger, planned, in a database of the test file's own, and consoles opened on it. */
import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll } from 'vitest';

import { packagePath } from '../../src/package-root.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { PtyConsole, type PtyOptions } from './pty-console.ts';

/** The Monday of the documents' examples, with the contact window open. */
const MORNING = '2026-11-23T09:00:00+04:00';

export interface ConsoleWorld {
  readonly database: () => TestDatabase;
  /** What a process of this world is started with. */
  readonly env: () => Readonly<Record<string, string>>;
  open(options?: Partial<PtyOptions>): PtyConsole;
  /** Another person's command line. @returns its exit code and what it said. */
  wafa(...words: string[]): { readonly code: number | null; readonly stdout: string; readonly stderr: string };
}

/** Without a company the world is as on a machine where nobody has started Wafa yet. */
interface WorldOptions {
  readonly hasCompany?: boolean;
}

/** Call it once, outside the tests. The program is built first when its sources have changed. */
export function consoleWorld({ hasCompany = true }: WorldOptions = {}): ConsoleWorld {
  const database = testDatabase();
  const opened: PtyConsole[] = [];
  const env = (): Record<string, string> => ({
    ...database().env,
    WAFA_CLOCK: MORNING,
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    USER: process.env['USER'] ?? 'root',
    WAFA_HOME: `${process.env['WAFA_TEST_HOME'] ?? '/tmp'}/console`,
  });
  const node = (script: string, words: readonly string[]): ReturnType<ConsoleWorld['wafa']> => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [packagePath(script), ...words], { encoding: 'utf8', env: env() });
    return { code: status, stdout, stderr };
  };
  beforeAll(() => {
    const sample = hasCompany ? [['dist/main.js', 'start', '--json']] : [];
    for (const [script = '', ...words] of [['bin/bootstrap.mjs'], ...sample]) {
      const { code, stderr } = node(script, words);
      if (code !== 0) throw new Error(`${script} ended with ${code ?? 'a signal'}: ${stderr}`);
    }
  }, 300_000);
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((console) => console.stop()));
  });
  afterAll(async () => {
    await Promise.all(opened.splice(0).map((console) => console.stop()));
  });
  return {
    database,
    env,
    open: (options = {}) => {
      const console = new PtyConsole({ ...options, env: { ...env(), ...options.env } });
      opened.push(console);
      return console;
    },
    wafa: (...words) => node('dist/main.js', words),
  };
}
