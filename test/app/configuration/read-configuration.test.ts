import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openInstallation } from '../../../src/app/installation.ts';
import { readConfiguration, type Environment } from '../../../src/app/configuration/read-configuration.ts';
import { SETTINGS } from '../../../src/app/configuration/settings-table.ts';
import { shownSettings, unknownVariables } from '../../../src/app/configuration/show-configuration.ts';
import { refuseUnverifiedSender } from '../../../src/app/configuration/verified-sender.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { settingsFolder } from './files.ts';

const SECRET = 'sw0rdfish';
const URL_WITH_SECRET = `postgresql://wafa_app:${SECRET}@db.example:5432/wafa`;

const sourceOf = (env: Environment, name: string): unknown => {
  const found = readConfiguration(env).values.find(({ setting }) => setting.name === name);
  return { value: found?.value, source: found?.source };
};

function faultOf(env: Environment): OperatorError {
  try {
    openInstallation({ env, operatingSystemLogin: 'amal' });
  } catch (error) {
    if (error instanceof OperatorError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a setting', () => {
  test('comes from the last of: its default, the configuration file, the environment, a private file, a credential', () => {
    const { home, write } = settingsFolder();
    const at = { WAFA_HOME: home };
    expect(sourceOf(at, 'DATABASE_URL')).toEqual({ value: null, source: 'default' });
    write('config.json', JSON.stringify({ DATABASE_URL: 'postgresql://a@h/file' }));
    expect(sourceOf(at, 'DATABASE_URL')).toEqual({ value: 'postgresql://a@h/file', source: 'configuration file' });
    const inEnvironment = { ...at, DATABASE_URL: 'postgresql://a@h/environment' };
    expect(sourceOf(inEnvironment, 'DATABASE_URL')).toMatchObject({ source: 'environment' });
    const inFile = { ...at, DATABASE_URL_FILE: write('secret', 'postgresql://a@h/secret\n') };
    expect(sourceOf(inFile, 'DATABASE_URL')).toEqual({ value: 'postgresql://a@h/secret', source: 'private file' });
    write('credentials/database-url', 'postgresql://a@h/credential', 0o400);
    expect(sourceOf({ ...inFile, CREDENTIALS_DIRECTORY: join(home, 'credentials') }, 'DATABASE_URL')).toEqual({
      value: 'postgresql://a@h/credential',
      source: 'credential',
    });
  });

  test('that is a secret may stand in a private file that the configuration file names', () => {
    const { home, write } = settingsFolder();
    const file = write('password', `${SECRET}\n`);
    write('config.json', JSON.stringify({ SMTP_URL: 'smtps://u@mail.example', SMTP_PASSWORD_FILE: file }));
    expect(sourceOf({ WAFA_HOME: home }, 'SMTP_PASSWORD')).toEqual({ value: SECRET, source: 'private file' });
    write('password', SECRET, 0o644);
    expect(faultOf({ WAFA_HOME: home })).toMatchObject({ code: 'config.open-file' });
    write('config.json', JSON.stringify({ SMTP_URL_FILE: file }));
    expect(faultOf({ WAFA_HOME: home })).toMatchObject({ code: 'config.unknown-setting' });
  });

  test('reaches whoever reads settings, wherever it came from', () => {
    const { home, write } = settingsFolder();
    write('config.json', JSON.stringify({ SMTP_URL: 'smtp://wafa@mail.example.ae', WAFA_COMPANY: 'ACME' }), 0o644);
    write('credentials/smtp-password', `${SECRET}\n`, 0o440);
    const env = { WAFA_HOME: home, CREDENTIALS_DIRECTORY: join(home, 'credentials'), PATH: '/bin' };
    const installation = openInstallation({ env, operatingSystemLogin: 'amal' });
    expect(installation.mail).toMatchObject({ kind: 'smtp', host: 'mail.example.ae', user: 'wafa', password: SECRET });
    expect(installation.configuration.env).toMatchObject({ WAFA_COMPANY: 'ACME', PATH: '/bin' });
  });

  test('that is empty in the environment counts as not set', () => {
    const { home, write } = settingsFolder();
    write('config.json', JSON.stringify({ WAFA_COMPANY: 'ACME' }));
    expect(sourceOf({ WAFA_HOME: home, WAFA_COMPANY: '' }, 'WAFA_COMPANY')).toEqual({ value: 'ACME', source: 'configuration file' });
  });
});

describe('shown to a person', () => {
  test('every setting is there with its source, and no secret in any form', () => {
    const { home, write } = settingsFolder();
    const env = {
      WAFA_HOME: home,
      DATABASE_URL: `${URL_WITH_SECRET}?password=${SECRET}`,
      DATABASE_OWNER_URL: SECRET,
      SMTP_URL: `smtp://wafa:${SECRET}@localhost`,
      SMTP_PASSWORD_FILE: write('password', SECRET),
      WAFA_TOKEN_FILE: write('token', SECRET),
    };
    const shown = shownSettings(readConfiguration(env));
    expect(shown.map(({ name }) => name)).toEqual(SETTINGS.map(({ name }) => name));
    expect(JSON.stringify(shown)).not.toContain(SECRET);
    const valueOf = (name: string): unknown => shown.find((one) => one.name === name)?.value;
    expect(valueOf('DATABASE_URL')).toBe('postgresql://wafa_app:[redacted]@db.example:5432/wafa');
    expect(valueOf('SMTP_PASSWORD')).toBe('[redacted]');
    expect(shown.find(({ name }) => name === 'WAFA_TOKEN')).toMatchObject({ source: 'private file', place: env.WAFA_TOKEN_FILE });
  });

  test('a variable that looks like a setting and is none is named', () => {
    expect(unknownVariables({ WAFA_COMPNAY: 'ACME', WAFA_TOKEN_FILE: '/t', WAFA_HOME: '/h', SMTP_TLS: 'off', HOME: '/' })).toEqual([
      'SMTP_TLS',
      'WAFA_COMPNAY',
    ]);
  });
});

describe('what is wrong or dangerous keeps the program from starting', () => {
  const CASES: readonly (readonly [string, Environment, string])[] = [
    ['options for every connection', { PGOPTIONS: '-c role=postgres -c row_security=off' }, 'config.dangerous-environment'],
    ['certificate checks switched off', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'config.dangerous-environment'],
    ['another host for the database', { DATABASE_URL: URL_WITH_SECRET, PGHOST: 'elsewhere' }, 'config.dangerous-environment'],
    ['weaker encryption to the database', { DATABASE_URL: URL_WITH_SECRET, PGSSLMODE: 'no-verify' }, 'config.dangerous-environment'],
    [
      'options in the address of the database',
      { DATABASE_URL: `${URL_WITH_SECRET}?options=-c%20wafa.company_id%3D5` },
      'config.bad-setting',
    ],
    ['no address of a database', { DATABASE_URL: 'mysql://u@h/d' }, 'configuration.bad-value'],
    [
      'a moved clock with a real mail server',
      { WAFA_CLOCK: '2026-11-23T09:00:00+04:00', SMTP_URL: 'smtps://mail.example.ae' },
      'config.clock-with-real-mail',
    ],
    ['a clock that is no instant', { WAFA_CLOCK: 'tomorrow' }, 'config.bad-clock'],
    ['no encryption to a mail server', { SMTP_URL: 'smtp://mail.example.ae?ignoreTLS=true' }, 'config.bad-smtp-url'],
    [
      'certificates of a mail server not checked',
      { SMTP_URL: 'smtp://mail.example.ae?tls.rejectUnauthorized=false' },
      'config.bad-smtp-url',
    ],
    ['a password where other programs see it', { SMTP_PASSWORD: SECRET }, 'config.secret-in-environment'],
    ['domains that are none', { WAFA_MAIL_DOMAINS: 'acme.ae, not a domain' }, 'config.bad-setting'],
    ['a company code that is none', { WAFA_COMPANY: '1; select pg_sleep(10)' }, 'config.bad-setting'],
    ['a line break in a value', { WAFA_OUTBOX: '/srv/out\nbox' }, 'config.bad-setting'],
    ['a value without end', { WAFA_OUTBOX: 'x'.repeat(100_000) }, 'config.bad-setting'],
    ['a configuration file that is not there', { WAFA_CONFIG: '/nonexistent/config.json' }, 'config.unreadable-file'],
  ];

  test.for(CASES)('%s', ([, env, code]) => {
    const fault = faultOf({ WAFA_HOME: '/nonexistent', ...env });
    expect(fault).toMatchObject({ code, kind: 'configuration' });
    expect(`${fault.message} ${fault.tryThis}`).not.toContain(SECRET);
  });

  test('PGHOST means nothing to the built-in database, so it is left alone there', () => {
    expect(() => readConfiguration({ WAFA_HOME: '/nonexistent', PGHOST: 'elsewhere' })).not.toThrow();
  });

  test('several at once are told at once', () => {
    const fault = faultOf({ WAFA_HOME: '/nonexistent', PGOPTIONS: '-c x=y', WAFA_MAIL_DOMAINS: '-', WAFA_COMPANY: '*' });
    expect(fault.message).toMatch(/^3 settings are wrong\. PGOPTIONS .* WAFA_MAIL_DOMAINS .* WAFA_COMPANY /);
  });

  const FILES: readonly (readonly [string, string, string])[] = [
    ['that is not JSON', `{"DATABASE_URL": "${SECRET}`, 'config.bad-file'],
    ['that is a list', '[]', 'config.bad-file'],
    ['with a setting there is not', '{"smtp.tls.rejectUnauthorized": false}', 'config.unknown-setting'],
    ['with a lease of its own', '{"leaseSeconds": 30}', 'config.unknown-setting'],
    ['with a sender id of its own', '{"WAFA_INSTANCE_ID": "one"}', 'config.unknown-setting'],
    ['with a number for text', '{"WAFA_COMPANY": 1}', 'config.bad-setting'],
    ['that says where it is', '{"WAFA_HOME": "/elsewhere"}', 'config.wrong-place'],
    ['with a secret that belongs into a private file', `{"SMTP_PASSWORD": "${SECRET}"}`, 'config.wrong-place'],
  ];

  test.for(FILES)('a configuration file %s', ([, text, code]) => {
    const { home, write } = settingsFolder();
    write('config.json', text);
    const fault = faultOf({ WAFA_HOME: home });
    expect(fault).toMatchObject({ code, kind: 'configuration' });
    expect(fault.message).not.toContain(SECRET);
  });
});

describe('a file with a secret', () => {
  const MODES = [0o644, 0o640, 0o666, 0o604];
  test.for(MODES)('is refused when its permissions are %i (decimal)', (mode) => {
    const { home, write } = settingsFolder();
    expect(faultOf({ WAFA_HOME: home, DATABASE_URL_FILE: write('url', URL_WITH_SECRET, mode) })).toMatchObject({
      code: 'config.open-file',
    });
    write('config.json', JSON.stringify({ DATABASE_URL: URL_WITH_SECRET }), mode);
    expect(faultOf({ WAFA_HOME: home })).toMatchObject({ code: 'config.open-file' });
  });

  test('loses one line end, as echo puts there, and nothing else', () => {
    const { home, write } = settingsFolder();
    for (const [text, value] of [
      [`${SECRET}\n`, SECRET],
      [`${SECRET}\r\n`, SECRET],
      [`${SECRET} `, `${SECRET} `],
    ] as const) {
      expect(sourceOf({ WAFA_HOME: home, WAFA_TOKEN_FILE: write('token', text) }, 'WAFA_TOKEN')).toMatchObject({ value });
    }
    for (const text of ['', '\n', `${SECRET}\n\n`, `one\ntwo`]) {
      expect(faultOf({ WAFA_HOME: home, WAFA_TOKEN_FILE: write('token', text) })).toMatchObject({ code: 'config.bad-secret-file' });
    }
  });

  test('is no folder and no device, and is not named beside the value itself', () => {
    const { home, write } = settingsFolder();
    mkdirSync(join(home, 'folder'));
    symlinkSync('/dev/zero', join(home, 'endless'));
    expect(faultOf({ WAFA_HOME: home, WAFA_TOKEN_FILE: join(home, 'folder') })).toMatchObject({ code: 'config.bad-file' });
    expect(faultOf({ WAFA_HOME: home, WAFA_TOKEN_FILE: join(home, 'endless') })).toMatchObject({ code: 'config.bad-file' });
    expect(faultOf({ WAFA_HOME: home, WAFA_TOKEN_FILE: write('token', SECRET), WAFA_TOKEN: SECRET })).toMatchObject({
      code: 'config.given-twice',
    });
  });
});

describe('a configuration file others may write', () => {
  test('is refused even without a secret: they could send mail elsewhere', () => {
    const { home, write } = settingsFolder();
    write('config.json', '{}', 0o666);
    expect(faultOf({ WAFA_HOME: home })).toMatchObject({ code: 'config.open-file' });
    write('config.json', '{}', 0o644);
    expect(() => readConfiguration({ WAFA_HOME: home })).not.toThrow();
  });
});

describe('the From address of a company', () => {
  const installationWith = (env: Environment): Parameters<typeof refuseUnverifiedSender>[0] =>
    openInstallation({ env: { WAFA_HOME: '/nonexistent', ...env }, operatingSystemLogin: 'amal' });
  const mail = { SMTP_URL: 'smtps://mail.example.ae', WAFA_MAIL_DOMAINS: 'acme.ae, Acme.COM' };

  test('outside the verified domains is refused where mail leaves', () => {
    expect(() => refuseUnverifiedSender(installationWith(mail), 'accounts@acme.ae.evil.test')).toThrow('evil.test is not among');
    expect(() => refuseUnverifiedSender(installationWith(mail), 'accounts@mail.acme.ae')).toThrow('WAFA_MAIL_DOMAINS');
  });

  test('inside them is not, nor anywhere when no domains are named or mail reaches nobody', () => {
    expect(() => refuseUnverifiedSender(installationWith(mail), 'accounts@ACME.com')).not.toThrow();
    expect(() => refuseUnverifiedSender(installationWith({ SMTP_URL: mail.SMTP_URL }), 'accounts@any.test')).not.toThrow();
    expect(() => refuseUnverifiedSender(installationWith({ WAFA_MAIL_DOMAINS: 'acme.ae' }), 'accounts@any.test')).not.toThrow();
  });
});
