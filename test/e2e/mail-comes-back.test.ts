/** From the plan to the answer, over servers: what customers' mail systems do to a reminder arrives where an operator sees it. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { markAnswered } from '../../src/app/attend-tasks.ts';
import { readReplies } from '../../src/app/inbox/look-at-inbox.ts';
import { readInbox } from '../../src/app/inbox/read-inbox.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
import { readStatus } from '../../src/app/read-status.ts';
import type { Session } from '../../src/app/session.ts';
import type { DeliveryStatus } from '../../src/domain/vocabulary.ts';
import { readMailboxes } from '../../src/mail/inbound/mailbox-settings.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { approveAll, idOf, plan, queue, sendThrough } from '../app/sending-day.ts';
import { testDatabase } from '../support/database.ts';
import { worldInProcess, type MailWorld } from './mail-world.ts';
import { whyNoPostfix, worldOfPostfix } from './postfix-world.ts';

const database = testDatabase();
/** A real queue tries for a while before it gives up. */
const WITHIN = { timeout: 150_000, interval: 500 };

const worldsHere = [{ name: 'servers in this process', open: worldInProcess, where: 'HERE', missing: null }];
/** `npm run e2e:mail` asks for the installed servers, which take a minute; `npm test` is content with those of this process. */
const installedWorlds = [{ name: 'Postfix and Dovecot', open: worldOfPostfix, where: 'REAL', missing: whyNoPostfix() }];
const worlds = process.env['WAFA_REAL_MAIL'] === undefined ? worldsHere : [...worldsHere, ...installedWorlds];

for (const { name, open, where, missing } of worlds)
  describe.skipIf(missing !== null)(`a day of mail through ${name}${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
    let world: MailWorld;
    let session: Session;
    const people = ['HARD', 'SOFT', 'LATE', 'GOOD', 'EATEN'];

    const company = async (code: string, codes: readonly string[]): Promise<Session> => {
      const made = await companyWith(testInstallation(database()), {
        code,
        phone: '+971 4 000 0000',
        contactPerson: 'Mariam',
        fromAddress: 'accounts@sender.test',
      });
      await importSmallLedger(made, {
        customers: codes.map((one) => customer(one, { email: `${one.toLowerCase()}@${world.domain}` })),
        invoices: codes.flatMap((one) => [invoice(one, `${one}/1`, '5000', '2026-11-02'), invoice(one, `${one}/2`, '3200', '2026-11-05')]),
      });
      await plan(made);
      await approveAll(made);
      return { ...made, installation: { ...made.installation, mailboxes: readMailboxes({ IMAP_URL: world.imapUrl }) } };
    };

    /** Of the reminder to one of them. */
    const reminderTo = async (code: string) => {
      const statuses: readonly DeliveryStatus[] = ['UNCERTAIN', 'SENT', 'DELIVERED', 'BOUNCED', 'REJECTED', 'QUEUED'];
      return await readReminder(session, idOf((await queue(session, ...statuses)).find((one) => one.customer.code === code)));
    };

    const becomes = (code: string, status: DeliveryStatus): Promise<void> =>
      vi.waitFor(async () => {
        await readInbox(session);
        expect((await reminderTo(code)).status).toBe(status);
      }, WITHIN);

    beforeAll(async () => {
      world = await open();
      session = await company(`${where}-1`, people.slice(0, 4));
      await sendThrough(session, world.smtpUrl);
    }, 120_000);
    afterAll(async () => await world.close());

    it('a mailbox that does not exist: the reminder is returned, the address ends, a new one is asked for', async () => {
      await becomes('HARD', 'BOUNCED');
      expect((await readStatus(session)).tasks).toContainEqual({ kind: 'NEW_ADDRESS', count: 1, oldestOn: null });
    }, 200_000);

    it('a mailbox that is full: it is returned when they give up, and the address stays', async () => {
      await becomes('SOFT', 'BOUNCED');
      expect((await reminderTo('SOFT')).cameBack.at(-1)).toMatchObject({ kind: 'BOUNCED', bounce: 'soft' });
    }, 200_000);

    it('a delay is told and changes nothing', async () => {
      await vi.waitFor(async () => {
        await readInbox(session);
        expect((await reminderTo('LATE')).cameBack.map(({ kind }) => kind)).toContain('DELAYED');
      }, WITHIN);
    }, 200_000);

    it('what lies in the mailbox is delivered', async () => {
      await becomes('GOOD', 'DELIVERED');
      expect((await reminderTo('GOOD')).cameBack.map(({ kind }) => kind)).toEqual(['DELIVERED']);
    }, 200_000);

    it('an answer keeps the account silent until somebody has dealt with it', async () => {
      await becomes('GOOD', 'DELIVERED');
      await world.answer((await reminderTo('GOOD')).messageId, 'Paid yesterday, reference FT123.');
      await vi.waitFor(async () => {
        await readInbox(session);
        expect(await plan(session)).toMatchObject({ skips: { 'reply-awaiting': 1 } });
      }, WITHIN);
      expect((await readReplies(session, { customerCode: 'GOOD', limit: 5 }))[0]?.firstLines).toMatch(/reference FT123/);
      await markAnswered(session, { customerCode: 'GOOD', did: 'found the payment' });
      expect((await plan(session)).skips).not.toHaveProperty('reply-awaiting');
    }, 200_000);

    it('a yes that was lost on its way: uncertain, never sent again, settled by the report of success', async () => {
      const before = session;
      session = await company(`${where}-2`, ['EATEN']);
      expect(await sendThrough(session, world.eatingSmtpUrl)).toMatchObject({ sent: 0, uncertain: 1 });
      await vi.waitFor(async () => {
        await readInbox(session);
        expect(['SENT', 'DELIVERED']).toContain((await reminderTo('EATEN')).status);
      }, WITHIN);
      expect((await reminderTo('EATEN')).attempts).toHaveLength(1);
      session = before;
    }, 200_000);
  });
