/**
 * Imports in a process of their own, killed with SIGKILL at random moments: what the ledger holds afterwards is what it held before or what
 * the whole file makes of it, never anything between. `WAFA_KILL_FOR_MS=600000` gives a busy machine the time for all fifty deaths.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import type { Session } from '../../src/app/session.ts';
import { csvFile, take } from '../app/import/csv-file.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { testDatabase } from '../support/database.ts';

const PROCESS = fileURLToPath(new URL('import-process.ts', import.meta.url));
const KILLS = 50;
const KILL_FOR_MS = Number(process.env['WAFA_KILL_FOR_MS'] ?? 45_000);
/** A busy machine has fewer deaths instead of a longer suite. */
const FEWEST_KILLS = 5;
const ROWS = 1_000;
const LOGIN = 'importer';

const database = testDatabase();

/** One that is connected and waits for its first file. */
async function startImporter(session: Session): Promise<ChildProcess> {
  const env = { PATH: process.env['PATH'] ?? '', TZ: 'UTC', WAFA_HOME: '/nonexistent', ...database().env };
  const child = fork(PROCESS, [LOGIN, session.companyCode], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  expect(await once(child, 'message')).toEqual(['ready', undefined]);
  return child;
}

interface LedgerState {
  readonly documents: number;
  readonly openMinor: string;
  readonly batches: number;
  readonly events: number;
}

async function stateOf({ companyId }: Session): Promise<LedgerState> {
  const { rows } = await database().admin.query<LedgerState>(
    `select (select count(*)::int from invoices where company_id = $1) as documents,
            (select coalesce(sum(open_minor), 0)::text from invoices where company_id = $1) as "openMinor",
            (select count(*)::int from import_batches where company_id = $1) as batches,
            (select count(*)::int from audit_logs where company_id = $1 and verb = 'import') as events`,
    [companyId],
  );
  return rows[0] as LedgerState;
}

/** The dead one's transaction ends when the server notices; until then what becomes of it is open. */
async function serverNoticed(): Promise<void> {
  for (;;) {
    const { rows } = await database().admin.query(
      `select from pg_stat_activity where datname = current_database() and application_name = 'wafa' and xact_start is not null`,
    );
    if (rows.length === 0) return;
    await pause(5);
  }
}

const fileOf = (round: number): Promise<string> =>
  csvFile(
    'invoice_number,customer_code,issue_date,due_date,currency,total',
    ...Array.from({ length: ROWS }, (_, at) => `R${round}-${at},C-1,2026-08-01,2026-09-01,AED,${at + 1}`),
  );

const ONE_FILE: LedgerState = { documents: ROWS, openMinor: String((ROWS * (ROWS + 1) * 100) / 2), batches: 1, events: 1 };

const plus = (one: LedgerState, other: LedgerState): LedgerState => ({
  documents: one.documents + other.documents,
  openMinor: String(BigInt(one.openMinor) + BigInt(other.openMinor)),
  batches: one.batches + other.batches,
  events: one.events + other.events,
});

describe('an import killed at any moment', () => {
  it('leaves the ledger as before or as after', { timeout: KILL_FOR_MS + 60_000 }, async () => {
    const session = await companyWith(testInstallation(database(), { login: LOGIN }), { code: 'KILLED' });
    await take(session, 'customers', ['C-1,One LLC,ap@one.example,30']);
    let importer = await startImporter(session);
    // How long one takes here and now, so that deaths fall everywhere between its beginning and its end.
    let wholeMs = 500;
    let before = await stateOf(session);
    const ended = { inTime: 0, before: 0, after: 0 };
    const until = performance.now() + KILL_FOR_MS;
    for (let round = 1; ended.before + ended.after < KILLS && performance.now() < until; round += 1) {
      const file = await fileOf(round);
      const began = performance.now();
      const done = once(importer, 'message');
      importer.send(file);
      const isDone = await Promise.race([done.then(() => true), pause(wholeMs * Math.random() * 1.1).then(() => false)]);
      if (isDone) {
        const [said] = (await done) as [string];
        if (said !== 'done') throw new Error(said);
        wholeMs = performance.now() - began;
        ended.inTime += 1;
      } else {
        importer.kill('SIGKILL');
        await once(importer, 'exit');
      }
      await serverNoticed();
      const now = await stateOf(session);
      const isIn = now.documents !== before.documents;
      expect(now).toEqual(isIn ? plus(before, ONE_FILE) : before);
      if (!isDone) {
        ended[isIn ? 'after' : 'before'] += 1;
        importer = await startImporter(session);
      }
      before = now;
    }
    importer.kill('SIGKILL');
    process.stdout.write(
      `killed ${ended.before + ended.after} imports: ${ended.before} as before, ${ended.after} as after; ${ended.inTime} ended\n`,
    );
    expect(ended.before + ended.after).toBeGreaterThanOrEqual(FEWEST_KILLS);
  });
});
