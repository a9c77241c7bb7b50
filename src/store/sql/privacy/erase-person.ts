/** Takes a person out of every row that may be changed; rows, amounts, days and states stay. Under the locks of their accounts. */
import type { ContactId, CustomerId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface ToErase {
  readonly contactIds: readonly ContactId[];
  readonly accountIds: readonly CustomerId[];
  /** As it stands in any row, in small letters; null for a contact without one. */
  readonly address: string | null;
  /** Their name in either script, address and telephone: what is looked for in free text. */
  readonly words: readonly string[];
}

/** What stands in place of a name. */
const NOBODY = '(erased)';

/** An address that nothing can be sent to, by RFC 2606; one per row, because some must differ. */
const NOWHERE = `'erased-' || id || '@erased.invalid'`;

const MAILS = ['customer_consolidated_reminders', 'requested_mails'] as const;

export interface Erased {
  readonly contacts: number;
  readonly mails: number;
  readonly attempts: number;
  readonly replies: number;
  readonly notes: number;
}

export async function erasePerson(tx: CompanyTx, person: ToErase): Promise<Erased> {
  const contacts = await tx.execute(
    `update contacts set name = '${NOBODY}', name_ar = null, title = null, role = null, address = null, phone = null, is_active = false,
            is_primary = false, erased_at = now(), version = version + 1, updated_at = now()
      where company_id = $1 and id = any($2::bigint[])`,
    [tx.companyId, person.contactIds],
  );
  let mails = 0;
  for (const table of MAILS) mails += await eraseRecipient(tx, table, person);
  return { contacts, mails, ...(await eraseWhatWasSaid(tx, person)) };
}

const eraseRecipient = (tx: CompanyTx, table: (typeof MAILS)[number], { contactIds, address }: ToErase): Promise<number> =>
  tx.execute(
    `update ${table} set recipient_name = '${NOBODY}', recipient_name_ar = null, recipient_title = null, recipient_address = ${NOWHERE}
      where company_id = $1 and (contact_id = any($2::bigint[]) or lower(recipient_address) = $3::text)`,
    [tx.companyId, contactIds, address],
  );

async function eraseWhatWasSaid(tx: CompanyTx, { accountIds, address, words }: ToErase): Promise<Omit<Erased, 'contacts' | 'mails'>> {
  // What a server answered often names the address.
  const attempts = await tx.execute(
    `update email_logs set recipient_address = ${NOWHERE}, reply_text = null where company_id = $1 and lower(recipient_address) = $2::text`,
    [tx.companyId, address],
  );
  await tx.execute(
    `update email_logs set reply_text = null where company_id = $1 and reply_text is not null and ${names('reply_text', '$2')}`,
    [tx.companyId, words],
  );
  await tx.execute(`update email_events set evidence = '{}' where company_id = $1 and ${names('evidence::text', '$2')}`, [
    tx.companyId,
    words,
  ]);
  const replies = await tx.execute(
    `update mail_replies set first_lines = null, from_address = null, erased_at = now()
      where company_id = $1 and erased_at is null and (lower(from_address) = $2::text or customer_id = any($3::bigint[]) and ${names('first_lines', '$4')})`,
    [tx.companyId, address, accountIds, words],
  );
  return { attempts, replies, notes: await eraseNotes(tx, accountIds, words) };
}

/** SQL: a text holds one of the words of a parameter, whatever the capitals. */
const names = (text: string, parameter: string): string =>
  `exists (select from unnest(${parameter}::text[]) w where position(lower(w) in lower(${text})) > 0)`;

/** Only in the free text of their accounts: elsewhere the same word may be another's name. A text that names them goes whole. */
async function eraseNotes(tx: CompanyTx, accountIds: readonly CustomerId[], words: readonly string[]): Promise<number> {
  const values = [tx.companyId, accountIds, words];
  const ofAccount = `company_id = $1 and customer_id in (select c.id from customers c where c.company_id = $1 and c.account_id = any($2::bigint[]))`;
  const calls = await tx.execute(
    `update contact_log set note = null, result = null, reference = null
      where ${ofAccount} and ${names(`concat_ws(' ', note, result, reference)`, '$3')}`,
    values,
  );
  const blocks = await tx.execute(
    `update blocks set reason = '${NOBODY}', asked_by = null, reference = null
      where ${ofAccount} and ${names(`concat_ws(' ', reason, asked_by, reference)`, '$3')}`,
    values,
  );
  const customers = await tx.execute(
    `update customers set notes = null where company_id = $1 and account_id = any($2::bigint[]) and notes is not null and ${names('notes', '$3')}`,
    values,
  );
  const reminders = await tx.execute(
    `update customer_consolidated_reminders set status_reason = '${NOBODY}'
      where company_id = $1 and customer_id = any($2::bigint[]) and status_reason is not null and ${names('status_reason', '$3')}`,
    values,
  );
  return calls + blocks + customers + reminders;
}

/** The address stays as its key alone, so that nothing is sent to it should it come back. */
export async function suppressErased(tx: CompanyTx, { address, key }: { readonly address: string; readonly key: string }): Promise<void> {
  // What is lifted may stand twice under one key, what holds may not.
  await tx.query(
    `update suppressions set address = $3, evidence = null, lifted_at = coalesce(lifted_at, now()) where company_id = $1 and lower(address) = lower($2::text)`,
    [tx.companyId, address, key],
  );
  await tx.query(
    `insert into suppressions (company_id, address, reason) values ($1, $2, 'ERASED')
     on conflict (company_id, address) where lifted_at is null do nothing`,
    [tx.companyId, key],
  );
}
