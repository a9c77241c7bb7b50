/** What every run of the chaos suite begins with. */
import { userInfo } from 'node:os';

import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { approveAll, plan } from '../app/sending-day.ts';
import type { TestDatabase } from '../support/database.ts';
import { runChaos, type ChaosPlan, type ChaosReport } from './two-daemons.ts';

/** A company with that many reminders, each of two invoices, approved and free to leave. */
export async function approvedCompany(database: TestDatabase, code: string, reminders: number): Promise<Session> {
  const session = await companyWith(testInstallation(database, { login: userInfo().username }), {
    code,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  await setPolicy(session, {
    'approval.undoMinutes': '0',
    'release.cautionAbove': '100000',
    'sending.perDay': '100000',
    'sending.perDomainPerHour': '10000',
  });
  const codes = Array.from({ length: reminders }, (_, index) => `${code}-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((one) => customer(one)),
    invoices: codes.flatMap((one) => [invoice(one, `${one}/1`, '900', '2026-11-02'), invoice(one, `${one}/2`, '500', '2026-11-05')]),
  });
  await plan(session);
  await approveAll(session);
  return session;
}

export type ChaosChanges = Pick<ChaosPlan, 'forMs' | 'leastKills' | 'seed'> & Partial<ChaosPlan>;

export const chaosIn = (database: TestDatabase, session: Session, changes: ChaosChanges): Promise<ChaosReport> =>
  runChaos({ session, admin: database.admin, env: database.env, appLogin: database.target.application, ...changes });
