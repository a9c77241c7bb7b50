/** Calls, visits, messages and notes: what was said to a customer outside of mail. */
import type { Day, Instant } from '../../domain/days.ts';
import type { CustomerId, UserId } from '../../domain/ids.ts';
import type { ContactKind } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface NewContact {
  readonly accountId: CustomerId;
  readonly kind: ContactKind;
  readonly happenedOn: Day;
  readonly isContact: boolean;
  readonly result: string | null;
  readonly note: string | null;
  readonly reference: string | null;
  readonly recordedBy: UserId | null;
}

export async function insertContact(tx: CompanyTx, contact: NewContact): Promise<number> {
  const { id } = await tx.one<{ id: number }>(
    `insert into contact_log (company_id, customer_id, kind, happened_on, is_contact, result, note, reference, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      tx.companyId,
      contact.accountId,
      contact.kind,
      contact.happenedOn,
      contact.isContact,
      contact.result,
      contact.note,
      contact.reference,
      contact.recordedBy,
    ],
  );
  return id;
}

export interface ContactRow {
  readonly id: number;
  readonly accountId: CustomerId;
  readonly customerCode: string;
  readonly kind: ContactKind;
  readonly happenedOn: Day;
  readonly isContact: boolean;
  readonly undoneAt: Instant | null;
}

const SELECT = `select l.id, c.account_id, c.code as customer_code, l.kind, l.happened_on, l.is_contact, l.undone_at
       from contact_log l join customers c on c.company_id = $1 and c.id = l.customer_id`;

export const contactById = (tx: CompanyTx, id: number): Promise<ContactRow | undefined> =>
  tx.maybeOne<ContactRow>(`${SELECT} where l.company_id = $1 and l.id = $2`, [tx.companyId, id]);

export const contactByReference = (tx: CompanyTx, accountId: CustomerId, reference: string): Promise<ContactRow | undefined> =>
  tx.maybeOne<ContactRow>(`${SELECT} where l.company_id = $1 and l.customer_id = $2 and l.reference = $3 and l.undone_at is null`, [
    tx.companyId,
    accountId,
    reference,
  ]);

/** Struck out, not deleted. @returns false when somebody else was faster. */
export async function strikeContact(
  tx: CompanyTx,
  id: number,
  { at, by }: { readonly at: Instant; readonly by: UserId | null },
): Promise<boolean> {
  return (
    (await tx.execute(
      'update contact_log set undone_at = $3, undone_by = $4::bigint where company_id = $1 and id = $2 and undone_at is null',
      [tx.companyId, id, at, by],
    )) === 1
  );
}
