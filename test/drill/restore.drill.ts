/**
 * The whole of a bad day, through the command line: a company at work, a backup, the data folder lost, a new one, the backup brought back,
 * checked, and set going again.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packagePath } from '../../src/package-root.ts';
import { agree, step } from './steps.ts';

const base = mkdtempSync(join(tmpdir(), 'wafa-drill-'));
chmodSync(base, 0o711);
const [lost, fresh, safe] = ['lost', 'fresh', 'safe'].map((name) => join(base, name)) as [string, string, string];
for (const folder of [lost, fresh, safe]) mkdirSync(folder, { mode: 0o711 });

function wafa(home: string, ...line: readonly string[]): { readonly code: number; readonly data: Readonly<Record<string, unknown>> } {
  const ended = spawnSync(packagePath('bin/wafa'), ['--json', ...line], {
    env: { ...process.env, WAFA_HOME: home, DATABASE_URL: '' },
    encoding: 'utf8',
  });
  const text = ended.stdout === '' ? '{}' : ended.stdout;
  return { code: ended.status ?? 1, data: JSON.parse(text) as Readonly<Record<string, unknown>> };
}

function done(home: string, ...line: readonly string[]): Readonly<Record<string, unknown>> {
  const { code, data } = wafa(home, ...line);
  agree(line.join(' '), code, 0);
  return data;
}

const counted = (data: Readonly<Record<string, unknown>>): number => (data['reminders'] as readonly unknown[]).length;
const queued = (home: string, status: string): number => counted(done(home, 'queue', '--status', status, '--limit', '1000'));

try {
  await step('a company at work', async () => {
    done(lost, 'demo', '--customers', '60', '--invoices', '400');
    done(lost, 'approve', '--all', '--type', 'CONSOLIDATED', '--yes');
    return `${queued(lost, 'QUEUED')} reminders approved and not sent`;
  });
  const approved = queued(lost, 'QUEUED');
  await step('a backup, and its key kept elsewhere', async () => {
    done(lost, 'db', 'backup');
    const [file = ''] = readdirSync(join(lost, 'backups'));
    copyFileSync(join(lost, 'backups', file), join(safe, 'last.backup'));
    copyFileSync(join(lost, 'backup.key'), join(safe, 'backup.key'));
    return file;
  });
  await step('the machine is lost', async () => {
    done(lost, 'db', 'stop');
    rmSync(lost, { recursive: true });
  });
  await step('the backup is brought back into an empty folder', async () => {
    done(fresh, 'db', 'restore', join(safe, 'last.backup'), '--key', join(safe, 'backup.key'), '--yes');
  });
  await step('nothing leaves, and what was approved waits for a person', async () => {
    agree('queued', queued(fresh, 'QUEUED'), 0);
    agree('to review', queued(fresh, 'NEEDS_REVIEW'), approved);
    return `${approved} to review`;
  });
  await step('every check holds', async () => {
    const { findings } = done(fresh, 'validate');
    agree('findings', findings, 0);
  });
  await step('the audit chain is whole', async () => {
    const { verified } = done(fresh, 'audit', 'verify') as { readonly verified: { readonly events: number } };
    return `${verified.events} events`;
  });
  await step('sending is allowed again', async () => {
    done(fresh, 'kill-switch', 'off');
  });
  process.stdout.write('The drill went well.\n');
} finally {
  for (const home of [lost, fresh]) wafa(home, 'db', 'stop');
  rmSync(base, { recursive: true, force: true });
}
