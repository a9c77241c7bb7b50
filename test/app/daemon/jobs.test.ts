/** Jobs of the clock, run by several daemons at once. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { JOBS, type Job } from '../../../src/app/daemon/jobs.ts';
import { runDueJobs } from '../../../src/app/daemon/run-due-jobs.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { at, queue } from '../sending-day.ts';

const database = testDatabase();

let companies = 0;
const company = async () => {
  companies += 1;
  const session = await companyWith(testInstallation(database()), { code: `JOBS${companies}` });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [invoice('C-1', '1', '900', '2026-11-02'), invoice('C-1', '2', '900', '2026-11-02')],
  });
  return session;
};

const eight = Temporal.Instant.from('2026-11-23T04:00:00Z');

function countingJob(work: () => Promise<string> = async () => 'done'): Job & { runs: number } {
  const job = {
    name: 'count',
    cron: null,
    runs: 0,
    slotAt: async () => eight,
    run: async () => {
      job.runs += 1;
      return await work();
    },
  };
  return job;
}

describe('a job', () => {
  it('runs once for its slot, however many daemons come at once and however often', async () => {
    const session = await company();
    const job = countingJob();
    await Promise.all(Array.from({ length: 6 }, () => runDueJobs(session, randomUUID(), [job])));
    await runDueJobs(session, randomUUID(), [job]);
    expect(job.runs).toBe(1);
  });

  it('would run again without the row of its slot (the guard taken away)', async () => {
    const session = await company();
    const job = countingJob();
    await runDueJobs(session, randomUUID(), [job]);
    await database().admin.query('delete from job_slots where company_id = $1', [session.companyId]);
    await runDueJobs(session, randomUUID(), [job]);
    expect(job.runs).toBe(2);
  });

  it('is taken over when its daemon died over it, and not while that one lives', async () => {
    const session = await company();
    const [dead, living] = [randomUUID(), randomUUID()];
    await database().admin.query(
      'insert into installation_daemons (id, host, pid, program_version, started_at, heartbeat_at) values ($1, $2, 1, $2, now(), now())',
      [living, 'h'],
    );
    const slot = (by: string) =>
      database().admin.query('insert into job_slots (company_id, job, slot_at, claimed_by, started_at) values ($1, $2, $3, $4, now())', [
        session.companyId,
        'count',
        eight.toString(),
        by,
      ]);
    await slot(living);
    const job = countingJob();
    await runDueJobs(session, randomUUID(), [job]);
    expect(job.runs).toBe(0);
    await database().admin.query('update job_slots set claimed_by = $2 where company_id = $1', [session.companyId, dead]);
    await runDueJobs(session, randomUUID(), [job]);
    expect(job.runs).toBe(1);
  });

  it('that fails is written down as failed, with its code, and not tried again for that slot', async () => {
    const session = await company();
    const job = countingJob(() => Promise.reject(new OperatorError({ code: 'audit.rewritten', message: 'm', tryThis: 't' })));
    expect(await runDueJobs(session, randomUUID(), [job])).toMatchObject([
      { outcome: 'failed: audit.rewritten', fault: 'audit.rewritten' },
    ]);
    expect(await runDueJobs(session, randomUUID(), [job])).toEqual([]);
  });
});

describe('the morning plan', () => {
  const planJob = JOBS.filter(({ name }) => name === 'plan');

  it('proposes at eight on a working day, and was missed is caught up once', async () => {
    const session = await company();
    const ran = await runDueJobs(await at(session, '2026-11-23T11:00:00+04:00'), randomUUID(), planJob);
    expect(ran).toMatchObject([{ job: 'plan', slotAt: '2026-11-23T04:00:00Z' }]);
    expect(await queue(session, 'PROPOSED')).toHaveLength(1);
    expect(await runDueJobs(await at(session, '2026-11-23T15:00:00+04:00'), randomUUID(), planJob)).toEqual([]);
  });

  it('rests on a Sunday', async () => {
    const session = await company();
    expect(await runDueJobs(await at(session, '2026-11-22T11:00:00+04:00'), randomUUID(), planJob)).toMatchObject([
      { outcome: 'no working day' },
    ]);
    expect(await queue(session, 'PROPOSED')).toEqual([]);
  });

  it('comes again after an import, once', async () => {
    const session = await company();
    const jobs = JOBS.filter(({ name }) => name === 'plan after import');
    const later = await at(session, '2026-11-23T11:00:00+04:00');
    expect(await runDueJobs(later, randomUUID(), jobs)).toHaveLength(1);
    expect(await runDueJobs(later, randomUUID(), jobs)).toEqual([]);
    await importSmallLedger(later, {
      customers: [customer('C-2')],
      invoices: [invoice('C-2', '3', '900', '2026-11-02'), invoice('C-2', '4', '900', '2026-11-02')],
    });
    expect(await runDueJobs(later, randomUUID(), jobs)).toHaveLength(1);
    expect(await queue(session, 'PROPOSED')).toHaveLength(2);
  });
});
