/** The architecture is a set of lint rules; each rule is seen to bite on a planted violation, and to leave the allowed import alone. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packagePath } from '../../src/package-root.ts';

interface Planted {
  readonly file: string;
  readonly code: string;
  /** What the report must say; `null` for what must pass. */
  readonly message: string | null;
}

const load = (specifier: string): string => `import { thing } from '${specifier}';\nexport const used = thing;\n`;
const use = (expression: string): string => `export const used = ${expression};\n`;

const NO_PACKAGE = 'The domain is pure: values in, values out. It loads no package';
const NO_LAYER = 'The domain knows no other layer.';
const NO_CLOCK = 'The domain has no clock';
const NO_WAIT = 'The domain does not wait';
const SIDE_BY_SIDE = 'Store, mail and intake do not know each other';
const STORE_ONLY = 'Only the store talks to the database';
const EVERY_FACE = 'The app serves every face alike';
const APP_ONLY = 'A shell calls src/app only, where permission is checked';
const BEHIND_APP = 'A shell shows and asks; databases and mail servers are behind src/app.';

const PLANTED: readonly Planted[] = [
  ...['node:fs', 'pg', '@mikro-orm/core', 'kysely', 'nodemailer', 'ink', 'react', 'liquidjs', 'commander', 'csv-parse/sync'].map(
    (specifier, index) => ({
      file: `src/domain/package-${index}.ts`,
      code: load(specifier),
      message: NO_PACKAGE,
    }),
  ),
  ...['store', 'app', 'mail', 'intake', 'cli', 'console', 'daemon'].map((layer) => ({
    file: `src/domain/calendar/knows-${layer}.ts`,
    code: load(`../../${layer}/thing.ts`),
    message: NO_LAYER,
  })),
  {
    file: 'src/domain/knows-type.ts',
    code: `import type { Thing } from '../store/thing.ts';\nexport type Used = Thing;\n`,
    message: NO_LAYER,
  },
  { file: 'src/domain/date.ts', code: use('new Date()'), message: NO_CLOCK },
  { file: 'src/domain/now.ts', code: use('Temporal.Now.instant()'), message: NO_CLOCK },
  { file: 'src/domain/performance.ts', code: use('performance.now()'), message: NO_CLOCK },
  { file: 'src/domain/chance.ts', code: use('Math.random()'), message: 'The domain has no chance' },
  { file: 'src/domain/uuid.ts', code: use('crypto.randomUUID()'), message: 'The domain has no chance' },
  { file: 'src/domain/environment.ts', code: use('process.env'), message: 'The domain has no environment' },
  { file: 'src/domain/network.ts', code: use(`fetch('http://127.0.0.1')`), message: 'The domain talks to nobody' },
  { file: 'src/domain/timer.ts', code: use('setTimeout(() => undefined, 1)'), message: NO_WAIT },
  { file: 'src/domain/allowed.ts', code: load('./calendar/day.ts') + `export { z } from 'zod';\n`, message: null },

  { file: 'src/store/knows-app.ts', code: load('../app/thing.ts'), message: 'The store is called, it calls nobody above' },
  { file: 'src/store/sql/knows-mail.ts', code: load('../../mail/thing.ts'), message: SIDE_BY_SIDE },
  { file: 'src/store/allowed.ts', code: load('../domain/money.ts') + `export { Client } from 'pg';\n`, message: null },
  { file: 'src/mail/knows-cli.ts', code: load('../cli/thing.ts'), message: 'Mail is called, it calls nobody above' },
  { file: 'src/mail/knows-store.ts', code: load('../store/thing.ts'), message: SIDE_BY_SIDE },
  { file: 'src/mail/database.ts', code: load('pg'), message: STORE_ONLY },
  { file: 'src/mail/allowed.ts', code: load('../domain/money.ts') + `export { createTransport } from 'nodemailer';\n`, message: null },
  { file: 'src/intake/knows-daemon.ts', code: load('../daemon/thing.ts'), message: 'Intake is called, it calls nobody above' },
  { file: 'src/intake/knows-store.ts', code: load('../store/thing.ts'), message: SIDE_BY_SIDE },
  { file: 'src/intake/database.ts', code: load('pg-copy-streams'), message: STORE_ONLY },

  { file: 'src/app/knows-cli.ts', code: load('../cli/thing.ts'), message: EVERY_FACE },
  { file: 'src/app/commands/knows-console.ts', code: load('../../console/thing.ts'), message: EVERY_FACE },
  { file: 'src/app/options.ts', code: load('commander'), message: EVERY_FACE },
  { file: 'src/app/connection.ts', code: load('pg'), message: 'SQL and connections live in src/store' },
  {
    file: 'src/app/allowed.ts',
    code: load('../store/thing.ts') + load('../domain/money.ts').replaceAll('thing', 'other').replace('used', 'alsoUsed'),
    message: null,
  },
  ...['cli', 'console', 'daemon'].flatMap((shell) => [
    ...['store', 'mail', 'intake'].map((layer) => ({
      file: `src/${shell}/knows-${layer}.ts`,
      code: load(`../${layer}/thing.ts`),
      message: APP_ONLY,
    })),
    { file: `src/${shell}/database.ts`, code: load('@mikro-orm/postgresql'), message: BEHIND_APP },
    { file: `src/${shell}/allowed.ts`, code: load('../app/thing.ts') + `export { dayOf } from '../domain/days.ts';\n`, message: null },
  ]),

  {
    file: 'src/app/ring/left.ts',
    code: `import { right } from './right.ts';\nexport const left = (): unknown => right;\n`,
    message: 'Dependency cycle',
  },
  {
    file: 'src/app/ring/right.ts',
    code: `import { left } from './left.ts';\nexport const right = (): unknown => left;\n`,
    message: 'Dependency cycle',
  },
];

/** What oxlint said about each file, all its messages joined. */
const reports = new Map<string, string>();
let folder: string;

describe('the layers', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wafa-layers-'));
    copyFileSync(packagePath('.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const { file, code } of PLANTED) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), code);
    }
    for (const { filename, text } of await lint(folder)) reports.set(filename, `${reports.get(filename) ?? ''}${text}\n`);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(PLANTED.filter(({ message }) => message !== null))('$file is refused: $message', ({ file, message }) => {
    expect(reports.get(file)).toContain(message);
  });

  it.each(PLANTED.filter(({ message }) => message === null))('$file is allowed', ({ file }) => {
    expect(reports.get(file)).toBeUndefined();
  });
});

/** Without types: the layers are about imports and names, which are told from the text. oxlint ends with 1 when it has found something. */
async function lint(cwd: string): Promise<readonly { readonly filename: string; readonly text: string }[]> {
  const oxlint = packagePath('node_modules/oxlint/bin/oxlint');
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, '-c', '.oxlintrc.json', '-f', 'json', 'src'], {
    cwd,
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: unknown) => error as { readonly stdout: string });
  const report = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly filename: string; readonly message: string; readonly help?: string }[];
  };
  return report.diagnostics.map(({ filename, message, help }) => ({ filename, text: `${message} ${help ?? ''}` }));
}
