/**
 * Brings a backup back into an empty database and makes it safe to open: everything is stopped, what was on its way is left for people to look
 * at, because it may have left since, and who was erased since is erased again.
 */
import { backupKeyPath, readBackupKey } from './backup-key.ts';
import { act } from '../act.ts';
import type { Installation } from '../installation.ts';
import { eraseContact } from '../privacy/erase-contact.ts';
import { erasures } from '../privacy/erasure-log.ts';
import { moveRequested } from '../requested/move-requested.ts';
import type { Session } from '../session.ts';
import { needsReview } from '../review-approved.ts';
import { transition } from '../transition.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { headerOf, type BackupHeader } from '../../store/backup/sealed-file.ts';
import { readBackup } from '../../store/backup/read-backup.ts';
import { applicationTarget, ownerLogin } from '../../store/connection/target.ts';
import { withCompany, withInstallation } from '../../store/connection/with-company.ts';
import { migrateToExactly, migrateUp } from '../../store/migrate.ts';
import { companyTimeZone } from '../../store/sql/company-settings.ts';
import { allCompanies } from '../../store/sql/directory.ts';
import { remindersInFlight, requestedInFlight } from '../../store/sql/reminders/in-flight.ts';

export interface Restored {
  readonly writtenAt: string;
  readonly program: string;
  readonly tables: number;
  readonly migrated: readonly string[];
  readonly companies: number;
  /** Reminders and mail on request that wait for a person now. */
  readonly toReview: number;
  readonly erasedAgain: number;
}

export interface RestoreRequest {
  readonly path: string;
  /** The installation's own without it. */
  readonly keyPath?: string | undefined;
}

/** @throws OperatorError `backup.not-one|changed|not-empty|newer|bad-key` */
export async function restoreDatabase(installation: Installation, { path, keyPath }: RestoreRequest): Promise<Restored> {
  const key = readBackupKey(keyPath ?? backupKeyPath(installation.home));
  const header = await headerOf(path);
  const owner = ownerLogin(await applicationTarget(installation.settings));
  if (!(await migrateToExactly(owner, header.migrations))) throw newer(header);
  const stopped = `restored from a backup of ${header.createdAt}`;
  const tables = await readBackup(owner, { path, key, stopped });
  const migrated = await migrateUp(owner);
  const sessions = await systemSessions(installation);
  let toReview = 0;
  for (const session of sessions) toReview += await leaveForPeople(session, stopped);
  const erasedAgain = await eraseAgain(installation.home, sessions);
  return { writtenAt: header.createdAt, program: header.program, tables, migrated, companies: sessions.length, toReview, erasedAgain };
}

/** The program itself acts: nobody is known yet in a database just read in. */
async function systemSessions(installation: Installation): Promise<readonly Session[]> {
  const database = await installation.database();
  const sessions: Session[] = [];
  for (const { companyId, companyCode } of await withInstallation(database, allCompanies, { isReadOnly: true })) {
    const timeZone = await withCompany(database, companyId, companyTimeZone, { isReadOnly: true });
    if (timeZone !== undefined) sessions.push({ installation, database, companyId, companyCode, timeZone, actor: { kind: 'SYSTEM' } });
  }
  return sessions;
}

const WHY = 'restored from a backup: it may have left since';

const leaveForPeople = (session: Session, stopped: string): Promise<number> =>
  act(session, 'send', async (context) => {
    context.record({ objectKind: 'verb', objectId: null, toState: 'STOPPED', reason: stopped });
    const reminders = await remindersInFlight(context.tx);
    for (const { id, status, version } of reminders) {
      const move = { id, from: status, guard: { version }, reason: 'restored' } as const;
      if (status === 'TRANSMITTING')
        await transition(context, { ...move, to: 'UNCERTAIN', change: { leaseUntil: null, leaseHolder: null, statusReason: WHY } });
      else await transition(context, { ...move, to: 'NEEDS_REVIEW', change: needsReview([WHY]) });
    }
    const requested = await requestedInFlight(context.tx);
    for (const { id, status, fence } of requested)
      await moveRequested(context, {
        id,
        from: status,
        to: status === 'TRANSMITTING' ? 'UNCERTAIN' : 'CANCELLED',
        fence: status === 'QUEUED' ? null : fence,
        reason: WHY,
        code: 'restored',
      });
    return reminders.length + requested.length;
  });

/** By the numbers of the contacts: a backup from before knows them and not the erasure. */
async function eraseAgain(home: string, sessions: readonly Session[]): Promise<number> {
  let erased = 0;
  for (const { companyCode, contactIds } of await erasures(home)) {
    const session = sessions.find((one) => one.companyCode === companyCode);
    if (session === undefined) continue;
    for (const id of contactIds) if (await isErased(session, id)) erased += 1;
  }
  return erased;
}

async function isErased(session: Session, contactId: number): Promise<boolean> {
  try {
    await eraseContact(session, String(contactId));
    return true;
  } catch (error) {
    // Erased before the backup was written, or never in it.
    if (error instanceof OperatorError && error.code === 'privacy.unknown-person') return false;
    throw error;
  }
}

const newer = ({ program }: BackupHeader): OperatorError =>
  new OperatorError({
    code: 'backup.newer',
    kind: 'configuration',
    message: `The backup was written by Wafa ${program}, which has tables this release does not know.`,
    tryThis: 'Restore it with that release or a later one.',
  });
