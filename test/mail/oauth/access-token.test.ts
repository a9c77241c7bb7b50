import { createVerify, generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { imapMailbox } from '../../../src/mail/inbound/imap-mailbox.ts';
import { readMailboxes } from '../../../src/mail/inbound/mailbox-settings.ts';
import { openTokenSource } from '../../../src/mail/oauth/access-token.ts';
import type { OAuthSettings } from '../../../src/mail/oauth/oauth-settings.ts';
import { refusalWords } from '../../../src/mail/oauth/sign-in-error.ts';
import { smtpTransport } from '../../../src/mail/smtp-transport.ts';
import { startImapServer } from '../../support/imap-server.ts';
import { aMessage, localSmtp } from '../../support/sending.ts';
import { startBearerRelay } from '../../support/bearer-relay.ts';
import { startTokenServer, type TokenServer } from '../../support/token-server.ts';

const SECRET = 'canary-client-secret';
const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });

let server: TokenServer;
beforeEach(async () => {
  server = await startTokenServer();
});
afterEach(async () => await server.close());

const microsoft = (): OAuthSettings => ({
  kind: 'microsoft365',
  clientId: 'app-1',
  clientSecret: SECRET,
  tokenUrl: server.url,
  endsOn: null,
});
const google = (): OAuthSettings => ({
  kind: 'google',
  serviceAccount: 'wafa@project.example',
  privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  keyId: 'key-1',
  tokenUrl: server.url,
  endsOn: null,
});

const refuse = (status: number, body: object): void => server.behave(() => ({ status, body: JSON.stringify(body) }));

describe('a token', () => {
  test('of Microsoft 365 is asked for with the application’s secret, once, and kept', async () => {
    const tokens = openTokenSource(microsoft());
    expect(await Promise.all([tokens.token('a@b.example'), tokens.token('a@b.example')])).toEqual(['token-1', 'token-1']);
    expect(await tokens.token('a@b.example')).toBe('token-1');
    expect(server.asked).toHaveLength(1);
    expect(Object.fromEntries(server.asked[0] ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app-1',
      client_secret: SECRET,
      scope: 'https://outlook.office365.com/.default',
    });
  });

  test('of Google is asked for with an assertion the service account has signed for the mailbox', async () => {
    await openTokenSource(google()).token('accounts@acme.example');
    const [head = '', claims = '', signature = ''] = (server.asked[0]?.get('assertion') ?? '').split('.');
    expect(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(keys.publicKey, signature, 'base64url')).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'wafa@project.example',
      sub: 'accounts@acme.example',
      scope: 'https://mail.google.com/',
      aud: server.url,
    });
  });

  test('is asked for anew five minutes before it ends, and after a server refused it', async () => {
    let nowMs = 0;
    const tokens = openTokenSource(microsoft(), () => nowMs);
    await tokens.token('a@b.example');
    nowMs = (3_599 - 301) * 1_000;
    expect(await tokens.token('a@b.example')).toBe('token-1');
    nowMs = (3_599 - 300) * 1_000;
    expect(await tokens.token('a@b.example')).toBe('token-2');
    tokens.refused('a@b.example');
    expect(await tokens.token('a@b.example')).toBe('token-3');
  });

  test('is had in spite of a wrong clock: their own time is taken', async () => {
    const theirs = 'Mon, 23 Nov 2026 20:00:00 GMT';
    server.behave((form, count) => {
      const { iat } = JSON.parse(Buffer.from(form.get('assertion')?.split('.')[1] ?? '', 'base64url').toString()) as { iat: number };
      const isRight = Math.abs(iat * 1_000 - Date.parse(theirs)) < 300_000;
      const refused = {
        error: 'invalid_grant',
        error_description: 'Invalid JWT: Token must be in a reasonable timeframe. Check your iat and exp',
      };
      return { status: isRight ? 200 : 400, body: JSON.stringify(isRight ? { access_token: `token-${count}` } : refused), date: theirs };
    });
    expect(await openTokenSource(google()).token('a@b.example')).toBe('token-2');
  });
});

describe('a refusal says in plain words what to do', () => {
  test.each<[object, RegExp, RegExp]>([
    [
      { error: 'invalid_client', error_description: 'AADSTS7000222: The provided client secret keys are expired.' },
      /secret has ended \(AADSTS7000222\)/,
      /MAIL_OAUTH_SECRET_ENDS/,
    ],
    [{ error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret' }, /secret is wrong/, /not its id/],
    [
      { error: 'unauthorized_client', error_description: 'AADSTS700016: Application not found' },
      /not known in this tenant/,
      /MAIL_OAUTH_TENANT/,
    ],
    [{ error: 'unauthorized_client' }, /may not do this/, /delegation/],
    [{ error: 'invalid_client' }, /not accepted \(invalid_client\)/, /MAIL_OAUTH_CLIENT/],
    [{ error: 'invalid_grant' }, /assertion is not accepted/, /clock/],
    [{ error: 'something <b>new</b>' }, /does not know \(http-400\)/, /provider/],
  ])('%j', async (body, what, tryThis) => {
    refuse(400, body);
    const failure = openTokenSource(microsoft()).token('a@b.example');
    await expect(failure).rejects.toThrow(what);
    await expect(failure).rejects.toMatchObject({ tryThis: expect.stringMatching(tryThis) as string });
    await expect(failure).rejects.not.toThrow(SECRET);
  });

  test('what is no answer at all is none', async () => {
    server.behave(() => ({ status: 200, body: '<html>'.repeat(50_000) }));
    await expect(openTokenSource(microsoft()).token('a@b.example')).rejects.toThrow(/gave no token/);
    server.behave(() => ({ status: 200, body: JSON.stringify({ access_token: 'two\r\nlines' }) }));
    await expect(openTokenSource(microsoft()).token('a@b.example')).rejects.toThrow(/gave no token/);
    server.behave(() => ({ status: 503, body: '' }));
    await expect(openTokenSource(microsoft()).token('a@b.example')).rejects.toThrow(/out of order/);
  });

  test.each([
    ['535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.', /switched off for the tenant/],
    ['535 5.7.139 Authentication unsuccessful, basic authentication is disabled.', /basic sign-in is blocked/],
    ['534-5.7.9 Application-specific password required', /application password/],
    ['535 5.7.3 Authentication unsuccessful', /did not accept the token/],
    ['530 5.7.57 Client not authenticated to send mail', /wants a sign-in/],
    ['535 5.7.8 Error: authentication failed', /wrong/],
  ])('%s', (words, plain) => expect(refusalWords(words)[0]).toMatch(plain));
});

describe('signing in by token', () => {
  test('to a mail server sends the mail, and gets a new token when the first has ended', async () => {
    const relay = await startBearerRelay('token-2');
    const transport = smtpTransport(localSmtp(relay.port, { user: 'accounts@acme.example', password: null, oauth: microsoft() }));
    expect(await transport.send(aMessage())).toMatchObject({ kind: 'ACCEPTED' });
    expect(relay.users).toEqual(['accounts@acme.example']);
    await transport.close();
    await relay.close();
  });

  test('to a mail server that takes none says why, and nothing was sent', async () => {
    const relay = await startBearerRelay('another');
    const transport = smtpTransport(localSmtp(relay.port, { user: 'accounts@acme.example', password: null, oauth: microsoft() }));
    const outcome = await transport.send(aMessage());
    expect(outcome).toMatchObject({ kind: 'NOT_SENT', breaker: 'auth' });
    expect(JSON.stringify(outcome)).toMatch(/user or password \(or token\) is wrong/);
    refuse(400, { error: 'invalid_client', error_description: 'AADSTS7000222: expired' });
    expect(JSON.stringify(await transport.send(aMessage()))).toMatch(/secret has ended/);
    expect(JSON.stringify(outcome)).not.toMatch(/token-\d/);
    await transport.close();
    await relay.close();
  });

  test('to a mailbox reads it', async () => {
    const imap = await startImapServer({ token: 'token-1' });
    const settings = readMailboxes({
      IMAP_URL: `imap://accounts%40acme.example@127.0.0.1:${imap.port}/INBOX`,
      MAIL_OAUTH: 'microsoft365',
      MAIL_OAUTH_TENANT: 'acme.example',
      MAIL_OAUTH_CLIENT: 'app-1',
      MAIL_OAUTH_SECRET: SECRET,
      MAIL_OAUTH_TOKEN_URL: server.url,
    })('ACME');
    if (settings === null) throw new Error('a mailbox is configured');
    const mailbox = imapMailbox(settings);
    expect(await mailbox.open()).toMatchObject({ mails: 0 });
    await mailbox.close();
    await imap.close();
  });
});
