/** The database: there or not, whose, how old, whose clock. Companies and their last plans come with it. */
import { fault, ok, warning, type Finding } from './finding.ts';
import { readCompany } from '../company-settings.ts';
import { refuseUnverifiedSender } from '../configuration/verified-sender.ts';
import type { Installation } from '../installation.ts';
import { listCompanies } from '../list-companies.ts';
import { readStatus } from '../read-status.ts';
import { openSession } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Database } from '../../store/connection/pool.ts';
import { withInstallation } from '../../store/connection/with-company.ts';
import { databaseNow } from '../../store/sql/database-now.ts';
import { serverVersion } from '../../store/sql/server-version.ts';

const OLDEST_POSTGRES = 15;

/** Mails carry the machine's time and leases the database's; a few seconds apart neither is noticed. */
const NOTICEABLE_SKEW_MS = 5_000;

/** A minute apart, log and audit of one event no longer meet. */
const MOST_SKEW_MS = 60_000;

/** Opening it runs the self-check: login, row-level security, version of the tables. */
export async function examineDatabase(installation: Installation): Promise<readonly Finding[]> {
  let database: Database;
  try {
    database = await installation.database();
  } catch (error) {
    return [databaseFault(error), ok('Companies', 'not looked at: they are in the database')];
  }
  const { version, skewMs } = await withInstallation(database, async (sql) => {
    const name = await serverVersion(sql);
    const askedAt = Temporal.Now.instant();
    const now = await databaseNow(sql);
    const answeredAt = Temporal.Now.instant();
    const halfWayMs = (askedAt.epochMilliseconds + answeredAt.epochMilliseconds) / 2;
    return { version: name, skewMs: now.epochMilliseconds - halfWayMs };
  });
  return [examineVersion(installation, version), WALLS, judgeSkew(skewMs), ...(await examineCompanies(installation))];
}

/** Told here rather than thrown: the rest of what was looked at is worth knowing all the more. */
function databaseFault(error: unknown): Finding {
  if (!(error instanceof OperatorError)) throw error;
  return fault('Database', { found: error.message, meaning: 'Nothing can be read, planned or sent.', tryThis: error.tryThis });
}

function examineVersion({ settings }: Installation, version: string): Finding {
  const found = `PostgreSQL ${version}, ${settings.kind === 'embedded' ? 'built in' : 'a server of your own'}`;
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRES) return ok('Database', found);
  return fault('Database', { found, meaning: `Wafa needs PostgreSQL ${OLDEST_POSTGRES} or newer.`, tryThis: 'Upgrade the server.' });
}

/** Otherwise the database would not have been opened. */
const WALLS = ok('Companies apart', 'the login is bound by row-level security, every table has it, and the tables are of this release');

export function judgeSkew(skewMs: number): Finding {
  const found = `the database's clock is ${(Math.abs(skewMs) / 1000).toFixed(1)} s ${skewMs < 0 ? 'behind' : 'ahead of'} this machine's`;
  const tryThis = 'Set both by a time server (chrony or systemd-timesyncd).';
  if (Math.abs(skewMs) > MOST_SKEW_MS)
    return fault('Clock', { found, meaning: 'Due times and the dates of mails are wrong by that much.', tryThis });
  if (Math.abs(skewMs) > NOTICEABLE_SKEW_MS)
    return warning('Clock', { found, meaning: 'Logs and the audit will not agree on times.', tryThis });
  return ok('Clock', found);
}

/** Those that whoever asks may enter; others are none of their business. */
async function examineCompanies(installation: Installation): Promise<readonly Finding[]> {
  const codes = await listCompanies(installation);
  if (codes.length === 0) {
    const trouble = {
      found: 'none you work for',
      meaning: 'There is nothing to plan.',
      tryThis: 'Run `wafa init` or `wafa demo`, or ask an ADMIN to add you.',
    };
    return [warning('Companies', trouble)];
  }
  return await Promise.all(codes.map((code) => examineCompany(installation, code)));
}

async function examineCompany(installation: Installation, code: string): Promise<Finding> {
  const check = `Company ${code}`;
  try {
    const session = await openSession(installation, code);
    refuseUnverifiedSender(installation, (await readCompany(session)).mailFromAddress);
    const { lastRun, sending } = await readStatus(session);
    const stopped = sending.stopped ?? sending.paused;
    const found = lastRun === null ? 'not planned yet' : `last planned as of ${lastRun.asOn}: ${lastRun.reminders} reminders`;
    if (stopped === null) return ok(check, found);
    return warning(check, {
      found: `${found}; sending is stopped: ${stopped}`,
      meaning: 'Approved mail waits.',
      tryThis: 'Run `wafa status` to see by what.',
    });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return warning(check, { found: error.message, meaning: 'It cannot be looked at.', tryThis: error.tryThis });
  }
}
