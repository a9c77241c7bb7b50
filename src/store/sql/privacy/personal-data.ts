/** What is kept about a person, found by their address or as one contact. */
import type { Instant } from '../../../domain/days.ts';
import type { ContactId, CustomerId } from '../../../domain/ids.ts';
import type { DeliveryStatus } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface PersonRow {
  readonly id: ContactId;
  readonly accountId: CustomerId;
  readonly customerCode: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly title: string | null;
  readonly role: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly language: string | null;
  readonly source: string;
  readonly legalBasis: string;
  readonly createdAt: Instant;
  readonly version: number;
}

/** Of every customer they are a contact of, whatever the capitals of the address; erased ones name nobody and are left out. */
export const contactsOfPerson = (
  tx: CompanyTx,
  person: { readonly address: string | null; readonly id: ContactId | null },
): Promise<readonly PersonRow[]> =>
  tx.query<PersonRow>(
    `select k.id, c.account_id, c.code as customer_code, k.name, k.name_ar, k.title, k.role, k.address, k.phone, k.language, k.source, k.legal_basis,
            k.created_at, k.version
       from contacts k join customers c on c.company_id = $1 and c.id = k.customer_id
      where k.company_id = $1 and k.erased_at is null and (lower(k.address) = lower($2::text) or k.id = $3::bigint)
      order by k.id`,
    [tx.companyId, person.address, person.id],
  );

export interface MailToPerson {
  readonly kind: 'REMINDER' | 'REQUESTED';
  readonly id: number;
  readonly status: DeliveryStatus;
  readonly version: number;
  readonly recipientName: string;
  readonly recipientAddress: string;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
}

/** Reminders and mail on request that were composed for them, newest first. */
export const mailsToPerson = (
  tx: CompanyTx,
  { address, contactIds }: { readonly address: string | null; readonly contactIds: readonly ContactId[] },
): Promise<readonly MailToPerson[]> =>
  tx.query<MailToPerson>(
    `select 'REMINDER' as kind, id, delivery_status as status, version, recipient_name, recipient_address, created_at, sent_at
       from customer_consolidated_reminders
      where company_id = $1 and (contact_id = any($3::bigint[]) or lower(recipient_address) = lower($2::text))
     union all
     select 'REQUESTED', id, status, version, recipient_name, recipient_address, created_at, sent_at
       from requested_mails
      where company_id = $1 and (contact_id = any($3::bigint[]) or lower(recipient_address) = lower($2::text))
      order by created_at desc, id desc`,
    [tx.companyId, address, contactIds],
  );

/** What they answered, as far as it has not been erased. */
export const repliesOfPerson = (
  tx: CompanyTx,
  address: string,
): Promise<readonly { readonly receivedAt: Instant; readonly firstLines: string | null }[]> =>
  tx.query(
    `select received_at, first_lines from mail_replies where company_id = $1 and lower(from_address) = lower($2::text) order by id`,
    [tx.companyId, address],
  );

export const suppressionsOfPerson = (
  tx: CompanyTx,
  address: string,
): Promise<readonly { readonly reason: string; readonly evidence: string | null; readonly createdAt: Instant }[]> =>
  tx.query(`select reason, evidence, created_at from suppressions where company_id = $1 and lower(address) = lower($2::text) order by id`, [
    tx.companyId,
    address,
  ]);

/** Notes of calls and visits, blocks and remarks of their accounts that name them. */
export const notesNaming = (
  tx: CompanyTx,
  { accountIds, words }: { readonly accountIds: readonly CustomerId[]; readonly words: readonly string[] },
): Promise<readonly { readonly kind: string; readonly id: number; readonly text: string }[]> =>
  tx.query(
    `select * from (
       select 'contact' as kind, id, concat_ws(' / ', result, note) as text from contact_log where company_id = $1 and customer_id = any($2::bigint[])
       union all
       select 'block', id, concat_ws(' / ', reason, reference, asked_by) from blocks where company_id = $1 and customer_id = any($2::bigint[])
       union all
       select 'customer', id, notes from customers where company_id = $1 and account_id = any($2::bigint[]) and notes is not null
     ) n
      where exists (select from unnest($3::text[]) w where position(lower(w) in lower(n.text)) > 0)
      order by kind, id`,
    [tx.companyId, accountIds, words],
  );

/** @returns false when the contact was changed since it was read. */
export async function correctContact(
  tx: CompanyTx,
  { id, version }: Pick<PersonRow, 'id' | 'version'>,
  change: Readonly<Partial<Record<'name' | 'name_ar' | 'title' | 'phone' | 'address', string | null>>>,
): Promise<boolean> {
  const names = Object.keys(change);
  const rows = await tx.execute(
    `update contacts set ${names.map((name, index) => `${name} = $${index + 4}`).join(', ')}, version = version + 1, updated_at = now()
      where company_id = $1 and id = $2 and version = $3`,
    [tx.companyId, id, version, ...Object.values(change)],
  );
  return rows === 1;
}
