/** Alerts, told to a real receiver of webhooks and a real mail server on this machine. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';

import { readConfiguration } from '../../../src/app/configuration/read-configuration.ts';
import { lookAtCompany } from '../../../src/app/daemon/look-at-company.ts';
import { showPresence } from '../../../src/app/daemon/presence.ts';
import { raiseAlert } from '../../../src/app/daemon/raise-alert.ts';
import type { Session } from '../../../src/app/session.ts';
import { attentionNeeded } from '../../../src/domain/attention.ts';
import { readMailSettings } from '../../../src/mail/mail-settings.ts';
import { testDatabase } from '../../support/database.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, at, plan } from '../sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
let pager: Server | undefined;
afterEach(async () => {
  await relay?.close();
  pager?.close();
});

interface Page {
  readonly type: string | undefined;
  readonly body: unknown;
}

/** What somebody's pager was told. */
async function startPager(): Promise<{ readonly url: string; readonly pages: Page[] }> {
  const pages: Page[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      pages.push({ type: request.headers['content-type'], body: JSON.parse(Buffer.concat(chunks).toString()) as unknown });
      response.writeHead(204).end();
    });
  });
  pager = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/page`, pages };
}

async function company(code: string): Promise<Session> {
  const session = await companyWith(testInstallation(database()), { code, phone: '+971 4 000 0000', contactPerson: 'Mariam' });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [invoice('C-1', '1', '900', '2026-11-02'), invoice('C-1', '2', '900', '2026-11-02')],
  });
  return session;
}

const toldTo = (session: Session, env: Readonly<Record<string, string>>): Session => ({
  ...session,
  installation: {
    ...session.installation,
    configuration: readConfiguration({ WAFA_HOME: session.installation.home, ...env }),
    mail: readMailSettings(env),
  },
});

const codesOf = async (session: Session): Promise<readonly string[]> =>
  attentionNeeded(await lookAtCompany(session)).map(({ code }) => code);

describe('an alert', () => {
  it('goes to the webhook and by mail, once a day however many daemons see it, and names no customer', async () => {
    const { url, pages } = await startPager();
    relay = await startRelay();
    const session = toldTo(await at(await company('ALERT'), '2026-11-24T12:30:00+04:00'), {
      WAFA_ALERT_WEBHOOK: url,
      WAFA_ALERT_MAIL: 'duty@falcon.example',
      SMTP_URL: `smtp://127.0.0.1:${relay.port}`,
    });
    const daemons = [randomUUID(), randomUUID(), randomUUID()];
    // Of one that shows no sign of life the others would take the telling over.
    for (const one of daemons) await showPresence(session.installation, one);
    const found = attentionNeeded(await lookAtCompany(session));
    expect(found.map(({ code }) => code)).toContain('no-plan');
    for (const attention of found) {
      const told = await Promise.all(daemons.map((one) => raiseAlert(session, one, attention)));
      expect(told.filter(Boolean)).toHaveLength(1);
    }
    expect(pages).toHaveLength(found.length);
    expect(pages[0]).toMatchObject({
      type: 'application/json',
      body: { wafa: 1, alert: { company: 'ALERT', code: 'no-plan', critical: true } },
    });
    expect(relay.taken.map(({ recipient }) => recipient)).toEqual(found.map(() => 'duty@falcon.example'));
    const mails = relay.taken.map(({ bytes }) => bytes.toString('latin1')).join('\n');
    expect(mails).toContain('Nothing was planned by 10:00');
    expect(mails + JSON.stringify(pages)).not.toMatch(/C-1|accounts@c-1|Accounts Payable/);
  });

  it('is not lost with a pager that is down: the slot says so, and nobody falls over it', async () => {
    const session = toldTo(await at(await company('DOWN'), '2026-11-24T12:30:00+04:00'), { WAFA_ALERT_WEBHOOK: 'http://127.0.0.1:9/none' });
    expect(await raiseAlert(session, randomUUID(), { code: 'no-plan', isCritical: true, text: 'Nothing was planned by 10:00.' })).toBe(
      true,
    );
    const { rows } = await database().admin.query<{ outcome: string }>('select outcome from job_slots where company_id = $1', [
      session.companyId,
    ]);
    expect(rows).toEqual([{ outcome: 'webhook not reached' }]);
  });
});

describe('what a company needs somebody for', () => {
  it('is a plan by ten, an import by noon, and mail that leaves within half an hour of an open window', async () => {
    const session = await company('NEEDS');
    const on = async (time: string) => await codesOf(await at(session, `2026-11-24T${time}+04:00`));
    expect(await on('09:59')).toEqual([]);
    expect(await on('10:01')).toEqual(['no-plan']);
    expect(await on('12:01')).toEqual(['no-plan', 'no-import']);
    // Planned and approved on Monday morning, and still there when the afternoon is open.
    await plan(session);
    await approveAll(session);
    expect(await codesOf(await at(session, '2026-11-23T15:30:00+04:00'))).toContain('nothing-sent');
  });

  it('waits for people outside the window and on days off', async () => {
    const session = await company('ASLEEP');
    await plan(session);
    await approveAll(session);
    expect(await codesOf(await at(session, '2026-11-24T22:00:00+04:00'))).toEqual([]);
    expect(await codesOf(await at(session, '2026-11-29T11:00:00+04:00'))).toEqual([]);
  });
});
