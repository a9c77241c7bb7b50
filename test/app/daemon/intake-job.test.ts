/** The daemon's intake: files dropped for a company, taken in once whichever daemons look. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readConfiguration } from '../../../src/app/configuration/read-configuration.ts';
import { openIntake } from '../../../src/app/daemon/intake-job.ts';
import type { Job } from '../../../src/app/daemon/jobs.ts';
import { runDueJobs } from '../../../src/app/daemon/run-due-jobs.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';

const database = testDatabase();
let companies = 0;

interface Intake {
  readonly session: Session;
  readonly folder: string;
  readonly look: (job: Job) => ReturnType<typeof runDueJobs>;
}

/** A daemon's session of a company with a folder of its own. */
async function intake(): Promise<Intake> {
  const own = await companyWith(testInstallation(database()), { code: `INTAKE${(companies += 1)}` });
  const root = mkdtempSync(join(tmpdir(), 'wafa-intake-'));
  const configuration = readConfiguration({ WAFA_HOME: '/nonexistent', WAFA_INTAKE_FOLDER: root });
  const installation = { ...own.installation, configuration };
  const session: Session = { ...own, installation, actor: { kind: 'DAEMON', instance: randomUUID() } };
  return { session, folder: join(root, session.companyCode), look: (job) => runDueJobs(session, randomUUID(), [job]) };
}

const drop = (folder: string, name: string, text: string): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
};
const CUSTOMERS = 'customer_code,name,email\nC-1,One LLC,ap@one.example\n';
const batches = async ({ companyId }: Session): Promise<number> =>
  (await database().admin.query<{ n: number }>('select count(*)::int as n from import_batches where company_id = $1', [companyId])).rows[0]
    ?.n ?? -1;

describe('the intake of a daemon', () => {
  it('takes a file in once it has stopped growing, and an empty or absent folder costs no slot', async () => {
    const { session, folder, look } = await intake();
    const job = openIntake();
    expect(await look(job)).toEqual([]);
    drop(folder, 'customers.csv', 'customer_code,na');
    expect(await look(job)).toEqual([]);
    drop(folder, 'customers.csv', CUSTOMERS);
    expect(await look(job)).toEqual([]);
    expect(await look(job)).toMatchObject([{ job: 'intake', outcome: '1 taken in, 0 rejected', fault: null }]);
    expect(readdirSync(join(folder, 'done')).toSorted()).toEqual(['customers.csv', 'customers.csv.report.json']);
    expect([await look(job), await batches(session)]).toEqual([[], 1]);
  });

  it('several daemons over one folder take each file in once', async () => {
    const { session, folder, look } = await intake();
    const jobs = Array.from({ length: 4 }, () => openIntake());
    drop(folder, 'a.csv', CUSTOMERS);
    drop(folder, 'b.csv', 'invoice_number,customer_code,issue_date,due_date,currency,total\nI-1,C-1,2026-09-01,2026-10-01,AED,10\n');
    for (const job of jobs) await look(job);
    const ran = (await Promise.all(jobs.map((job) => look(job)))).flat();
    expect(ran.map(({ outcome }) => outcome)).toContain('2 taken in, 0 rejected');
    expect(readdirSync(join(folder, 'done')).filter((name) => name.endsWith('.csv'))).toEqual(['a.csv', 'b.csv']);
    expect(await batches(session)).toBe(2);
  });

  it('rejects what it cannot take, with a report, and goes on', async () => {
    const { folder, look } = await intake();
    const job = openIntake();
    drop(folder, 'customers.csv', CUSTOMERS);
    drop(folder, 'wrong.csv', 'customer_code,name,email\nC-2,Two,nobody\n');
    await look(job);
    expect(await look(job)).toMatchObject([{ outcome: '1 taken in, 1 rejected', fault: null }]);
    const report: unknown = JSON.parse(readFileSync(join(folder, 'rejected', 'wrong.csv.report.json'), 'utf8'));
    expect(report).toMatchObject({ result: 'rejected', faultCount: 1, faults: [{ at: { row: 2, column: 'email' } }] });
  });

  it('a folder that cannot be used is told by its code, and ends no daemon', async () => {
    const { folder, look } = await intake();
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    expect(await look(openIntake())).toMatchObject([{ job: 'intake', outcome: 'failed: intake.bad-folder', fault: 'intake.bad-folder' }]);
  });
});
