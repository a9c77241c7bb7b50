/** The two mirror companies after a day's work, and what somebody in one of them may know of the other. */
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Installation } from '../../src/app/installation.ts';
import { orderStatement } from '../../src/app/requested/order-statements.ts';
import type { Session } from '../../src/app/session.ts';
import { readMailSettings } from '../../src/mail/mail-settings.ts';
import { testInstallation } from '../app/installation.ts';
import { queue } from '../app/sending-day.ts';
import type { TestDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { addWhatIsOnlyThere, ALL_STATES, canaryOf, createMirror, ONLY_THERE, PLAIN, workADay, type Mark } from './mirror.ts';
import type { Named } from './verbs.ts';

export interface TwoCompanies {
  readonly mark: Mark;
  /** The company that looks. Its people send to the inbox. */
  readonly mine: Session;
  /** The company that carries the mark. */
  readonly theirs: Session;
  readonly inbox: MailInbox;
  /** What exists in their company alone. */
  readonly existing: Named;
  /** What exists nowhere. */
  readonly nowhere: Named;
}

export async function workTwoCompanies(database: TestDatabase): Promise<TwoCompanies> {
  const mark = canaryOf(randomUUID());
  const inbox = await startInbox();
  const folder = await mkdtemp(join(tmpdir(), 'wafa-mirror-'));
  const mail = readMailSettings({ SMTP_URL: inbox.url });
  const installationOf = (login: string): Installation => ({ ...testInstallation(database, { login }), home: folder, mail });
  // Ids long enough to be told from any other figure on a page.
  await database.admin.query(
    `select setval(c.oid, 510000 + 1000 * row_number() over (order by c.relname)) from pg_class c where c.relkind = 'S'`,
  );
  const mine = await createMirror(installationOf('amal'), 'ALPHA', PLAIN);
  const theirs = await createMirror(installationOf('basma'), 'BETA', mark);
  await addWhatIsOnlyThere(theirs, mark);
  const elsewhere = await startInbox();
  await workADay(theirs, mark, elsewhere);
  await workADay(mine, PLAIN, elsewhere);
  await elsewhere.close();
  for (const session of [theirs, mine]) await orderStatement(session, 'C-1', { isRepeat: false });
  const existing = await namedIn(database, theirs, folder);
  return { mark, mine, theirs, inbox, existing, nowhere: renamed(existing) };
}

async function namedIn({ admin }: TestDatabase, session: Session, folder: string): Promise<Named> {
  const newest = async (table: string): Promise<number> =>
    Number(
      (await admin.query<{ id: string }>(`select max(id) as id from ${table} where company_id = $1`, [session.companyId])).rows[0]?.id,
    );
  const reminders = await queue(session, ...ALL_STATES);
  const missing = ALL_STATES.filter((status) => !reminders.some((reminder) => reminder.status === status));
  if (missing.length > 0) throw new Error(`no reminder came to ${missing.join(', ')}`);
  return {
    customer: ONLY_THERE.customer,
    invoice: ONLY_THERE.invoice,
    login: ONLY_THERE.login,
    company: session.companyCode,
    reminders: reminders.map(({ id }) => id),
    run: await newest('plan_runs'),
    block: await newest('blocks'),
    token: await newest('user_tokens'),
    requested: await newest('requested_mails'),
    bank: await newest('bank_accounts'),
    cursor: '999999999999.9999.1',
    folder,
  };
}

const renamed = (existing: Named): Named => ({
  ...existing,
  customer: 'NOBODY-9',
  invoice: 'NOTHING-9',
  login: 'nobody-there',
  company: 'GAMMA',
  reminders: existing.reminders.map((_, index) => 987_601 + index),
  run: 987_651,
  block: 987_652,
  token: 987_653,
  requested: 987_655,
  bank: 987_654,
});

/** What was named, taken out of the words about it. */
export function anonymous(text: string, named: Named): string {
  const names = [
    named.customer,
    named.invoice,
    named.login,
    named.company,
    ...named.reminders,
    named.run,
    named.block,
    named.token,
    named.requested,
    named.bank,
  ].map(String);
  return names
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'g'), '#'), text);
}
