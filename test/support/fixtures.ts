/**
 * A small company in plain SQL, as the application role: a user, a policy, a template, one customer with a contact, two overdue
 * invoices and the reminder about them. {@link fixtureRows} gives a valid row of each of these tables to change one column of.
 */
import {
  asId,
  type CompanyId,
  type ContactId,
  type CustomerId,
  type InvoiceId,
  type PolicyVersionId,
  type ReminderId,
  type UserId,
} from '../../src/domain/ids.ts';
import { json } from '../../src/store/connection/parameters.ts';
import type { Database } from '../../src/store/connection/pool.ts';
import { type CompanyTx, withCompany, withInstallation } from '../../src/store/connection/with-company.ts';

/** Column names and values; arrays become PostgreSQL arrays, objects JSON, and JSON arrays want `json(…)`. */
export type Columns = Readonly<Record<string, unknown>>;

export interface SmallCompany {
  readonly companyId: CompanyId;
  readonly code: string;
  readonly userId: UserId;
  readonly policyVersionId: PolicyVersionId;
  readonly templateId: number;
  readonly customerId: CustomerId;
  readonly contactId: ContactId;
  /** AED 5,000.00 and AED 3,200.00, 21 and 10 days past due on 23 November 2026. */
  readonly invoiceIds: readonly [InvoiceId, InvoiceId];
  /** PROPOSED, CONSOLIDATED, POLITE, over both invoices. */
  readonly reminderId: ReminderId;
}

/** 64 hexadecimal digits, as every hash and digest has. */
export const hash = (digit = 'a'): string => digit.repeat(64);

/** Valid rows without `company_id`; pass the keys of other rows, and whatever the test is about. */
const fixtureRows = {
  company: (code: string, columns: Columns = {}): Columns => ({
    code,
    name: `${code} Trading LLC`,
    mail_from_name: `${code} Accounts`,
    mail_from_address: `accounts@${code.toLowerCase()}.example`,
    ...columns,
  }),

  user: (columns: Columns = {}): Columns => ({ login: 'mariam', display_name: 'Mariam', roles: ['OPERATOR', 'APPROVER'], ...columns }),

  policyVersion: (columns: Columns = {}): Columns => ({ number: 1, document: {}, ...columns }),

  template: (columns: Columns = {}): Columns => ({
    template_type: 'CONSOLIDATED_REMINDER',
    escalation_level: 'POLITE',
    number: 1,
    texts: { EN: { subject: 'Overdue', body: 'Please pay.' } },
    supports_consolidation: true,
    max_invoice_count: 20,
    is_active: true,
    activated_at: '2026-11-01T05:00:00Z',
    ...columns,
  }),

  customer: (columns: Columns = {}): Columns => ({ code: 'C-17', name: 'Al Noor Building Materials LLC', language: 'EN', ...columns }),

  contact: (customerId: CustomerId, columns: Columns = {}): Columns => ({
    customer_id: customerId,
    name: 'Ahmed',
    address: 'accounts@alnoor.example',
    is_primary: true,
    source: 'import',
    ...columns,
  }),

  invoice: (customerId: CustomerId, columns: Columns = {}): Columns => ({
    customer_id: customerId,
    kind: 'INVOICE',
    number: 'INV-104',
    issued_on: '2026-10-03',
    due_on: '2026-11-02',
    currency: 'AED',
    total_minor: 500_000n,
    open_minor: 500_000n,
    source: 'import',
    ...columns,
  }),

  reminder: (keys: Pick<SmallCompany, 'customerId' | 'contactId' | 'templateId' | 'policyVersionId'>, columns: Columns = {}): Columns => ({
    customer_id: keys.customerId,
    contact_id: keys.contactId,
    template_id: keys.templateId,
    policy_version_id: keys.policyVersionId,
    reminder_type: 'CONSOLIDATED',
    escalation_level: 'POLITE',
    origin: 'PLANNED',
    recipient_name: 'Ahmed',
    recipient_address: 'accounts@alnoor.example',
    language: 'EN',
    totals: json([{ currency: 'AED', minor: '820000' }]),
    total_amount_minor: 820_000n,
    item_count: 2,
    oldest_days_past_due: 21,
    priority_score: 52,
    at_risk_minor: 300_000n,
    value_minor: 820_000n,
    risk_ppm: 365_000,
    priority_factors: json([]),
    why: json([]),
    as_on: '2026-11-23',
    scheduled_for: '2026-11-23T05:00:00Z',
    contact_interval: 7,
    next_eligible_contact_on: '2026-11-30',
    layout_version: 1,
    digest: hash('d'),
    delivery_status: 'PROPOSED',
    status_changed_at: '2026-11-23T04:00:00Z',
    approval_needs: ['auto-approval-off'],
    message_id: '<reminder-1@wafa.example>',
    ...columns,
  }),

  item: (keys: { readonly reminderId: ReminderId; readonly customerId: CustomerId }, columns: Columns = {}): Columns => ({
    reminder_id: keys.reminderId,
    position: 1,
    kind: 'INVOICE',
    number: 'INV-104',
    branch_id: keys.customerId,
    branch_code: 'C-17',
    branch_name: 'Al Noor Building Materials LLC',
    issued_on: '2026-10-03',
    due_on: '2026-11-02',
    days_past_due: 21,
    currency: 'AED',
    total_minor: 500_000n,
    balance_minor: 500_000n,
    asked_minor: 500_000n,
    live: true,
    ...columns,
  }),
} as const;

/** Inserts one row of the transaction's company. @returns its id; for `companies` and `audit_heads`, the company's. */
export async function insertRow<Key extends number = number>(tx: CompanyTx, table: string, columns: Columns): Promise<Key> {
  const names = Object.keys(columns);
  const key = table === 'companies' || table === 'audit_heads' ? 'company_id' : 'id';
  const places = names.map((_, index) => `$${index + 2}`);
  const text = `insert into ${table} (${['company_id', ...names].join(', ')}) values (${['$1', ...places].join(', ')}) returning ${key} as id`;
  return (await tx.one<{ id: Key }>(text, [tx.companyId, ...Object.values(columns)])).id;
}

/** Enters a company in the directory and creates it, with nothing in it. */
export async function createCompany(database: Database, code = 'ALPHA', columns: Columns = {}): Promise<CompanyId> {
  const { id } = await withInstallation(database, (sql) =>
    sql.one<{ id: number }>('insert into directory (company_code) values ($1) returning company_id as id', [code]),
  );
  const companyId = asId<'company'>(id);
  await withCompany(database, companyId, (tx) => insertRow(tx, 'companies', fixtureRows.company(code, columns)));
  return companyId;
}

/** A company with everything one reminder needs. Two of them have the same rows but for the company's own code and address. */
export async function createSmallCompany(database: Database, code = 'ALPHA'): Promise<SmallCompany> {
  const companyId = await createCompany(database, code);
  return await withCompany(database, companyId, async (tx) => {
    const userId = await insertRow<UserId>(tx, 'users', fixtureRows.user());
    const policyVersionId = await insertRow<PolicyVersionId>(tx, 'policy_versions', fixtureRows.policyVersion({ created_by: userId }));
    await tx.execute('update companies set policy_version_id = $2 where company_id = $1', [companyId, policyVersionId]);
    const templateId = await insertRow(tx, 'email_templates', fixtureRows.template({ created_by: userId }));
    const customerId = await insertRow<CustomerId>(tx, 'customers', fixtureRows.customer());
    const contactId = await insertRow<ContactId>(tx, 'contacts', fixtureRows.contact(customerId));
    const first = await insertRow<InvoiceId>(tx, 'invoices', fixtureRows.invoice(customerId));
    const second = await insertRow<InvoiceId>(tx, 'invoices', fixtureRows.invoice(customerId, SECOND_INVOICE));
    const keys = { customerId, contactId, templateId, policyVersionId };
    const reminderId = await insertRow<ReminderId>(tx, 'customer_consolidated_reminders', fixtureRows.reminder(keys));
    await insertRow(tx, 'consolidated_reminder_items', fixtureRows.item({ reminderId, customerId }, { invoice_id: first }));
    await insertRow(
      tx,
      'consolidated_reminder_items',
      fixtureRows.item({ reminderId, customerId }, { ...SECOND_ITEM, invoice_id: second }),
    );
    return { companyId, code, userId, ...keys, invoiceIds: [first, second], reminderId };
  });
}

const SECOND_INVOICE: Columns = {
  number: 'INV-117',
  issued_on: '2026-10-14',
  due_on: '2026-11-13',
  total_minor: 320_000n,
  open_minor: 320_000n,
};

const SECOND_ITEM: Columns = {
  position: 2,
  number: 'INV-117',
  issued_on: '2026-10-14',
  due_on: '2026-11-13',
  days_past_due: 10,
  total_minor: 320_000n,
  balance_minor: 320_000n,
  asked_minor: 320_000n,
};
