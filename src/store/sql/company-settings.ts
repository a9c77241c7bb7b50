/** The company's own row with the policy version in force: what every operator intention begins by reading. */
import type { Day, Instant } from '../../domain/days.ts';
import type { CompanyId, PolicyVersionId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import type { Emirate, Language } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface CompanySettings {
  readonly companyId: CompanyId;
  readonly code: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly trn: string | null;
  readonly tradeLicence: string | null;
  readonly baseCurrency: Currency;
  readonly timeZone: string;
  readonly emirate: Emirate | null;
  readonly addressLine: string | null;
  readonly addressLineAr: string | null;
  readonly phone: string | null;
  readonly contactPerson: string | null;
  readonly contactPersonAr: string | null;
  readonly mailFromName: string;
  readonly mailFromAddress: string;
  readonly mailReplyTo: string | null;
  /** An https page where customers can pay; `null`: none is offered. */
  readonly paymentLink: string | null;
  /** The mailbox for answers takes `name+key@domain`. */
  readonly isPlusAddressed: boolean;
  readonly language: Language;
  readonly isSample: boolean;
  /** One person may propose, approve and configure; audited as such. */
  readonly isOnePerson: boolean;
  readonly wentLiveAt: Instant | null;
  /** Its mails reach nobody but `sandboxAddress`, or the outbox folder when that is `null`. */
  readonly isSandbox: boolean;
  readonly sandboxAddress: string | null;
  readonly isPaused: boolean;
  readonly pausedReason: string | null;
  readonly pausedAt: Instant | null;
  /** Nothing is sent before it; `null`: not quiet. */
  readonly quietUntil: Instant | null;
  /** Newest ledger day per kind of fact; `null` when that kind never came in. */
  readonly ledgerInvoicesAsOn: Day | null;
  readonly ledgerReceiptsAsOn: Day | null;
  /** Raised by every fact about the whole company. */
  readonly factsVersion: number;
  readonly version: number;
  readonly policyVersionId: PolicyVersionId;
  readonly policyNumber: number;
  /** The document as stored; read it with `parsePolicy`. */
  readonly policyDocument: unknown;
}

const COLUMNS = `c.company_id, c.code, c.name, c.name_ar, c.trn, c.trade_licence, c.base_currency, c.time_zone, c.emirate, c.address_line,
  c.address_line_ar, c.phone, c.contact_person, c.contact_person_ar, c.mail_from_name, c.mail_from_address, c.mail_reply_to, c.payment_link,
  c.is_plus_addressed, c.language, c.is_sample, c.is_one_person, c.went_live_at, c.is_sandbox, c.sandbox_address, c.is_paused, c.paused_reason, c.paused_at, c.quiet_until, c.ledger_invoices_as_on,
  c.ledger_receipts_as_on, c.facts_version, c.version, c.policy_version_id, p.number as policy_number, p.document as policy_document`;

/** The company of the transaction. Fails loudly when there is none: callers have found it in the directory. */
export const companySettings = (tx: CompanyTx): Promise<CompanySettings> =>
  tx.one<CompanySettings>(
    `select ${COLUMNS}
       from companies c
       join policy_versions p on p.company_id = c.company_id and p.id = c.policy_version_id
      where c.company_id = $1`,
    [tx.companyId],
  );

/** IANA zone of the company's days; undefined when the company's row does not exist. */
export async function companyTimeZone(tx: CompanyTx): Promise<string | undefined> {
  const row = await tx.maybeOne<{ readonly timeZone: string }>('select time_zone from companies where company_id = $1', [tx.companyId]);
  return row?.timeZone;
}

/** True once the company's row exists: its code may be reserved without it when a set-up died half-way. */
export async function companyExists(tx: CompanyTx): Promise<boolean> {
  return (await tx.maybeOne('select company_id from companies where company_id = $1', [tx.companyId])) !== undefined;
}

/** Settings an operator may change, by their name in {@link CompanySettings}; the column is the snake_case of the name. */
export const CHANGEABLE_SETTINGS = [
  'name',
  'nameAr',
  'trn',
  'tradeLicence',
  'timeZone',
  'emirate',
  'addressLine',
  'addressLineAr',
  'phone',
  'contactPerson',
  'contactPersonAr',
  'mailFromName',
  'mailFromAddress',
  'mailReplyTo',
  'paymentLink',
  'isPlusAddressed',
  'language',
  'quietUntil',
  'isPaused',
  'pausedReason',
  'pausedAt',
  'wentLiveAt',
  'isSandbox',
  'sandboxAddress',
] as const satisfies readonly (keyof CompanySettings)[];

export type CompanyChange = { readonly [Name in (typeof CHANGEABLE_SETTINGS)[number]]?: CompanySettings[Name] };

/**
 * Changes the named settings of the company and raises both its versions: zone, quiet and pause are facts that every account's
 * plan rests on, and telling which setting is none is not worth a mistake.
 */
export async function updateCompany(tx: CompanyTx, change: CompanyChange): Promise<void> {
  const names = CHANGEABLE_SETTINGS.filter((name) => change[name] !== undefined);
  const sets = names.map((name, index) => `${columnOf(name)} = $${index + 2}`);
  await tx.query(
    `update companies set ${[...sets, 'version = version + 1', 'facts_version = facts_version + 1', 'updated_at = now()'].join(', ')}
      where company_id = $1`,
    [tx.companyId, ...names.map((name) => change[name])],
  );
}

const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Takes the company's row for a change of the whole ledger: two imports at once come one after the other. Facts recorded by hand
 * do not take it, so nobody waits for an import of somebody else's account.
 */
export async function lockCompany(tx: CompanyTx): Promise<void> {
  await tx.one('select company_id from companies where company_id = $1 for no key update', [tx.companyId]);
}

/** Moves the ledger's days, never back, and raises the company's facts version only when one of them moved. */
export async function moveLedgerDays(
  tx: CompanyTx,
  days: { readonly invoicesAsOn: Day | null; readonly receiptsAsOn: Day | null },
): Promise<boolean> {
  const moved = await tx.query(
    `update companies
        set ledger_invoices_as_on = greatest(ledger_invoices_as_on, $2::date),
            ledger_receipts_as_on = greatest(ledger_receipts_as_on, $3::date),
            facts_version = facts_version + 1, updated_at = now()
      where company_id = $1
        and (greatest(ledger_invoices_as_on, $2::date) is distinct from ledger_invoices_as_on
             or greatest(ledger_receipts_as_on, $3::date) is distinct from ledger_receipts_as_on)
      returning company_id`,
    [tx.companyId, days.invoicesAsOn, days.receiptsAsOn],
  );
  return moved.length > 0;
}

export type NewCompany = Pick<
  CompanySettings,
  | 'code'
  | 'name'
  | 'nameAr'
  | 'trn'
  | 'baseCurrency'
  | 'timeZone'
  | 'emirate'
  | 'addressLine'
  | 'phone'
  | 'contactPerson'
  | 'mailFromName'
  | 'mailFromAddress'
  | 'mailReplyTo'
  | 'language'
  | 'isSample'
  | 'isOnePerson'
>;

/** Inserts the company's row, still without a policy. */
export async function insertCompany(tx: CompanyTx, company: NewCompany): Promise<void> {
  await tx.query(
    `insert into companies (company_id, code, name, name_ar, trn, base_currency, time_zone, emirate, address_line, phone, contact_person,
                            mail_from_name, mail_from_address, mail_reply_to, language, is_sample, is_one_person)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      tx.companyId,
      company.code,
      company.name,
      company.nameAr,
      company.trn,
      company.baseCurrency,
      company.timeZone,
      company.emirate,
      company.addressLine,
      company.phone,
      company.contactPerson,
      company.mailFromName,
      company.mailFromAddress,
      company.mailReplyTo,
      company.language,
      company.isSample,
      company.isOnePerson,
    ],
  );
}
