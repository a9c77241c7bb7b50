/** A company with a chain of events of some length, and a hand that changes it as only a superuser can. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { act } from '../../../src/app/act.ts';
import { verifyAudit, type VerifiedAudit } from '../../../src/app/audit/verify-audit.ts';
import type { Session } from '../../../src/app/session.ts';
import type { TestDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';

let companies = 0;

/** A new company whose chain has this many events, the first of them its own founding; its anchors lie in a folder of its own. */
export async function companyWithEvents(database: TestDatabase, events: number): Promise<Session> {
  companies += 1;
  const home = mkdtempSync(join(tmpdir(), 'wafa-audit-'));
  const session = await companyWith({ ...testInstallation(database), home }, { code: `AUDIT${companies}` });
  await appendEvents(session, events - 1);
  return session;
}

export async function appendEvents(session: Session, count: number): Promise<void> {
  await act(session, 'hold', async (context) => {
    for (let number = 1; number <= count; number += 1) {
      const detail = { number, until: Temporal.PlainDate.from('2026-11-25'), amountMinor: 8_200n * BigInt(number) };
      context.record({ objectKind: 'reminder', objectId: number, fromState: 'PROPOSED', toState: 'HELD', reason: 'call first', detail });
    }
  });
}

/** Checks the chain against the anchors there are and writes none. */
export const verify = (session: Session): Promise<VerifiedAudit> => verifyAudit(session, { anchors: false });

/** Statements of a superuser whom no trigger and no foreign key stops; `$1` is the company. */
export async function tamper(database: TestDatabase, session: Session, ...statements: readonly string[]): Promise<void> {
  await database.admin.query('set session_replication_role = replica');
  try {
    for (const statement of statements) await database.admin.query(statement.replaceAll('$1', String(session.companyId)));
  } finally {
    await database.admin.query('reset session_replication_role');
  }
}
