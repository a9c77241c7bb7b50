/** An installation over a test database, and companies in it, for tests of what operators do. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BusinessClock } from '../../src/app/clock.ts';
import { createCompany, type CompanyRequest } from '../../src/app/create-company.ts';
import type { Installation } from '../../src/app/installation.ts';
import { openSession, type Session } from '../../src/app/session.ts';
import type { Role } from '../../src/domain/vocabulary.ts';
import { readConfiguration } from '../../src/app/configuration/read-configuration.ts';
import { withCompany } from '../../src/store/connection/with-company.ts';
import { readMailSettings } from '../../src/mail/mail-settings.ts';
import type { TestDatabase } from '../support/database.ts';

/** A Monday with nothing special about it. */
export const MONDAY = '2026-11-23T10:00:00+04:00';

/** Files of all installations of a test file; gone with its process. */
const home = join(tmpdir(), `wafa-test-home-${process.pid}`);
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

/** Business time that stands still. */
export const clockAt = (instant: string): BusinessClock => ({ isOverridden: true, now: async () => Temporal.Instant.from(instant) });

export function testInstallation(
  database: TestDatabase,
  { login = 'amal', at = MONDAY }: { readonly login?: string; readonly at?: string } = {},
): Installation {
  return {
    configuration: readConfiguration({ WAFA_HOME: home }),
    home,
    settings: { kind: 'server', applicationUrl: database.env.DATABASE_URL, ownerUrl: database.env.DATABASE_OWNER_URL },
    mail: readMailSettings({}),
    mailboxes: () => null,
    clock: clockAt(at),
    programVersion: 'test',
    operatingSystemLogin: login,
    database: async () => database.app,
    close: async () => undefined,
  };
}

export async function companyWith(
  installation: Installation,
  request: Partial<CompanyRequest> & { readonly code: string },
): Promise<Session> {
  await createCompany(installation, { name: `Company ${request.code}`, ...request });
  const session = await openSession(installation, request.code);
  // Without the verb, whose event nobody here is to count.
  await withCompany(session.database, session.companyId, (tx) =>
    tx.query('update companies set went_live_at = now() where company_id = $1', [tx.companyId]),
  );
  return session;
}

/** The same company seen by a user with other roles, who is added for it. */
export async function sessionOf(database: TestDatabase, session: Session, login: string, roles: readonly Role[]): Promise<Session> {
  await database.admin.query('insert into users (company_id, login, display_name, roles) values ($1, $2, $2, $3)', [
    session.companyId,
    login,
    roles,
  ]);
  await database.admin.query('insert into directory_logins (login, company_id) values ($1, $2)', [login, session.companyId]);
  return await openSession({ ...session.installation, operatingSystemLogin: login }, session.companyCode);
}
