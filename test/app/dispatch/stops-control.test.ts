/**
 * What stops all mail, each with its guard and without: the tests of kill switch, pause, go-live and sandbox would notice if the gate no
 * longer asked.
 */
import { afterEach, describe, expect, it } from 'vitest';

import { pauseCompany, setSandbox } from '../../../src/app/company-settings.ts';
import type { Session } from '../../../src/app/session.ts';
import { alterStatements } from '../../support/altered-statements.ts';
import { testDatabase } from '../../support/database.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, plan, sendThrough } from '../sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
afterEach(async () => {
  await relay?.close();
  await database().admin.query(
    'update installation set is_sending_stopped = false, sending_stopped_reason = null, sending_stopped_at = null',
  );
});

async function approved(code: string): Promise<Session> {
  const session = await companyWith(testInstallation(database()), { code, phone: '+971 4 000 0000', contactPerson: 'Mariam' });
  await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'C-1/1', '900', '2026-11-02')] });
  await plan(session);
  await approveAll(session);
  return session;
}

const sql = (session: Session, text: string): Promise<unknown> => database().admin.query(text, [session.companyId]);

interface Stop {
  readonly order: (session: Session) => Promise<unknown>;
  /** What the gate reads, and the lie it is told instead. */
  readonly guard: string;
  readonly lie: string;
}

const STOPS: Readonly<Record<string, Stop>> = {
  'the kill switch': {
    order: () =>
      database().admin.query(
        "update installation set is_sending_stopped = true, sending_stopped_reason = 'mourning', sending_stopped_at = now()",
      ),
    guard: 'select is_sending_stopped,',
    lie: 'select false as is_sending_stopped,',
  },
  'a pause': { order: (session) => pauseCompany(session, 'mourning'), guard: 'c.is_paused,', lie: 'false as is_paused,' },
  'not having gone live': {
    order: (session) => sql(session, 'update companies set went_live_at = null where company_id = $1'),
    guard: 'c.went_live_at,',
    lie: 'now() as went_live_at,',
  },
  'a sandbox': {
    order: (session) => setSandbox(session, { address: 'trial@falcon.example' }),
    guard: 'c.is_sandbox,',
    lie: 'false as is_sandbox,',
  },
};

describe.each(Object.entries(STOPS))('%s', (name, { order, guard, lie }) => {
  it('keeps mail from customers, and would not without its guard', async () => {
    const session = await approved(`STOP${Object.keys(STOPS).indexOf(name)}`);
    const mails = await startRelay('accept');
    relay = mails;
    const toCustomer = (): readonly string[] => mails.taken.map(({ recipient }) => recipient).filter((to) => to !== 'trial@falcon.example');
    const { rows } = await database().admin.query<{ recipient_address: string }>(
      'select recipient_address from customer_consolidated_reminders where company_id = $1',
      [session.companyId],
    );
    await order(session);
    await sendThrough(session, `smtp://127.0.0.1:${mails.port}`);
    expect(toCustomer()).toEqual([]);

    const other = await approved(`LIES${Object.keys(STOPS).indexOf(name)}`);
    await order(other);
    const told = alterStatements((text) => (text.includes(guard) ? text.replace(guard, lie) : null));
    await sendThrough(other, `smtp://127.0.0.1:${mails.port}`);
    expect(told()).toBeGreaterThan(0);
    expect(toCustomer()).toEqual(rows.map((row) => row.recipient_address));
  });
});
