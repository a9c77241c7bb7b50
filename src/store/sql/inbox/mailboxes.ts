/** How far each mailbox has been read, and who reads it. The lease is by database time; what is shown to people by business time. */
import type { Instant } from '../../../domain/days.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface MailboxRow {
  readonly id: number;
  readonly label: string;
  readonly watchedSinceAt: Instant;
  readonly uidValidity: number | null;
  readonly lastUid: number;
  readonly readAt: Instant | null;
  readonly failedAt: Instant | null;
  readonly failedWhy: string | null;
  readonly failures: number;
  readonly mailsRead: number;
  readonly mailsUnrelated: number;
  readonly mailsForged: number;
}

const COLUMNS = `id, label, watched_since_at, uid_validity, last_uid, read_at, failed_at, failed_why, failures, mails_read, mails_unrelated,
            mails_forged`;

export const mailboxByLabel = (tx: CompanyTx, label: string): Promise<MailboxRow | undefined> =>
  tx.maybeOne<MailboxRow>(`select ${COLUMNS} from mailboxes where company_id = $1 and label = $2`, [tx.companyId, label]);

/** From now on it counts how long it has not been read. Known already: nothing changes. */
export async function watchMailbox(tx: CompanyTx, label: string, at: Instant): Promise<void> {
  await tx.query(
    `insert into mailboxes (company_id, label, watched_since_at) values ($1, $2, $3) on conflict (company_id, label) do nothing`,
    [tx.companyId, label, at],
  );
}

/** The mailbox, for the one who may read it for so long: nobody has it, they had it already, or whoever had it is late. */
export const leaseMailbox = (
  tx: CompanyTx,
  { label, holder, seconds }: { readonly label: string; readonly holder: string; readonly seconds: number },
): Promise<MailboxRow | undefined> =>
  tx.maybeOne<MailboxRow>(
    `update mailboxes set lease_holder = $3::uuid, lease_until = now() + make_interval(secs => $4)
      where company_id = $1 and label = $2 and (lease_until is null or lease_until < now() or lease_holder = $3::uuid)
      returning ${COLUMNS}`,
    [tx.companyId, label, holder, seconds],
  );

export async function releaseMailbox(tx: CompanyTx, { id, holder }: { readonly id: number; readonly holder: string }): Promise<void> {
  await tx.query(
    'update mailboxes set lease_holder = null, lease_until = null where company_id = $1 and id = $2 and lease_holder = $3::uuid',
    [tx.companyId, id, holder],
  );
}

/** Held until the transaction ends: two readers of one mailbox take its mails one after the other. */
export const lockMailbox = (tx: CompanyTx, id: number): Promise<MailboxRow> =>
  tx.one<MailboxRow>(`select ${COLUMNS} from mailboxes where company_id = $1 and id = $2 for update`, [tx.companyId, id]);

export interface MailboxStep {
  readonly id: number;
  readonly uidValidity: number;
  readonly uid: number;
  readonly isUnrelated: boolean;
  readonly isForged: boolean;
}

/** Under the lock of {@link lockMailbox}: one mail further. */
export async function stepMailbox(tx: CompanyTx, { id, uidValidity, uid, isUnrelated, isForged }: MailboxStep): Promise<void> {
  await tx.query(
    `update mailboxes set uid_validity = $3, last_uid = $4, mails_read = mails_read + 1, mails_unrelated = mails_unrelated + $5::int,
            mails_forged = mails_forged + $6::int
      where company_id = $1 and id = $2`,
    [tx.companyId, id, uidValidity, uid, isUnrelated ? 1 : 0, isForged ? 1 : 0],
  );
}

/** Read to its end. */
export async function mailboxWasRead(tx: CompanyTx, id: number, at: Instant): Promise<void> {
  await tx.query('update mailboxes set read_at = $3, failures = 0, failed_at = null, failed_why = null where company_id = $1 and id = $2', [
    tx.companyId,
    id,
    at,
  ]);
}

export async function mailboxFailed(tx: CompanyTx, id: number, { at, why }: { readonly at: Instant; readonly why: string }): Promise<void> {
  await tx.query(
    'update mailboxes set failures = failures + 1, failed_at = $3, failed_why = left($4, 500) where company_id = $1 and id = $2',
    [tx.companyId, id, at, why],
  );
}
