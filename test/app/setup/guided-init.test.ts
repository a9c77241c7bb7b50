/** Setting a company up by questions, by options, and again after it was broken off. */
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { CommandContext } from '../../../src/app/commands/command.ts';
import { initCommand, type InitData } from '../../../src/app/commands/init.ts';
import { createCompany } from '../../../src/app/create-company.ts';
import { readConfiguration } from '../../../src/app/configuration/read-configuration.ts';
import { listUsers } from '../../../src/app/people/manage-users.ts';
import { openSession } from '../../../src/app/session.ts';
import { readPolicyHistory } from '../../../src/app/set-policy.ts';
import { packagePath } from '../../../src/package-root.ts';
import { testDatabase } from '../../support/database.ts';
import { startImapServer, type TestImapServer } from '../../support/imap-server.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { testInstallation } from '../installation.ts';

const database = testDatabase();

let relay: SmtpRelay;
let imap: TestImapServer;
beforeAll(async () => {
  relay = await startRelay('accept');
  imap = await startImapServer();
});
afterAll(async () => await Promise.all([relay.close(), imap.close()]));

let home: string;
let logins = 0;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wafa-init-'));
  logins += 1;
});

/** Of a login that is in no company yet. */
const installation = () => ({
  ...testInstallation(database(), { login: `newcomer-${logins}` }),
  configuration: readConfiguration({ WAFA_HOME: home }),
  home,
});

/** A person who answers each question by the first of these that it is about; a list is gone through, one answer a time. */
function person(answers: Readonly<Record<string, string | readonly string[]>>): {
  readonly ask: NonNullable<CommandContext['ask']>;
  readonly asked: string[];
} {
  const given = new Map<string, number>();
  const asked: string[] = [];
  return {
    asked,
    ask: async (question) => {
      asked.push(question.trim());
      const [key, answer] = Object.entries(answers).find(([part]) => question.includes(part)) ?? ['', ''];
      const nth = given.get(key) ?? 0;
      given.set(key, nth + 1);
      return typeof answer === 'string' ? answer : (answer[nth] ?? '');
    },
  };
}

async function init(input: Readonly<Record<string, unknown>>, asking: Pick<CommandContext, 'ask'> = {}) {
  const said: string[] = [];
  const here = installation();
  const context: CommandContext = {
    installation: here,
    session: () => openSession(here, undefined),
    say: (line) => void said.push(line),
    confirm: async () => undefined,
    ...asking,
  };
  const { data, notes } = await initCommand.run(context, initCommand.schema.parse(input));
  return { data, notes: notes ?? [], said, session: await openSession(here, data.company.code) };
}

const done = ({ checklist }: InitData): readonly string[] => checklist.filter(({ isDone }) => isDone === true).map(({ id }) => id);

const kept = (): unknown => JSON.parse(readFileSync(join(home, 'config.json'), 'utf8'));

const EVERYTHING = {
  'code for it': 'gulf',
  'legal name:': 'Gulf Trading LLC',
  Arabic: 'الخليج للتجارة ذ.م.م',
  TRN: ['123', ''],
  emirate: 'dxb',
  'mails come from': 'accounts@gulf.example',
  'telephone number': '+971 4 123 4567',
  'ask for': 'Mariam',
  standard: 'firm',
  'second person': 'mona',
};

describe('a set-up by questions', () => {
  it('makes the company, tries the servers before it keeps them, and takes the ledger in', { timeout: 120_000 }, async () => {
    const mona = `mona-${logins}`;
    const { asked, ask } = person({
      ...EVERYTHING,
      'second person': mona,
      'mail server': ['smtp://127.0.0.1:1', `smtp://127.0.0.1:${relay.port}`],
      'mailbox for answers': `imap://accounts@127.0.0.1:${imap.port}/INBOX`,
      password: 'open-sesame',
      'A file': [packagePath('examples/customers.csv'), '/nowhere.csv', packagePath('examples/invoices.csv')],
    });
    const { data, said, session } = await init({}, { ask });
    expect(data).toMatchObject({ isNew: true, company: { code: 'GULF' } });
    expect(done(data)).toEqual(['identity', 'sender', 'mail', 'mailbox', 'ledger', 'policy', 'approver']);
    expect(asked.filter((question) => question.includes('TRN'))).toHaveLength(2);
    expect(said.join('\n')).toMatch(
      /TRN "123" cannot be right[\s\S]*127\.0\.0\.1:1: the mail server could not be used[\s\S]*Check the name and the port/,
    );
    expect(said.join('\n')).toMatch(/4 new customers[\s\S]*nowhere\.csv does not exist[\s\S]*6 new documents/);
    expect((await readPolicyHistory(session))[0]).toMatchObject({ number: 2, note: expect.stringContaining('firm') as string });
    expect((await listUsers(session)).users.map(({ login }) => login)).toContain(mona);
  });

  it('keeps settings where the next start finds them, and passwords in files of their own', { timeout: 120_000 }, async () => {
    const { ask } = person({
      ...EVERYTHING,
      'code for it': 'keeps',
      'second person': '',
      'mailbox for answers': `imap://accounts@127.0.0.1:${imap.port}/INBOX`,
      password: 'open-sesame',
    });
    await init({}, { ask });
    const passwordFile = join(home, 'imap-password');
    expect(kept()).toEqual({ IMAP_URL: `imap://accounts@127.0.0.1:${imap.port}/INBOX`, IMAP_PASSWORD_FILE: passwordFile });
    expect([join(home, 'config.json'), passwordFile].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(readConfiguration({ WAFA_HOME: home }).env).toMatchObject({ IMAP_PASSWORD: 'open-sesame' });
  });

  it('keeps nothing of a server that does not let us in', { timeout: 120_000 }, async () => {
    const wrong = person({
      ...EVERYTHING,
      'code for it': 'wrong',
      'second person': '',
      'mailbox for answers': [`imap://accounts@127.0.0.1:${imap.port}/INBOX`, ''],
      password: 'guessed',
    });
    const { said, data } = await init({}, wrong);
    expect(said.join('\n')).toMatch(/did not accept|password/i);
    expect(done(data)).not.toContain('mailbox');
    expect([existsSync(join(home, 'config.json')), existsSync(join(home, 'imap-password'))]).toEqual([false, false]);
  });

  it('goes on where it was broken off, and asks only for what is missing', { timeout: 120_000 }, async () => {
    const leaving = person({ ...EVERYTHING, 'code for it': 'again' });
    const ask = async (question: string): Promise<string> => {
      if (question.includes('second person')) throw new Error('the terminal is gone');
      return await leaving.ask(question);
    };
    await expect(init({}, { ask })).rejects.toThrow('the terminal is gone');
    const { asked, ask: answer } = person({});
    const { data, said } = await init({}, { ask: answer });
    expect(said[0]).toContain('Going on with the set-up of AGAIN');
    expect(asked.map((question) => question.split(/[ ,:(]/, 4).join(' '))).toEqual([
      'The mail server ',
      'The mailbox for answers',
      'The login of a',
      'A file  Enter',
    ]);
    expect([data.isNew, done(data)]).toEqual([false, ['identity', 'sender', 'policy']]);
  });
});

describe('beside a sample', () => {
  it('a set-up begins a company of one’s own, and goes on with that', { timeout: 120_000 }, async () => {
    await createCompany(installation(), { code: `sample-${logins}`, name: 'Sample LLC', isSample: true });
    const { data } = await init({}, person({ ...EVERYTHING, 'code for it': 'own', 'second person': '' }));
    expect(data).toMatchObject({ isNew: true, company: { code: 'OWN' } });
    expect((await init({})).data).toMatchObject({ isNew: false, company: { code: 'OWN' } });
    await init({ code: 'second', name: 'Second LLC' });
    await expect(init({})).rejects.toMatchObject({ code: 'company.several' });
  });
});

describe('a set-up by options', () => {
  it('asks nothing', { timeout: 120_000 }, async () => {
    const passwordFile = join(home, 'given');
    writeFileSync(passwordFile, 'open-sesame\n', { mode: 0o600 });
    const { data } = await init(
      {
        code: 'flags',
        name: 'Flags LLC',
        fromAddress: 'accounts@flags.example',
        smtpUrl: `smtp://127.0.0.1:${relay.port}`,
        imapUrl: `imap://accounts@127.0.0.1:${imap.port}/INBOX`,
        imapPasswordFile: passwordFile,
        preset: 'cautious',
        approver: `noor-${logins}`,
      },
      { ask: () => Promise.reject(new Error('nobody was to be asked')) },
    );
    expect(done(data)).toEqual(['sender', 'mail', 'mailbox', 'policy', 'approver']);
  });

  it('says what it needs where nobody can be asked, and shows a company that is there how it stands', async () => {
    await expect(init({ code: 'half' })).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining('--name') as string });
    await expect(init({})).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining('--code') as string });
    await init({ code: 'stands', name: 'Stands LLC' });
    const { data, notes } = await init({});
    expect([data.isNew, done(data)]).toEqual([false, []]);
    expect(notes).toEqual([expect.stringMatching(/^Next, who you are: .*`wafa --company STANDS company set /)]);
  });

  it('gives nothing to a mail server while it tries it', () => {
    expect(relay.taken).toEqual([]);
    expect(relay.commands.filter((line) => /^(MAIL|RCPT|DATA)/i.test(line))).toEqual([]);
    expect(relay.commands.filter((line) => /^EHLO/i.test(line)).length).toBeGreaterThan(0);
  });
});
