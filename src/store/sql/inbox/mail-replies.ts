/** What people answered. The text and the address are theirs: both are erased when they have lain long enough. */
import type { Instant } from '../../../domain/days.ts';
import type { CustomerId, ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface NewMailReply {
  readonly eventId: number;
  /** The account. */
  readonly customerId: CustomerId;
  readonly fromAddress: string | null;
  readonly firstLines: string | null;
  readonly receivedAt: Instant;
}

export async function insertMailReply(tx: CompanyTx, reply: NewMailReply): Promise<void> {
  await tx.query(
    'insert into mail_replies (company_id, email_event_id, customer_id, from_address, first_lines, received_at) values ($1, $2, $3, $4, $5, $6)',
    [tx.companyId, reply.eventId, reply.customerId, reply.fromAddress, reply.firstLines, reply.receivedAt],
  );
}

export interface MailReplyRow {
  readonly id: number;
  readonly customerCode: string;
  readonly customerName: string;
  /** Null for an answer to a statement or a copy. */
  readonly reminderId: ReminderId | null;
  readonly receivedAt: Instant;
  readonly fromAddress: string | null;
  readonly firstLines: string | null;
  /** It waits for a person. */
  readonly isWaiting: boolean;
}

/** The newest first; of one account, or of all. */
export const mailReplies = (
  tx: CompanyTx,
  { accountId, limit }: { readonly accountId: CustomerId | null; readonly limit: number },
): Promise<readonly MailReplyRow[]> =>
  tx.query<MailReplyRow>(
    `select m.id, c.code as customer_code, c.name as customer_name, e.consolidated_reminder_id as reminder_id, m.received_at, m.from_address,
            m.first_lines,
            exists (select from blocks b where b.company_id = $1 and b.customer_id = m.customer_id and b.kind = 'REPLY' and b.ended_at is null)
              as is_waiting
       from mail_replies m
       join email_events e on e.company_id = $1 and e.id = m.email_event_id
       join customers c on c.company_id = $1 and c.id = m.customer_id
      where m.company_id = $1 and ($2::bigint is null or m.customer_id = $2)
      order by m.id desc limit $3`,
    [tx.companyId, accountId, limit],
  );

/** When an account answered last; undefined when it never did. */
export const lastReplyAt = (tx: CompanyTx, accountId: CustomerId): Promise<{ readonly receivedAt: Instant } | undefined> =>
  tx.maybeOne('select received_at from mail_replies where company_id = $1 and customer_id = $2 order by id desc limit 1', [
    tx.companyId,
    accountId,
  ]);

/** An answer of the account that nobody has dealt with stands already. */
export async function isReplyWaiting(tx: CompanyTx, accountId: CustomerId): Promise<boolean> {
  const found = await tx.maybeOne(
    `select id from blocks where company_id = $1 and customer_id = $2 and kind = 'REPLY' and invoice_id is null and ended_at is null limit 1`,
    [tx.companyId, accountId],
  );
  return found !== undefined;
}

/** The first answer is the one that counts. */
export async function markResponded(tx: CompanyTx, reminderId: ReminderId, at: Instant): Promise<void> {
  await tx.query(
    `update customer_consolidated_reminders set response_kind = 'REPLY', responded_at = $3
      where company_id = $1 and id = $2 and response_kind is null`,
    [tx.companyId, reminderId, at],
  );
}
