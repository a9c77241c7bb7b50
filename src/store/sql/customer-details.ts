/** A customer as people look at one, and the columns they may set. */
import type { Day } from '../../domain/days.ts';
import type { ContactId, CustomerId, ReminderId, UserId } from '../../domain/ids.ts';
import type {
  BusinessType,
  CollectionStatus,
  ConsolidationPreference,
  DeliveryStatus,
  Emirate,
  EscalationLevel,
  Language,
} from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface CustomerDetails {
  readonly id: CustomerId;
  readonly code: string;
  readonly accountId: CustomerId;
  readonly accountCode: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly billTo: string | null;
  readonly trn: string | null;
  readonly businessType: BusinessType | null;
  readonly emirate: Emirate | null;
  readonly phone: string | null;
  readonly language: Language | null;
  readonly paymentTermsDays: number | null;
  readonly graceDays: number | null;
  readonly creditLimitMinor: bigint | null;
  readonly consolidationPreference: ConsolidationPreference;
  readonly maxConsolidationAmountMinor: bigint | null;
  readonly preferredContactInterval: number | null;
  readonly calendarPreset: string | null;
  readonly collectionStatus: CollectionStatus;
  readonly owner: string | null;
  readonly customerSinceOn: Day | null;
  readonly isActive: boolean;
  readonly notes: string | null;
}

const DETAILS = `select c.id, c.code, c.account_id, a.code as account_code, c.name, c.name_ar, b.code as bill_to, c.trn, c.business_type, c.emirate,
            c.phone, c.language, c.payment_terms_days, c.grace_days, c.credit_limit_minor, c.consolidation_preference,
            c.max_consolidation_amount_minor, c.preferred_contact_interval, c.calendar_preset, c.collection_status, u.login as owner,
            c.customer_since_on, c.is_active, c.notes
       from customers c
       join customers a on a.company_id = $1 and a.id = c.account_id
       left join customers b on b.company_id = $1 and b.id = c.bill_to_id
       left join users u on u.company_id = $1 and u.id = c.owner_user_id`;

export const customerDetails = (tx: CompanyTx, code: string): Promise<CustomerDetails | undefined> =>
  tx.maybeOne<CustomerDetails>(`${DETAILS} where c.company_id = $1 and c.code = $2`, [tx.companyId, code]);

/** Columns an operator may set; anything else is a mistake of ours. */
export interface CustomerColumns {
  readonly name?: string;
  readonly name_ar?: string | null;
  readonly bill_to_id?: CustomerId | null;
  readonly trn?: string | null;
  readonly business_type?: BusinessType | null;
  readonly emirate?: Emirate | null;
  readonly phone?: string | null;
  readonly language?: Language | null;
  readonly payment_terms_days?: number | null;
  readonly grace_days?: number | null;
  readonly credit_limit_minor?: bigint | null;
  readonly consolidation_preference?: ConsolidationPreference;
  readonly max_consolidation_amount_minor?: bigint | null;
  readonly preferred_contact_interval?: number | null;
  readonly calendar_preset?: string | null;
  readonly collection_status?: CollectionStatus;
  readonly owner_user_id?: UserId | null;
  readonly customer_since_on?: Day | null;
  readonly is_active?: boolean;
  readonly notes?: string | null;
}

/** Under the account lock. The names of the columns are the type's own, never an operator's text. */
export async function setCustomerColumns(tx: CompanyTx, id: CustomerId, columns: CustomerColumns): Promise<void> {
  const names = Object.keys(columns);
  if (names.length === 0) return;
  const set = names.map((name, index) => `${name} = $${index + 3}`).join(', ');
  await tx.query(`update customers set ${set}, version = version + 1, updated_at = now() where company_id = $1 and id = $2`, [
    tx.companyId,
    id,
    ...(Object.values(columns) as readonly unknown[]),
  ]);
}

export async function hasBranches(tx: CompanyTx, id: CustomerId): Promise<boolean> {
  return (
    (await tx.maybeOne('select 1 as one from customers where company_id = $1 and account_id = $2 and id <> $2 limit 1', [
      tx.companyId,
      id,
    ])) !== undefined
  );
}

export interface ContactDetails {
  readonly id: ContactId;
  readonly name: string;
  readonly nameAr: string | null;
  readonly title: string | null;
  readonly role: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly language: Language | null;
  readonly levels: readonly EscalationLevel[];
  readonly isPrimary: boolean;
  readonly isActive: boolean;
}

/** People of one customer, the primary one first. */
export const contactsOf = (tx: CompanyTx, customerId: CustomerId): Promise<readonly ContactDetails[]> =>
  tx.query<ContactDetails>(
    `select id, name, name_ar, title, role, address, phone, language, levels, is_primary, is_active from contacts
      where company_id = $1 and customer_id = $2 order by (is_primary and is_active) desc, is_active desc, id`,
    [tx.companyId, customerId],
  );

export interface ContactColumns {
  readonly name?: string;
  readonly name_ar?: string | null;
  readonly title?: string | null;
  readonly role?: string | null;
  readonly address?: string | null;
  readonly phone?: string | null;
  readonly language?: Language | null;
  readonly levels?: readonly EscalationLevel[];
  readonly is_primary?: boolean;
  readonly is_active?: boolean;
}

export async function setContactColumns(tx: CompanyTx, id: ContactId, columns: ContactColumns): Promise<void> {
  const names = Object.keys(columns);
  const set = names.map((name, index) => `${name} = $${index + 3}`).join(', ');
  await tx.query(`update contacts set ${set}, version = version + 1, updated_at = now() where company_id = $1 and id = $2`, [
    tx.companyId,
    id,
    ...(Object.values(columns) as readonly unknown[]),
  ]);
}

export async function insertContactPerson(
  tx: CompanyTx,
  customerId: CustomerId,
  columns: ContactColumns & { readonly name: string },
): Promise<ContactId> {
  const names = Object.keys(columns);
  const { id } = await tx.one<{ id: ContactId }>(
    `insert into contacts (company_id, customer_id, source, ${names.join(', ')})
     values ($1, $2, 'operator', ${names.map((_, index) => `$${index + 3}`).join(', ')}) returning id`,
    [tx.companyId, customerId, ...(Object.values(columns) as readonly unknown[])],
  );
  return id;
}

/** First, because the database allows one active primary contact per customer at any moment. */
export async function demotePrimary(tx: CompanyTx, customerId: CustomerId): Promise<void> {
  await tx.query(
    'update contacts set is_primary = false, version = version + 1, updated_at = now() where company_id = $1 and customer_id = $2 and is_primary',
    [tx.companyId, customerId],
  );
}

/** Live reminders of an account that ask for a customer's own invoices. */
export const liveRemindersOver = (
  tx: CompanyTx,
  accountId: CustomerId,
  customerId: CustomerId,
): Promise<readonly { readonly id: ReminderId; readonly status: DeliveryStatus; readonly version: number }[]> =>
  tx.query(
    `select r.id, r.delivery_status as status, r.version from customer_consolidated_reminders r
      where r.company_id = $1 and r.customer_id = $2
        and r.delivery_status in ('PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN')
        and ($2::bigint = $3::bigint or exists (
              select from consolidated_reminder_items i where i.company_id = $1 and i.reminder_id = r.id and i.branch_id = $3))
      order by r.id for update of r`,
    [tx.companyId, accountId, customerId],
  );

export interface TimelineRow {
  readonly on: Day;
  readonly kind: 'reminder' | 'payment' | 'contact' | 'block' | 'write-off';
  readonly id: number;
  readonly what: string;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly isUndone: boolean;
}

/** What happened with an account, newest first; at most `limit` of each kind are looked at. */
export const accountTimeline = (
  tx: CompanyTx,
  accountId: CustomerId,
  { timeZone, limit }: { readonly timeZone: string; readonly limit: number },
): Promise<readonly TimelineRow[]> =>
  tx.query<TimelineRow>(
    `with branch as (select id from customers where company_id = $1 and account_id = $2), event as (
       (select (r.contacted_at at time zone $3)::date as on_day, r.contacted_at as at, 'reminder' as kind, r.id,
               r.escalation_level || ' ' || r.delivery_status as what, null::bigint as amount_minor, null::text as currency, false as is_undone
          from customer_consolidated_reminders r where r.company_id = $1 and r.customer_id = $2 and r.contacted_at is not null
         order by r.id desc limit $4)
       union all
       (select p.received_on, p.created_at, 'payment', p.id, p.method || ' ' || p.reference, p.amount_minor, p.currency, p.reversed_at is not null
          from branch b join payments p on p.company_id = $1 and p.customer_id = b.id order by p.received_on desc, p.id desc limit $4)
       union all
       (select l.happened_on, l.created_at, 'contact', l.id, l.kind || coalesce(': ' || coalesce(l.result, l.note), ''), null, null, l.undone_at is not null
          from contact_log l where l.company_id = $1 and l.customer_id = $2 order by l.happened_on desc, l.id desc limit $4)
       union all
       (select k.started_on, k.created_at, 'block', k.id, k.kind || coalesce(' ' || k.outcome, '') || ': ' || k.reason, k.amount_minor, i.currency, false
          from branch b join blocks k on k.company_id = $1 and k.customer_id = b.id and k.group_id is null
          left join invoices i on i.company_id = $1 and i.id = k.invoice_id order by k.id desc limit $4)
       union all
       (select w.effective_on, w.created_at, 'write-off', w.id, i.number || ': ' || w.reason, w.amount_minor, i.currency,
               exists (select from allocations x where x.company_id = $1 and x.reverses_id = w.id)
          from branch b join invoices i on i.company_id = $1 and i.customer_id = b.id
          join allocations w on w.company_id = $1 and w.invoice_id = i.id and w.kind = 'WRITE_OFF' and w.reverses_id is null
         order by w.id desc limit $4)
     )
     select on_day as "on", kind, id, what, amount_minor, currency, is_undone from event order by on_day desc, at desc, id desc limit $4`,
    [tx.companyId, accountId, timeZone, limit],
  );
