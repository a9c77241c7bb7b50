/** A backup brought back: everything is there, nothing leaves by itself, and who was erased since stays erased. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { backUpDatabase } from '../../../src/app/backup/backup-database.ts';
import { restoreDatabase, type Restored } from '../../../src/app/backup/restore-database.ts';
import type { Installation } from '../../../src/app/installation.ts';
import { verifyAudit } from '../../../src/app/audit/verify-audit.ts';
import { eraseContact } from '../../../src/app/privacy/erase-contact.ts';
import { readKillSwitch } from '../../../src/app/kill-switch.ts';
import { openSession, type Session } from '../../../src/app/session.ts';
import { validate } from '../../../src/app/validate/validate.ts';
import { createTestDatabase, testDatabase, type TestDatabase } from '../../support/database.ts';
import { tenantTables } from '../../store/schema/catalogue.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, plan, queue } from '../sending-day.ts';

const source = testDatabase();
let session: Session;
let file: string;
let target: TestDatabase;
let restored: Restored;

/** The superuser stands in for the backup role: a test server has no password for that one. */
const installationOf = (database: TestDatabase, home: string): Installation => {
  const installation = { ...testInstallation(database), home };
  const backupUrl = (
    database.admin as unknown as { readonly connectionParameters: { host: string; port: number; user: string; password: string } }
  ).connectionParameters;
  const { host, port, user, password } = backupUrl;
  const url = `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${database.name}?host=${encodeURIComponent(host)}`;
  return { ...installation, settings: { ...installation.settings, backupUrl: url } as Installation['settings'] };
};

const counts = async (database: TestDatabase): Promise<Readonly<Record<string, number>>> => {
  const found: Record<string, number> = {};
  for (const table of await tenantTables(database.admin)) {
    const { rows } = await database.admin.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    found[table] = rows[0]?.n ?? 0;
  }
  return found;
};

let before: Readonly<Record<string, number>>;

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'wafa-backup-'));
  const installation = installationOf(source(), home);
  session = await companyWith(installation, { code: 'SAVED' });
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('C-2', { contact_name: 'Zaynab Qanari' })],
    invoices: [invoice('C-1', '1', '900', '2026-11-02'), invoice('C-2', '2', '700', '2026-11-02')],
  });
  await plan(session);
  await approveAll(session);
  before = await counts(source());
  ({ file } = await backUpDatabase(installation));
  await eraseContact(session, 'accounts@c-2.example');
  target = await createTestDatabase({ isEmpty: true });
  restored = await restoreDatabase(installationOf(target, home), { path: file });
  return async () => await target.drop();
}, 120_000);

describe('a restored database', () => {
  const opened = async (): Promise<Session> => await openSession({ ...testInstallation(target), home: session.installation.home }, 'SAVED');

  it('has every row of every table, and what restoring did besides', async () => {
    const { audit_logs: events, suppressions, ...rows } = await counts(target);
    const { audit_logs: eventsBefore, suppressions: suppressionsBefore, ...wanted } = before;
    expect(rows).toEqual(wanted);
    expect(events).toBeGreaterThan(eventsBefore ?? 0);
    expect(suppressions).toBe((suppressionsBefore ?? 0) + 1);
  });

  it('sends nothing: the kill switch is on, and what was approved waits for a person', async () => {
    const there = await opened();
    expect((await readKillSwitch(there)).stopped).toMatch(/^restored from a backup/);
    expect(await queue(there, 'QUEUED')).toEqual([]);
    expect(await queue(there, 'NEEDS_REVIEW')).toHaveLength(1);
    expect(restored).toMatchObject({ companies: 1, toReview: 2 });
  });

  it('knows nothing of who was erased after the backup', async () => {
    expect(restored.erasedAgain).toBe(1);
    const { rows } = await target.admin.query(`select name from contacts where lower(name) like '%qanari%'`);
    expect(rows).toEqual([]);
  });

  it('is in order: every check, and the audit chain to its end', async () => {
    const there = await opened();
    const wrong: string[] = [];
    for await (const { check, found } of validate(there)) if (found.total > 0) wrong.push(check.id);
    expect(wrong).toEqual([]);
    await verifyAudit(there, { anchors: false });
  });

  it('numbers new rows after the old ones', async () => {
    const there = await opened();
    await importSmallLedger(there, { customers: [customer('C-3')], invoices: [invoice('C-3', '3', '100', '2026-11-02')] });
    expect((await counts(target))['customers']).toBe(3);
  });

  it('takes no second backup over what it has', async () => {
    await expect(restoreDatabase(installationOf(target, session.installation.home), { path: file })).rejects.toMatchObject({
      code: 'backup.not-empty',
    });
  });
});

describe('a backup', () => {
  it('shows nothing of the ledger to whoever has not the key, and has one private file', () => {
    const bytes = readFileSync(file);
    for (const word of ['SAVED', 'C-1 Trading', 'Qanari', 'accounts@']) expect(bytes.includes(word)).toBe(false);
    expect(readdirSync(join(session.installation.home, 'backups')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('of which one byte was changed, or read with another key, is refused before anything is written', async () => {
    const empty = await createTestDatabase({ isEmpty: true });
    const home = mkdtempSync(join(tmpdir(), 'wafa-other-'));
    writeFileSync(join(home, 'backup.key'), `${'ab'.repeat(32)}\n`, { mode: 0o600 });
    const changed = join(home, 'changed.backup');
    const bytes = readFileSync(file);
    bytes.writeUInt8((bytes.at(-40) ?? 0) ^ 1, bytes.length - 40);
    writeFileSync(changed, bytes);
    const refused = { code: 'backup.changed' };
    await expect(restoreDatabase(installationOf(empty, session.installation.home), { path: changed })).rejects.toMatchObject(refused);
    await expect(restoreDatabase(installationOf(empty, home), { path: file })).rejects.toMatchObject(refused);
    expect((await empty.admin.query('select from directory')).rowCount).toBe(0);
    await empty.drop();
  });

  it('keeps fourteen', async () => {
    const home = mkdtempSync(join(tmpdir(), 'wafa-kept-'));
    const folder = join(home, 'backups');
    const installation = installationOf(source(), home);
    await backUpDatabase(installation);
    for (let day = 1; day <= 20; day += 1) writeFileSync(join(folder, `wafa-202501${String(day).padStart(2, '0')}T000000Z.backup`), '');
    const { dropped } = await backUpDatabase(installation);
    expect(dropped.length).toBeGreaterThan(6);
    expect(readdirSync(folder)).toHaveLength(14);
  });
});
