/** What an operator may write into the settings of mailboxes and of signing in, and must not: each is refused, and no secret is repeated. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { OperatorError } from '../../../src/domain/operator-error.ts';
import { readMailboxes } from '../../../src/mail/inbound/mailbox-settings.ts';
import { readOAuthSettings } from '../../../src/mail/oauth/oauth-settings.ts';

type Environment = Readonly<Record<string, string>>;

const SECRET = 'canary-secret';
const folder = mkdtempSync(join(tmpdir(), 'wafa-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(text: string, mode = 0o600): string {
  files += 1;
  const path = join(folder, `setting-${files}`);
  writeFileSync(path, text, { mode });
  return path;
}

/** The code of a refusal an operator can do something about; anything else, or one that repeats a secret, is told apart. */
function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (!(error instanceof OperatorError) || error.kind !== 'configuration' || error.tryThis === '') throw error;
    const isTold = `${error.message} ${error.tryThis}`.includes(SECRET);
    return `${error.code.replace('config.', '')}${isTold ? ', which tells the secret' : ''}`;
  }
  return 'nothing was refused';
}

const BOX = { IMAP_URL: 'imaps://accounts%40acme.ae@imap.acme.ae/INBOX', IMAP_PASSWORD: SECRET };
const mailboxList = (entries: unknown): Environment => ({ IMAP_MAILBOXES_FILE: file(JSON.stringify(entries)) });

describe('a mailbox', () => {
  test('is read over verified encryption everywhere but on this machine', () => {
    expect(readMailboxes(BOX)('ACME')).toMatchObject({ user: 'accounts@acme.ae', tls: 'implicit', port: 993, folder: 'INBOX' });
    expect(readMailboxes({ ...BOX, IMAP_URL: 'imap://a@imap.acme.ae' })('ACME')).toMatchObject({ tls: 'starttls', port: 143 });
    expect(readMailboxes({ ...BOX, IMAP_URL: 'imap://a@127.0.0.1' })('ACME')).toMatchObject({ tls: 'off' });
  });

  test.each<[what: string, code: string, env: () => Environment]>([
    ['no address', 'bad-imap-url', () => ({ ...BOX, IMAP_URL: 'accounts@acme.ae' })],
    ['a web address', 'bad-imap-url', () => ({ ...BOX, IMAP_URL: `https://a:${SECRET}@imap.acme.ae` })],
    ['nobody to sign in', 'bad-imap-url', () => ({ ...BOX, IMAP_URL: 'imaps://imap.acme.ae' })],
    ['settings behind a question mark', 'bad-imap-url', () => ({ ...BOX, IMAP_URL: 'imaps://a@imap.acme.ae/?tls=off' })],
    ['a user that is no text', 'bad-imap-url', () => ({ ...BOX, IMAP_URL: 'imaps://a%ff@imap.acme.ae' })],
    ['a command in the folder', 'bad-imap-url', () => ({ ...BOX, IMAP_URL: 'imaps://a@imap.acme.ae/IN%0d%0aBOX' })],
    ['a password others see', 'password-in-url', () => ({ IMAP_URL: `imaps://a:${SECRET}@imap.acme.ae` })],
    ['no password', 'no-imap-password', () => ({ IMAP_URL: BOX.IMAP_URL })],
    ['certificates nobody checks', 'tls-checks-off', () => ({ ...BOX, NODE_TLS_REJECT_UNAUTHORIZED: '0' })],
    ['an authority that is not there', 'unreadable-file', () => ({ ...BOX, IMAP_CA_FILE: join(folder, 'nothing') })],
    ['a list that is not there', 'bad-mailboxes', () => ({ IMAP_MAILBOXES_FILE: join(folder, 'nothing') })],
    ['a list that is no JSON', 'bad-mailboxes', () => ({ IMAP_MAILBOXES_FILE: file('ACME=imaps://x') })],
    ['a company that is no code', 'bad-mailboxes', () => mailboxList({ '../ACME': { url: BOX.IMAP_URL } })],
    ['a password in the list', 'bad-mailboxes', () => mailboxList({ ACME: { url: BOX.IMAP_URL, password: SECRET } })],
    [
      'a password file others read',
      'open-password-file',
      () => mailboxList({ ACME: { url: BOX.IMAP_URL, passwordFile: file(SECRET, 0o644) } }),
    ],
    [
      'a password file of two lines',
      'bad-password-file',
      () => mailboxList({ ACME: { url: BOX.IMAP_URL, passwordFile: file(`${SECRET}\nmore\n`) } }),
    ],
    ['an address in the list that is none', 'bad-imap-url', () => mailboxList({ ACME: { url: 'smtp://a@imap.acme.ae' } })],
  ])('with %s is refused', (_, code, env) => {
    expect(refusalOf(() => readMailboxes(env()))).toBe(code);
  });
});

const MICROSOFT = { MAIL_OAUTH: 'microsoft365', MAIL_OAUTH_TENANT: 'acme.ae', MAIL_OAUTH_CLIENT: 'app-1', MAIL_OAUTH_SECRET: SECRET };
const without = (name: keyof typeof MICROSOFT): Environment => ({ ...MICROSOFT, [name]: ' ' });

const keyFile = (type: 'rsa' | 'ed25519', mode = 0o600): string => {
  const { privateKey } = type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2_048 }) : generateKeyPairSync('ed25519');
  return file(JSON.stringify({ client_email: 'wafa@p.example', private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }) }), mode);
};

describe('signing in by tokens', () => {
  test('asks the provider it was told of', () => {
    expect(readOAuthSettings({})).toBeNull();
    expect(readOAuthSettings(MICROSOFT)?.tokenUrl).toBe('https://login.microsoftonline.com/acme.ae/oauth2/v2.0/token');
    expect(readOAuthSettings({ MAIL_OAUTH: 'google', MAIL_OAUTH_KEY_FILE: keyFile('rsa') })?.kind).toBe('google');
  });

  test.each<[what: string, code: string, env: () => Environment]>([
    ['an unknown provider', 'bad-oauth', () => ({ ...MICROSOFT, MAIL_OAUTH: 'Yahoo' })],
    ['no tenant', 'bad-oauth', () => without('MAIL_OAUTH_TENANT')],
    ['a tenant that leads elsewhere', 'bad-oauth', () => ({ ...MICROSOFT, MAIL_OAUTH_TENANT: 'x/../../evil.test/' })],
    ['no application', 'bad-oauth', () => without('MAIL_OAUTH_CLIENT')],
    ['no secret', 'bad-oauth', () => without('MAIL_OAUTH_SECRET')],
    ['an end that is no day', 'bad-oauth', () => ({ ...MICROSOFT, MAIL_OAUTH_SECRET_ENDS: '2027-02-30' })],
    ['a secret sent unencrypted', 'bad-oauth', () => ({ ...MICROSOFT, MAIL_OAUTH_TOKEN_URL: 'http://login.acme.ae/token' })],
    ['a user in the token address', 'bad-oauth', () => ({ ...MICROSOFT, MAIL_OAUTH_TOKEN_URL: 'https://login.acme.ae@evil.test/' })],
    ['no key file', 'bad-oauth', () => ({ MAIL_OAUTH: 'google' })],
    ['a key file that is not there', 'bad-oauth', () => ({ MAIL_OAUTH: 'google', MAIL_OAUTH_KEY_FILE: join(folder, 'nothing') })],
    ['a key file others read', 'open-password-file', () => ({ MAIL_OAUTH: 'google', MAIL_OAUTH_KEY_FILE: keyFile('rsa', 0o640) })],
    ['a key of another kind', 'bad-oauth', () => ({ MAIL_OAUTH: 'google', MAIL_OAUTH_KEY_FILE: keyFile('ed25519') })],
    ['a secret in place of a key', 'bad-oauth', () => ({ MAIL_OAUTH: 'google', MAIL_OAUTH_KEY_FILE: file(SECRET) })],
  ])('with %s is refused', (_, code, env) => {
    expect(refusalOf(() => readOAuthSettings(env()))).toBe(code);
  });
});
