/** A sender dies; what it had written down beside itself tells the next one more than the database knows. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { openDispatcher } from '../../../src/app/dispatch/dispatcher.ts';
import { journalFolder } from '../../../src/app/dispatch/outcome-journal.ts';
import { dispatchPass } from '../../../src/app/dispatch/pass.ts';
import { replayJournals } from '../../../src/app/dispatch/replay-journals.ts';
import type { Session } from '../../../src/app/session.ts';
import { sweepLeases } from '../../../src/app/sweep-leases.ts';
import type { MailTransport } from '../../../src/mail/transport.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, at, plan, queue } from '../sending-day.ts';

const database = testDatabase();

let companies = 0;
async function approvedCompany(reminders: number): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `RPLY${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  const codes = Array.from({ length: reminders }, (_, index) => `C-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((one) => customer(one)),
    invoices: codes.flatMap((one) => [invoice(one, `${one}/1`, '900', '2026-11-02'), invoice(one, `${one}/2`, '500', '2026-11-05')]),
  });
  await plan(session);
  await approveAll(session);
  // Their undo window is over.
  return await at(session, '2026-11-23T10:30:00+04:00');
}

/** A way out behind which the process dies with its first mail. */
const deadly: MailTransport = {
  kind: 'smtp',
  isLoopback: true,
  label: 'deadly:25',
  slots: 3,
  limits: { perMinute: null, perDay: null, maxConnections: 3 },
  send: async () => await Promise.reject(new Error('killed')),
  close: async () => undefined,
};

const forEver = new AbortController().signal;

/** Mails pass their gate together, the journal has the first as begun, then the sender dies. Its journal is changed to be that of a dead process. */
async function diesWithOneBegun(session: Session, lines: (begun: number) => readonly object[] = () => []): Promise<string> {
  const dispatcher = await openDispatcher(session.installation, deadly);
  await expect(dispatchPass(session, dispatcher, { cutOff: forEver, patience: forEver })).rejects.toThrow('killed');
  await dispatcher.close();
  const path = join(journalFolder(session.installation.home), `${dispatcher.sender.instance}.jsonl`);
  const [head = '', ...rest] = readFileSync(path, 'utf8').trim().split('\n');
  const { begin } = JSON.parse(rest[0] ?? '') as { begin: number };
  const dead = head.replace(/"startedTicks":"\d+"/, '"startedTicks":"1"');
  expect(dead).not.toBe(head);
  const kept = [dead, rest[0] ?? '', ...lines(begin).map((line) => JSON.stringify({ ...line, company: session.companyId }))];
  writeFileSync(path, `${kept.join('\n')}\n{"cut sho`);
  return path;
}

const journals = (session: Session): readonly string[] => readdirSync(journalFolder(session.installation.home));

const statuses = async (session: Session): Promise<readonly string[]> =>
  (await queue(session, 'SENT', 'QUEUED', 'UNCERTAIN', 'REJECTED', 'TRANSMITTING')).map(({ status }) => status).toSorted();

const ACCEPTED = (end: number) => ({ end, outcome: 'ACCEPTED', handedOver: true, code: 250, suppress: false });

describe('the journal of a sender that died', () => {
  it('makes sent what the relay had accepted, and queues again what was never begun', async () => {
    const session = await approvedCompany(3);
    await diesWithOneBegun(session, (begun) => [ACCEPTED(begun)]);
    expect(await replayJournals(session)).toEqual({ journals: 1, outcomes: 1, neverBegun: 2 });
    expect(await statuses(session)).toEqual(['QUEUED', 'QUEUED', 'SENT']);
    expect(journals(session)).toEqual([]);
    expect(await replayJournals(session)).toEqual({ journals: 0, outcomes: 0, neverBegun: 0 });
  });

  it('says nothing about a mail that was begun and has no ending: the sweeper makes it uncertain', async () => {
    const session = await approvedCompany(3);
    await diesWithOneBegun(session);
    await replayJournals(session);
    expect(await statuses(session)).toEqual(['QUEUED', 'QUEUED', 'TRANSMITTING']);
    await leasesRunOut(session);
    await sweepLeases(session);
    expect(await statuses(session)).toEqual(['QUEUED', 'QUEUED', 'UNCERTAIN']);
  });

  it('lifts what the sweeper had to leave uncertain: sent, or ended as never sent, but never back to sending', async () => {
    const session = await approvedCompany(3);
    await diesWithOneBegun(session, (begun) => [ACCEPTED(begun)]);
    await leasesRunOut(session);
    await sweepLeases(session);
    expect(await statuses(session)).toEqual(['UNCERTAIN', 'UNCERTAIN', 'UNCERTAIN']);
    await replayJournals(session);
    expect(await statuses(session)).toEqual(['REJECTED', 'REJECTED', 'SENT']);
  });

  it('is left alone while the sender may still live', async () => {
    const session = await approvedCompany(1);
    const path = await diesWithOneBegun(session);
    const living = readFileSync(path, 'utf8').replace('"startedTicks":"1"', '"startedTicks":null');
    writeFileSync(path, living);
    expect(await replayJournals(session)).toEqual({ journals: 0, outcomes: 0, neverBegun: 0 });
    expect(await statuses(session)).toEqual(['TRANSMITTING']);
  });

  it('holds no name and no address', async () => {
    const session = await approvedCompany(1);
    const path = await diesWithOneBegun(session, (begun) => [ACCEPTED(begun)]);
    expect(readFileSync(path, 'utf8')).not.toMatch(/@|C-1|LLC/);
  });
});

async function leasesRunOut(session: Session): Promise<void> {
  await database().admin.query(
    "update customer_consolidated_reminders set lease_until = now() - interval '1 second' where company_id = $1 and lease_until is not null",
    [session.companyId],
  );
}
