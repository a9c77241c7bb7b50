/** Conditions on the record: two people where one could hide a mistake, told apart from one-person mode. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../../src/app/approve-reminders.ts';
import { addUser } from '../../../src/app/people/manage-users.ts';
import { recordBlock } from '../../../src/app/record-block.ts';
import { remindManually } from '../../../src/app/remind-manually.ts';
import { openSession, type Session } from '../../../src/app/session.ts';
import { settleReminders } from '../../../src/app/settle-uncertain.ts';
import { asId, type ReminderId } from '../../../src/domain/ids.ts';
import { testDatabase } from '../../support/database.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, idOf, plan, queue, sendThrough } from '../sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay;
beforeAll(async () => {
  relay = await startRelay('taken, then close');
});
afterAll(() => relay.close());

let companies = 0;

/** Amal, who set the company up, and Omar; both approve. */
async function twoColleagues(isTwoPerson: boolean): Promise<{ readonly amal: Session; readonly omar: Session }> {
  companies += 1;
  const amal = await companyWith(testInstallation(database()), {
    code: `EYES${companies}`,
    fromAddress: 'accounts@eyes.example',
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  await addUser(amal, { login: 'omar', roles: ['OPERATOR', 'APPROVER'], isTwoPerson });
  await importSmallLedger(amal, {
    customers: [customer('C-1')],
    invoices: [invoice('C-1', 'INV-1', '5000', '2026-07-02'), invoice('C-1', 'INV-2', '3200', '2026-07-05')],
  });
  return { amal, omar: await openSession({ ...amal.installation, operatingSystemLogin: 'omar' }, amal.companyCode) };
}

const refusedEvents = async ({ companyId }: Session, reminder: ReminderId): Promise<readonly unknown[]> => {
  const { rows } = await database().admin.query<{ verb: string; reason: string }>(
    "select verb, reason from audit_logs where company_id = $1 and object_kind = 'reminder' and object_id = $2 and reason like 'refused%'",
    [companyId, reminder],
  );
  return rows;
};

const finalBy = async (session: Session): Promise<ReminderId> => {
  const { id, result } = await remindManually(session, { customerCode: 'C-1', invoiceNumbers: [], level: 'FINAL' });
  if (id === null)
    throw new Error(
      `no FINAL could be composed: ${JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
    );
  return id;
};

describe('a FINAL', () => {
  it('is not approved by whoever composed it, but by a colleague, and the attempt is recorded once', async () => {
    const { amal, omar } = await twoColleagues(true);
    const id = await finalBy(amal);
    expect(await approveReminders(amal, { ids: [id] })).toMatchObject({ done: [], refused: [{ id, code: 'approve.four-eyes' }] });
    expect(await refusedEvents(amal, id)).toEqual([{ verb: 'approve', reason: 'refused: four-eyes' }]);
    expect((await approveReminders(omar, { ids: [id] })).done).toMatchObject([{ id }]);
  });

  it('is approved by whoever composed it in one-person mode', async () => {
    const { amal } = await twoColleagues(false);
    const id = await finalBy(amal);
    expect((await approveReminders(amal, { ids: [id] })).done).toMatchObject([{ id }]);
  });

  it('below it takes one person', async () => {
    const { amal } = await twoColleagues(true);
    const { id } = await remindManually(amal, { customerCode: 'C-1', invoiceNumbers: [], level: 'FIRM' });
    expect((await approveReminders(amal, { ids: [asId<'reminder'>(id!)] })).done).toHaveLength(1);
  });
});

async function uncertainOf(session: Session): Promise<ReminderId> {
  await plan(session);
  await approveAll(session);
  expect(await sendThrough(session, `smtp://127.0.0.1:${relay.port}`)).toMatchObject({ uncertain: 1 });
  return idOf((await queue(session, 'UNCERTAIN'))[0]);
}

describe('an uncertain reminder', () => {
  it.each(['arrived', 'not-arrived', 'send-again'] as const)(
    'is not settled as %s by whoever approved it, but by a colleague',
    async (settlement) => {
      const { amal, omar } = await twoColleagues(true);
      const id = await uncertainOf(amal);
      expect(await settleReminders(amal, [id], settlement, 'I say so')).toMatchObject({
        done: [],
        refused: [{ id, code: 'settle.four-eyes' }],
      });
      expect(await refusedEvents(amal, id)).toEqual([{ verb: 'settle', reason: 'refused: settled-by-another' }]);
      expect((await queue(amal, 'UNCERTAIN')).map(idOf)).toEqual([id]);
      expect((await settleReminders(omar, [id], settlement, 'seen in the log of the relay')).done).toMatchObject([{ id }]);
    },
  );

  it('is settled by whoever approved it in one-person mode', async () => {
    const { amal } = await twoColleagues(false);
    const id = await uncertainOf(amal);
    expect((await settleReminders(amal, [id], 'arrived', 'seen in the log of the relay')).done).toMatchObject([{ id }]);
  });
});

describe('a long block', () => {
  it('tried by an OPERATOR is refused and recorded once', async () => {
    const { amal } = await twoColleagues(true);
    await addUser(amal, { login: 'sara', roles: ['OPERATOR'], isTwoPerson: false });
    const sara = await openSession({ ...amal.installation, operatingSystemLogin: 'sara' }, amal.companyCode);
    const block = { kind: 'DO_NOT_CHASE', invoice: 'INV-1', reason: 'asked by the manager', until: 'never' } as const;
    await expect(recordBlock(sara, block)).rejects.toMatchObject({ code: 'permission.needs-approver', kind: 'refused' });
    const { rows } = await database().admin.query("select reason from audit_logs where company_id = $1 and verb = 'block'", [
      amal.companyId,
    ]);
    expect(rows).toEqual([{ reason: 'refused: long-block' }]);
    expect(await recordBlock(amal, block)).toMatchObject({ untilOn: null });
  });
});
