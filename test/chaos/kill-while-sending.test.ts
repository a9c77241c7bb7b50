/**
 * The promise that matters most, tried with real processes: `wafa send` is killed with SIGKILL at random moments while a relay writes
 * down what it took before it answers. The relay's log joined with the database is the oracle.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { companyWith, MONDAY, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { approveAll, plan } from '../app/sending-day.ts';
import { testDatabase } from '../support/database.ts';
import { duplicates, ended, runSender, startRelayProcess, startSender, type Environment, type RelayProcess } from './sender-process.ts';

const database = testDatabase();
let relay: RelayProcess | undefined;
afterEach(async () => {
  await relay?.stop();
});

interface Scene {
  readonly session: Session;
  readonly env: Environment;
  readonly relay: RelayProcess;
}

/** A company with so many approved reminders, and a relay that takes a third of a second to answer each. */
async function scene(code: string, reminders: number): Promise<Scene> {
  const installation = testInstallation(database(), { login: userInfo().username });
  const session = await companyWith(installation, { code, phone: '+971 4 000 0000', contactPerson: 'Mariam' });
  const codes = Array.from({ length: reminders }, (_, index) => `${code}-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((one) => customer(one)),
    invoices: codes.flatMap((one) => [invoice(one, `${one}/1`, '900', '2026-11-02'), invoice(one, `${one}/2`, '500', '2026-11-05')]),
  });
  // All of it is one release here; that a large one begins small is tried elsewhere.
  await setPolicy(session, { 'release.cautionAbove': '100000' });
  await plan(session);
  expect((await approveAll(session)).done).toHaveLength(reminders);
  relay = await startRelayProcess(join(mkdtempSync(join(tmpdir(), 'wafa-relay-')), 'taken.log'), 'accept, slowly');
  const home = mkdtempSync(join(tmpdir(), 'wafa-kill-home-'));
  const env = { ...database().env, WAFA_HOME: home, SMTP_URL: relay.url, WAFA_COMPANY: code, WAFA_CLOCK: MONDAY, TZ: 'UTC' };
  return { session, env, relay };
}

/**
 * Kills senders one after another, while they send, for a minute, or longer on a machine on which too few have died by then.
 * `afterDeath` is what happens to the leases of the dead.
 */
async function killLoop({ env, relay: taking }: Scene, afterDeath: () => Promise<void>, isDone: () => boolean): Promise<number> {
  const startMs = performance.now();
  let kills = 0;
  const isTimeOver = (): boolean => performance.now() - startMs > (kills < FEWEST_KILLS ? 5 : 1) * 60_000;
  while (!isTimeOver() && !isDone()) {
    const before = taking.accepted().length;
    const sender = startSender(env);
    // Starting up is not what is being tried: the clock of its death starts with the first mail it got through.
    while (sender.exitCode === null && taking.accepted().length === before) await delay(5);
    await delay(Math.random() * 900);
    if (sender.exitCode === null) {
      sender.kill('SIGKILL');
      kills += 1;
    }
    await ended(sender);
    await afterDeath();
  }
  return kills;
}

const FEWEST_KILLS = 10;

/** Lets the lease time pass at once instead of waiting for it. */
const leasesRunOut = async ({ session }: Scene): Promise<void> => {
  await database().admin.query(
    "update customer_consolidated_reminders set lease_until = now() - interval '1 second' where company_id = $1 and delivery_status in ('LEASED', 'TRANSMITTING')",
    [session.companyId],
  );
};

describe('senders killed at random moments', () => {
  it('never deliver a second copy, lose nothing, and never call sent what was not taken', { timeout: 480_000 }, async () => {
    const reminders = 600;
    const stage = await scene('KILL', reminders);
    const kills = await killLoop(
      stage,
      () => leasesRunOut(stage),
      () => false,
    );
    relay = undefined;
    await leasesRunOut(stage);
    await runSender(stage.env);
    const accepted = stage.relay.accepted();
    await stage.relay.stop();
    const copies = new Map<string, number>();
    for (const id of accepted) copies.set(id, (copies.get(id) ?? 0) + 1);
    const { rows } = await database().admin.query<{ message_id: string; delivery_status: string }>(
      'select message_id, delivery_status from customer_consolidated_reminders where company_id = $1',
      [stage.session.companyId],
    );
    process.stdout.write(
      `killed ${kills} senders; ${accepted.length} mails taken; ${rows.filter((row) => row.delivery_status === 'UNCERTAIN').length} uncertain\n`,
    );
    expect(kills).toBeGreaterThanOrEqual(FEWEST_KILLS);
    expect(accepted.length).toBeGreaterThan(100);
    expect(duplicates(accepted)).toEqual(new Map());
    expect(rows).toHaveLength(reminders);
    expect([...new Set(rows.map((row) => row.delivery_status))].toSorted()).toEqual(['SENT', 'UNCERTAIN']);
    expect(rows.filter((row) => row.delivery_status === 'SENT' && copies.get(row.message_id) !== 1)).toEqual([]);
    const known = new Set(rows.map((row) => row.message_id));
    expect(accepted.filter((id) => !known.has(id))).toEqual([]);
  });

  it('would deliver second copies if a lost lease meant sending again (the guard taken away)', { timeout: 480_000 }, async () => {
    const stage = await scene('AGAIN', 120);
    const resendOnExpiry = async (): Promise<void> => {
      await database().admin.query(
        "update customer_consolidated_reminders set delivery_status = 'QUEUED', lease_until = null, lease_holder = null, claimable_at = $2 where company_id = $1 and delivery_status in ('LEASED', 'TRANSMITTING')",
        [stage.session.companyId, MONDAY],
      );
    };
    await killLoop(stage, resendOnExpiry, () => duplicates(stage.relay.accepted()).size > 0);
    expect(duplicates(stage.relay.accepted()).size).toBeGreaterThan(0);
  });
});

describe('two senders at once', () => {
  it('deliver each mail once between them', { timeout: 120_000 }, async () => {
    const stage = await scene('PAIR', 60);
    await Promise.all([runSender(stage.env), runSender(stage.env)]);
    const accepted = stage.relay.accepted();
    expect(accepted).toHaveLength(60);
    expect(duplicates(accepted)).toEqual(new Map());
    const { rows } = await database().admin.query(
      'select distinct delivery_status from customer_consolidated_reminders where company_id = $1',
      [stage.session.companyId],
    );
    expect(rows).toEqual([{ delivery_status: 'SENT' }]);
  });
});
