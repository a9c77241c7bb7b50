/** The shared list of dangerous configurations: each case and what keeps it from taking effect. */
import { describe, expect, test } from 'vitest';

import { openInstallation } from '../../../src/app/installation.ts';
import { refuseUnverifiedSender } from '../../../src/app/configuration/verified-sender.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { LATEST_MIGRATION, PROGRAM_SCHEMA } from '../../../src/store/schema/latest-migration.ts';
import { bindingFault, judgeSchema } from '../../../src/store/self-check/self-check.ts';
import type { BindingFacts } from '../../../src/store/sql/self-check.ts';
import { badInputs, hasBadInputs } from '../../support/bad-inputs.ts';
import { settingsFolder } from './files.ts';

type Attempt = () => unknown;

const started = (env: Readonly<Record<string, string>>): unknown =>
  openInstallation({ env: { WAFA_HOME: '/nonexistent', ...env }, operatingSystemLogin: 'amal' });

const startedWithFile = (settings: object): unknown => {
  const { home, write } = settingsFolder();
  write('config.json', JSON.stringify(settings));
  return started({ WAFA_HOME: home });
};

/** A database in order; the catalogue of a real one is asked in `test/store/self-check`. */
const APART: BindingFacts = {
  unboundRoles: [],
  ownerRoles: [],
  openTables: [],
  standingCompany: null,
  isRowSecurityOn: true,
  hasTables: true,
};

const checked = (facts: Partial<BindingFacts>): unknown => {
  const fault = bindingFault({ ...APART, ...facts });
  if (fault !== null) throw fault;
  return undefined;
};

/** Every way a person could try to bring the case about; each must be refused. */
const REFUSED: Readonly<Record<string, readonly Attempt[]>> = {
  'smtp.tls.rejectUnauthorized=false': [
    () => startedWithFile({ 'smtp.tls.rejectUnauthorized': false }),
    () => started({ SMTP_URL: 'smtp://mail.example.ae?tls.rejectUnauthorized=false' }),
    () => started({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
  ],
  'smtp.ignoreTLS=true': [
    () => startedWithFile({ 'smtp.ignoreTLS': true }),
    () => started({ SMTP_URL: 'smtp://mail.example.ae?ignoreTLS=true' }),
  ],
  'db role is superuser': [() => checked({ unboundRoles: ['postgres'] })],
  'db role has BYPASSRLS': [() => checked({ unboundRoles: ['wafa_backup'] })],
  'table without RLS or FORCE': [() => checked({ openTables: ['customers'] })],
  'db schema newer than the binary': [
    () => judgeSchema({ latestMigration: LATEST_MIGRATION, window: { oldest: PROGRAM_SCHEMA + 1, newest: PROGRAM_SCHEMA + 1 } }),
    () => judgeSchema({ latestMigration: 'Migration29990101000000', window: { oldest: 1, newest: PROGRAM_SCHEMA } }),
  ],
  'secret file mode 0644': [
    () => started({ SMTP_PASSWORD_FILE: settingsFolder().write('password', 'x', 0o644) }),
    () => started({ DATABASE_URL_FILE: settingsFolder().write('url', 'postgresql://u:p@h/d', 0o644) }),
  ],
  // How long a lease lasts and how long a mail server may take are no settings: they are chosen together, and a lease is prolonged
  // every 15 s while mail is on its way.
  'lease 30 s with SMTP timeout 600 s': [() => startedWithFile({ lease: '30 s' }), () => startedWithFile({ WAFA_LEASE_SECONDS: '30' })],
  'from address outside the verified domains': [
    () =>
      refuseUnverifiedSender(
        openInstallation({
          env: { WAFA_HOME: '/nonexistent', SMTP_URL: 'smtps://mail.acme.ae', WAFA_MAIL_DOMAINS: 'acme.ae' },
          operatingSystemLogin: 'amal',
        }),
        'accounts@other.example',
      ),
  ],
  // A sender's id is random at every start and cannot be given, so two of them never share one.
  'two daemons with the same instance id': [() => startedWithFile({ WAFA_INSTANCE_ID: 'one' })],
};

/** The one case that is a habit rather than a danger. */
const ACCEPTED = 'secret ends with newline';

describe.runIf(hasBadInputs)('a dangerous configuration', () => {
  const cases = badInputs('config');

  test.for(cases.filter(({ input }) => input !== ACCEPTED).map(({ id, input, why }) => [id, input ?? '', why] as const))(
    '%s %s: %s',
    ([, input]) => {
      const attempts = REFUSED[input] ?? [];
      expect(attempts, `no answer to "${input}"`).not.toEqual([]);
      for (const attempt of attempts) expect(faultOf(attempt)).toBe('configuration');
    },
  );

  test(`is not one whose ${ACCEPTED}: one line end is taken away`, () => {
    const { home, write } = settingsFolder();
    const env = { WAFA_HOME: home, SMTP_URL: 'smtps://wafa@mail.acme.ae', SMTP_PASSWORD_FILE: write('password', 'pass word\n') };
    expect(openInstallation({ env, operatingSystemLogin: 'amal' }).mail).toMatchObject({ password: 'pass word' });
  });

  test('does start without any of them', () => {
    expect(() => started({ SMTP_URL: 'smtps://mail.acme.ae' })).not.toThrow();
    expect(() => checked({})).not.toThrow();
  });
});

function faultOf(attempt: Attempt): unknown {
  try {
    attempt();
  } catch (error) {
    if (error instanceof OperatorError) return error.kind;
    throw error;
  }
  return 'nothing was refused';
}
