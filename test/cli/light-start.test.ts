/** What a short command loads: a script that asks for the queue a hundred times a day must not wait for a PDF library. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { packagePath } from '../../src/package-root.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'wafa-light-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Large, or needed only for what few commands do. */
const HEAVY = [
  'pdfkit',
  'fontkit',
  'write-excel-file',
  'nodemailer',
  'ink',
  'react',
  'yauzl',
  'saxes',
  'pino',
  'prom-client',
  'node-cron',
  'echarts',
  'zrender',
];

interface Loaded {
  readonly code: number | null;
  readonly stderr: string;
  readonly heavy: readonly string[];
}

async function loadedBy(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Loaded> {
  const list = join(folder, 'modules');
  const hooks = packagePath('test', 'support', 'note-modules.ts');
  const child = spawn(process.execPath, ['--import', hooks, packagePath('src', 'cli', 'main.ts'), ...argv], {
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, NOTE_MODULES: list, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  const modules = readFileSync(list, 'utf8');
  return { code, stderr, heavy: HEAVY.filter((name) => modules.includes(`/node_modules/${name}/`)) };
}

describe('a short command', { timeout: 120_000 }, () => {
  test('that says its version loads nothing heavy', async () => {
    expect(await loadedBy(['--version'], {})).toEqual({ code: 0, stderr: '', heavy: [] });
  });

  test('that lists the queue loads nothing heavy, and one that writes a statement loads what it needs', async () => {
    const session = await companyWith(testInstallation(database(), { login: userInfo().username }), { code: 'LIGHT' });
    await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'C-1/1', '5000', '2026-11-02')] });
    const env = { ...database().env, WAFA_COMPANY: 'LIGHT', TZ: 'UTC' };
    expect(await loadedBy(['queue', '--json'], env)).toMatchObject({ code: 0, heavy: [] });
    const { code, heavy } = await loadedBy(['statement', 'C-1', '--pdf', join(folder, 'one.pdf')], env);
    expect({ code, heavy }).toEqual({ code: 0, heavy: ['pdfkit', 'fontkit'] });
  });
});
