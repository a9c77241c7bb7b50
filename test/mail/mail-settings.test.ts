import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readMailSettings } from '../../src/mail/mail-settings.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function passwordFile(text: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'wafa-secret-'));
  folders.push(folder);
  const file = join(folder, 'password');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

const faultOf = (env: Readonly<Record<string, string>>): unknown => {
  try {
    return readMailSettings(env);
  } catch (error) {
    return error;
  }
};

describe('mail settings', () => {
  test('without SMTP_URL mail goes to the outbox', () => {
    expect(readMailSettings({})).toEqual({ kind: 'outbox', folder: null, isLoopback: true });
    expect(readMailSettings({ SMTP_URL: ' ', WAFA_OUTBOX: '/srv/outbox' })).toMatchObject({ kind: 'outbox', folder: '/srv/outbox' });
  });

  test('a real server is reached through TLS, with the password from its own file', () => {
    const env = { SMTP_URL: 'smtp://billing%40falcon.ae@mail.falcon.ae', SMTP_PASSWORD_FILE: passwordFile('s3cret\n') };
    expect(readMailSettings(env)).toMatchObject({
      host: 'mail.falcon.ae',
      port: 587,
      tls: 'starttls',
      user: 'billing@falcon.ae',
      password: 's3cret',
      isLoopback: false,
    });
    expect(readMailSettings({ SMTP_URL: 'smtps://mail.falcon.ae' })).toMatchObject({
      port: 465,
      tls: 'implicit',
      user: null,
      password: null,
    });
  });

  test.each(['smtp://127.0.0.1:2525', 'smtp://localhost:2525', 'smtp://[::1]:2525', 'smtp://u:p@127.0.0.5:2525'])(
    '%s is this machine: no TLS needed',
    (url) => {
      expect(readMailSettings({ SMTP_URL: url })).toMatchObject({ isLoopback: true, tls: 'off', port: 2525 });
    },
  );

  test.each(['smtp://127.0.0.1.evil.test', 'smtp://localhost.evil.test', 'smtp://1270.0.0.1.example'])('%s is not this machine', (url) => {
    expect(readMailSettings({ SMTP_URL: url })).toMatchObject({ isLoopback: false, tls: 'starttls' });
  });

  test.each([
    [{ SMTP_URL: 'mail.falcon.ae:587' }, 'config.bad-smtp-url'],
    [{ SMTP_URL: 'http://mail.falcon.ae' }, 'config.bad-smtp-url'],
    [{ SMTP_URL: 'smtp://mail.falcon.ae?ignoreTLS=true' }, 'config.bad-smtp-url'],
    [{ SMTP_URL: 'smtp://u:canary-secret@mail.falcon.ae' }, 'config.password-in-url'],
    [{ SMTP_URL: 'smtp://u@mail.falcon.ae' }, 'config.no-smtp-password'],
    [{ SMTP_URL: 'smtp://mail.falcon.ae', NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'config.tls-checks-off'],
    [{ SMTP_URL: 'smtp://mail.falcon.ae', SMTP_CA_FILE: '/nowhere/ca.pem' }, 'config.unreadable-file'],
  ])('%j is refused', (env: Readonly<Record<string, string>>, code) => {
    const fault = faultOf(env);
    expect(fault).toMatchObject({ name: 'OperatorError', kind: 'configuration', code });
    expect(JSON.stringify(fault) + String(fault)).not.toContain('canary-secret');
  });

  test('a password file others can read, or without one line, is refused', () => {
    const url = 'smtp://u@mail.falcon.ae';
    expect(faultOf({ SMTP_URL: url, SMTP_PASSWORD_FILE: passwordFile('x', 0o640) })).toMatchObject({ code: 'config.open-password-file' });
    expect(faultOf({ SMTP_URL: url, SMTP_PASSWORD_FILE: passwordFile('') })).toMatchObject({ code: 'config.bad-password-file' });
    expect(faultOf({ SMTP_URL: url, SMTP_PASSWORD_FILE: passwordFile('a\nb\n') })).toMatchObject({ code: 'config.bad-password-file' });
  });
});
