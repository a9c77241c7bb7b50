/** What keeps imports apart and whole, and that these tests would notice without it: the guard's own statement is broken on its way. */
import { afterEach, describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';

import type { Session } from '../../../src/app/session.ts';
import { openDatabase } from '../../../src/store/connection/pool.ts';
import { testDatabase } from '../../support/database.ts';
import { startRewritingProxy } from '../../support/rewriting-proxy.ts';
import { companyWith, MONDAY, testInstallation } from '../installation.ts';
import { take } from './csv-file.ts';

const database = testDatabase();
const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});

/** The same session over a connection that changes one statement. */
async function withBroken(
  session: Session,
  from: string,
  to: string,
): Promise<{ readonly session: Session; readonly broken: () => number }> {
  const url = new URL(database().env.DATABASE_URL);
  const place = { host: url.searchParams.get('host') ?? url.hostname, port: Number(url.port || 5432) };
  const proxy = await startRewritingProxy(place, from, to);
  const [user, password] = [url.username, url.password].map(decodeURIComponent);
  const own = openDatabase({
    application: { host: proxy.host, port: place.port, user: user ?? '', password: password ?? '', database: url.pathname.slice(1) },
    owner: null,
  });
  toClose.push(
    () => own.close(),
    () => proxy.close(),
  );
  return { session: { ...session, database: own }, broken: proxy.rewritten };
}

async function isWaiting(): Promise<boolean> {
  // What a transaction has once read of the server's activity stays so until it is told to forget it.
  await database().admin.query('select pg_stat_clear_snapshot()');
  const { rows } = await database().admin.query(
    "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'",
  );
  return rows.length > 0;
}

/** Imports customers while another import of the company, here a bare lock, is under way. */
async function importBesideAnother(session: Session): Promise<'waited' | 'went ahead'> {
  const { admin } = database();
  await admin.query('begin');
  await admin.query('select company_id from companies where company_id = $1 for no key update', [session.companyId]);
  let isDone = false;
  const work = take(session, 'customers', ['C-1,One LLC,ap@one.example,30']).finally(() => (isDone = true));
  work.catch(() => undefined);
  // Either must come; which of them is the answer.
  while (!isDone && !(await isWaiting())) await pause(20);
  const answer = isDone ? 'went ahead' : 'waited';
  await admin.query('commit');
  await work;
  return answer;
}

const stateOf = async ({ companyId }: Session): Promise<unknown> =>
  (
    await database().admin.query(
      `select (select count(*)::int from invoices where company_id = $1) as documents,
              (select count(*)::int from audit_logs where company_id = $1 and verb = 'import') as events`,
      [companyId],
    )
  ).rows[0];

describe('the lock of an import', { timeout: 120_000 }, () => {
  it('has a second import of the company wait for the first', async () => {
    const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: 'LOCKED' });
    expect(await importBesideAnother(session)).toBe('waited');
  });

  it('is what does it: without its statement the second goes ahead', async () => {
    const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: 'UNLOCKED' });
    const statement = 'select company_id from companies where company_id = $1 for no key update';
    const broken = await withBroken(session, statement, 'select company_id from companies where company_id = $1');
    expect([await importBesideAnother(broken.session), broken.broken()]).toEqual(['went ahead', 1]);
  });
});

describe('the one transaction of an import', { timeout: 120_000 }, () => {
  it('is what leaves nothing half-way: committed in the middle, a failing import leaves documents and no event', async () => {
    const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: 'HALFWAY' });
    await take(session, 'customers', ['C-1,One LLC,ap@one.example,30']);
    const before = await stateOf(session);
    const broken = await withBroken(session, 'analyze written_documents', 'commit');
    const lines = ['I-1,C-1,2026-08-01,2026-09-01,AED,10,', 'I-2,C-1,2026-08-01,2026-09-01,AED,10,'];
    await expect(take(broken.session, 'invoices', lines)).rejects.toBeInstanceOf(Error);
    expect(broken.broken()).toBe(1);
    expect(before).toEqual({ documents: 0, events: 1 });
    expect(await stateOf(session)).toEqual({ documents: 2, events: 1 });
  });

  it('takes everything back when the same statement fails inside it', async () => {
    const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: 'WHOLE' });
    await take(session, 'customers', ['C-1,One LLC,ap@one.example,30']);
    const broken = await withBroken(session, 'analyze written_documents', 'analyze no_such_table');
    await expect(take(broken.session, 'invoices', ['I-1,C-1,2026-08-01,2026-09-01,AED,10,'])).rejects.toBeInstanceOf(Error);
    expect([broken.broken(), await stateOf(session)]).toEqual([1, { documents: 0, events: 1 }]);
  });
});
