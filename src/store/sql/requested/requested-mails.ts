/** Mail on request as stored: inserted when ordered, read for the gate and the lists, moved from status to status. */
import type { Day, Instant } from '../../../domain/days.ts';
import type { ContactId, CustomerId, InvoiceId, RequestedMailId, UserId } from '../../../domain/ids.ts';
import type { RequestedKind, RequestedStatus } from '../../../domain/requested-mail.ts';
import type { Language } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { bulkInsert } from '../bulk-insert.ts';

export interface NewRequestedMail {
  readonly kind: RequestedKind;
  readonly customerId: CustomerId;
  readonly contactId: ContactId;
  readonly recipientName: string;
  readonly recipientNameAr: string | null;
  readonly recipientTitle: string | null;
  readonly recipientAddress: string;
  readonly language: Language;
  readonly asOn: Day;
  readonly documentCount: number;
  readonly answersRequest: boolean;
  readonly isRepeat: boolean;
  readonly orderedBy: UserId | null;
  readonly orderedAt: Instant;
  readonly orderedOn: Day;
  readonly renderHash: string;
  readonly messageId: string;
}

/** Queues one mail, due at once. */
export async function insertRequestedMail(
  tx: CompanyTx,
  mail: NewRequestedMail,
  invoiceIds: readonly InvoiceId[],
): Promise<RequestedMailId> {
  const { id } = await tx.one<{ readonly id: RequestedMailId }>(
    `insert into requested_mails (company_id, kind, customer_id, contact_id, recipient_name, recipient_name_ar, recipient_title,
       recipient_address, language, as_on, document_count, answers_request, is_repeat, ordered_by, ordered_at, ordered_on, render_hash,
       message_id, status, status_changed_at, claimable_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'QUEUED', $15, $15)
     returning id`,
    [
      tx.companyId,
      mail.kind,
      mail.customerId,
      mail.contactId,
      mail.recipientName,
      mail.recipientNameAr,
      mail.recipientTitle,
      mail.recipientAddress,
      mail.language,
      mail.asOn,
      mail.documentCount,
      mail.answersRequest,
      mail.isRepeat,
      mail.orderedBy,
      mail.orderedAt,
      mail.orderedOn,
      mail.renderHash,
      mail.messageId,
    ],
  );
  if (invoiceIds.length > 0)
    await bulkInsert(tx, {
      table: 'requested_mail_documents',
      columns: ['requested_mail_id', 'invoice_id'],
      rows: invoiceIds.map((invoiceId) => [id, invoiceId]),
    });
  return id;
}

export interface RequestedMailRow {
  readonly id: RequestedMailId;
  readonly version: number;
  readonly kind: RequestedKind;
  readonly customerId: CustomerId;
  readonly customerCode: string;
  readonly contactId: ContactId;
  readonly recipientName: string;
  readonly recipientNameAr: string | null;
  readonly recipientTitle: string | null;
  readonly recipientAddress: string;
  readonly language: Language;
  readonly asOn: Day;
  readonly documentCount: number;
  readonly answersRequest: boolean;
  readonly orderedBy: UserId | null;
  readonly orderedByLogin: string | null;
  readonly orderedAt: Instant;
  readonly orderedOn: Day;
  readonly renderHash: string;
  readonly messageId: string;
  readonly status: RequestedStatus;
  readonly statusReason: string | null;
  readonly claimableAt: Instant;
  readonly fence: number;
  readonly attemptCount: number;
  readonly sentAt: Instant | null;
  /** Of copies, in the order they were asked for; empty for a statement. */
  readonly invoiceNumbers: readonly string[];
}

const COLUMNS = `m.id, m.version, m.kind, m.customer_id, c.code as customer_code, m.contact_id, m.recipient_name, m.recipient_name_ar,
  m.recipient_title, m.recipient_address, m.language, m.as_on, m.document_count, m.answers_request, m.ordered_by,
  (select u.login from users u where u.company_id = $1 and u.id = m.ordered_by) as ordered_by_login,
  m.ordered_at, m.ordered_on, m.render_hash, m.message_id, m.status, m.status_reason, m.claimable_at, m.fence, m.attempt_count, m.sent_at,
  array(select i.number from requested_mail_documents d join invoices i on i.company_id = $1 and i.id = d.invoice_id
         where d.company_id = $1 and d.requested_mail_id = m.id order by d.id) as invoice_numbers`;
const FROM = 'from requested_mails m join customers c on c.company_id = $1 and c.id = m.customer_id';

/** By id, in id order; those of other companies are not found. */
export const requestedMails = (tx: CompanyTx, ids: readonly RequestedMailId[]): Promise<readonly RequestedMailRow[]> =>
  tx.query<RequestedMailRow>(`select ${COLUMNS} ${FROM} where m.company_id = $1 and m.id = any($2::bigint[]) order by m.id`, [
    tx.companyId,
    ids,
  ]);

/** The same, locked. */
export const lockRequestedMails = (tx: CompanyTx, ids: readonly RequestedMailId[]): Promise<readonly RequestedMailRow[]> =>
  tx.query<RequestedMailRow>(
    `select ${COLUMNS} ${FROM} where m.company_id = $1 and m.id = any($2::bigint[]) order by m.id for update of m`,
    [tx.companyId, ids],
  );

/** The newest first, of one account or of all, of one status or of all. */
export const latestRequestedMails = (
  tx: CompanyTx,
  filter: { readonly customerId: CustomerId | null; readonly status: RequestedStatus | null; readonly limit: number },
): Promise<readonly RequestedMailRow[]> =>
  tx.query<RequestedMailRow>(
    `select ${COLUMNS} ${FROM}
      where m.company_id = $1 and ($2::bigint is null or m.customer_id = $2) and ($3::text is null or m.status = $3)
      order by m.id desc limit $4`,
    [tx.companyId, filter.customerId, filter.status, filter.limit],
  );

/** A statement of these accounts that was ordered on that day and may have reached them. */
export const statementsOrderedOn = (
  tx: CompanyTx,
  question: { readonly customerIds: readonly CustomerId[]; readonly asOn: Day; readonly orderedOn: Day },
): Promise<readonly { readonly id: RequestedMailId; readonly customerId: CustomerId; readonly status: RequestedStatus }[]> =>
  tx.query(
    `select id, customer_id, status from requested_mails
      where company_id = $1 and customer_id = any($2::bigint[]) and kind = 'STATEMENT' and as_on = $3 and ordered_on = $4
        and status <> all (array['CANCELLED', 'REJECTED', 'FAILED'])
      order by id`,
    [tx.companyId, question.customerIds, question.asOn, question.orderedOn],
  );

/** Copies of these invoices that were ordered on that day and may have reached somebody. */
export const copiesOrderedOn = (
  tx: CompanyTx,
  invoiceIds: readonly InvoiceId[],
  orderedOn: Day,
): Promise<readonly { readonly id: RequestedMailId; readonly invoiceId: InvoiceId; readonly status: RequestedStatus }[]> =>
  tx.query(
    `select m.id, d.invoice_id, m.status
       from requested_mail_documents d
       join requested_mails m on m.company_id = $1 and m.id = d.requested_mail_id
      where d.company_id = $1 and d.invoice_id = any($2::bigint[]) and m.ordered_on = $3
        and m.status <> all (array['CANCELLED', 'REJECTED', 'FAILED'])
      order by m.id`,
    [tx.companyId, invoiceIds, orderedOn],
  );

export interface RequestedMove {
  readonly id: RequestedMailId;
  readonly from: RequestedStatus;
  readonly to: RequestedStatus;
  /** Fence a worker holds; `null` for a person, whose move raises it, so that a worker who held it finds no row. */
  readonly fence: number | null;
  readonly at: Instant;
  readonly reason: string | null;
  readonly claimableAt?: Instant;
  readonly sentAt?: Instant;
}

/** False when it is no longer in that status, or somebody else holds it. A move to any status but TRANSMITTING gives up the lease. */
export async function moveRequestedMail(tx: CompanyTx, move: RequestedMove): Promise<boolean> {
  const moved = await tx.maybeOne(
    `update requested_mails
        set status = $4, status_changed_at = $5, status_reason = left($7, 500), version = version + 1,
            fence = fence + case when $6::bigint is null then 1 else 0 end,
            attempt_count = attempt_count + case when $4 = 'TRANSMITTING' then 1 else 0 end,
            lease_until = case when $4 = 'TRANSMITTING' then lease_until end,
            lease_holder = case when $4 = 'TRANSMITTING' then lease_holder end,
            claimable_at = coalesce($8::timestamptz, claimable_at), sent_at = coalesce($9::timestamptz, sent_at)
      where company_id = $1 and id = $2 and status = $3 and ($6::bigint is null or fence = $6)
      returning id`,
    [tx.companyId, move.id, move.from, move.to, move.at, move.fence, move.reason, move.claimableAt ?? null, move.sentAt ?? null],
  );
  return moved !== undefined;
}
