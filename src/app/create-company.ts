/**
 * Sets a company up: its row, the person who did it as its only user, the first policy, templates, the pegged dollar and the
 * beginning of its audit chain. All of it or nothing; a code whose set-up died half-way can be set up again.
 */
import { appendAuditEvents } from './audit-chain.ts';
import { firstTemplates } from './first-templates.ts';
import type { Installation } from './installation.ts';
import type { Actor } from './actor.ts';
import { readCompanyCode, readCompanyTrn, readEmirate, readLanguage, readMailbox, readTimeZone } from './company-identity.ts';
import { readCurrency, readLine, readOptionalLine } from './operator-input.ts';
import { dayOf } from '../domain/days.ts';
import type { CompanyId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { DEFAULT_POLICY } from '../domain/policy.ts';
import { setPolicyValues } from '../domain/policy/change.ts';
import { sqlState } from '../store/connection/connection-error.ts';
import { withCompany, withInstallation, type CompanyTx } from '../store/connection/with-company.ts';
import { insertAuditHead } from '../store/sql/audit-logs.ts';
import { companyExists, insertCompany, type NewCompany } from '../store/sql/company-settings.ts';
import { admitLogin, reserveCompanyCode } from '../store/sql/directory.ts';
import { insertEmailTemplates } from '../store/sql/email-templates.ts';
import { recordExchangeRates } from '../store/sql/exchange-rates.ts';
import { putPolicyInForce } from '../store/sql/policy-versions.ts';
import { insertUser } from '../store/sql/users.ts';

export interface CompanyRequest {
  readonly code: string;
  readonly name: string;
  readonly nameAr?: string | undefined;
  readonly trn?: string | undefined;
  readonly emirate?: string | undefined;
  readonly baseCurrency?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly language?: string | undefined;
  readonly addressLine?: string | undefined;
  readonly phone?: string | undefined;
  readonly contactPerson?: string | undefined;
  readonly fromName?: string | undefined;
  readonly fromAddress?: string | undefined;
  readonly replyTo?: string | undefined;
  /** Policy keys that differ from the defaults, as typed. */
  readonly policy?: Readonly<Record<string, string>> | undefined;
  readonly isSample?: boolean | undefined;
}

export interface CreatedCompany {
  readonly companyId: CompanyId;
  readonly companyCode: string;
  /** True when mail names an address of a reserved domain, because none was given. */
  readonly needsFromAddress: boolean;
}

/** @throws OperatorError `company.exists`, `company.bad-*`, `policy.*`, `input.*` */
export async function createCompany(installation: Installation, request: CompanyRequest): Promise<CreatedCompany> {
  const company = checkedCompany(request);
  const database = await installation.database();
  const companyId = await withInstallation(database, (sql) => reserveCompanyCode(sql, company.code));
  try {
    await withCompany(database, companyId, (tx) => setUp(tx, installation, company, request));
  } catch (error) {
    // Somebody else set the same code up in the same moment.
    throw sqlState(error) === '23505' ? alreadyExists(company.code) : error;
  }
  return { companyId, companyCode: company.code, needsFromAddress: request.fromAddress === undefined };
}

function checkedCompany(request: CompanyRequest): NewCompany {
  const code = readCompanyCode(request.code);
  const name = readLine(request.name, 'the company name', 300);
  return {
    code,
    name,
    nameAr: readOptionalLine(request.nameAr, 'the Arabic name', 300),
    trn: request.trn === undefined ? null : readCompanyTrn(request.trn),
    baseCurrency: readCurrency(request.baseCurrency ?? 'AED'),
    timeZone: readTimeZone(request.timeZone ?? 'Asia/Dubai'),
    emirate: request.emirate === undefined ? null : readEmirate(request.emirate),
    addressLine: readOptionalLine(request.addressLine, 'the address', 300),
    phone: readOptionalLine(request.phone, 'the phone number', 40),
    contactPerson: readOptionalLine(request.contactPerson, 'the contact person', 200),
    mailFromName: readLine(request.fromName ?? name, 'the sender name', 200),
    mailFromAddress: readMailbox(request.fromAddress ?? `accounts@${code.toLowerCase().replaceAll('_', '-')}.invalid`),
    mailReplyTo: request.replyTo === undefined ? null : readMailbox(request.replyTo),
    language: readLanguage(request.language ?? 'EN_AR'),
    isSample: request.isSample ?? false,
    isOnePerson: true,
  };
}

async function setUp(tx: CompanyTx, installation: Installation, company: NewCompany, request: CompanyRequest): Promise<void> {
  if (await companyExists(tx)) throw alreadyExists(company.code);
  const login = installation.operatingSystemLogin;
  const now = await installation.clock.now(tx);
  await insertCompany(tx, company);
  const userId = await insertUser(tx, { login, displayName: login, roles: ['OPERATOR', 'APPROVER', 'ADMIN'] });
  await admitLogin(tx, login);
  const policy = setPolicyValues(DEFAULT_POLICY, request.policy ?? {});
  await putPolicyInForce(tx, { number: 1, document: policy, note: 'The first policy', createdBy: userId });
  await insertEmailTemplates(tx, firstTemplates(), userId, now);
  if (company.baseCurrency === 'AED') {
    // The Central Bank has held the dollar at 3.6725 dirhams since 1997.
    await recordExchangeRates(tx, [
      { currency: 'USD', ratePpm: 3_672_500n, quotedOn: dayOf(now, company.timeZone), source: 'Peg of the dirham' },
    ]);
  }
  await insertAuditHead(tx);
  const actor: Actor = { kind: 'USER', userId, login, roles: ['OPERATOR', 'APPROVER', 'ADMIN'] };
  await appendAuditEvents(
    tx,
    { actor, verb: 'init', now },
    [{ objectKind: 'company', objectId: tx.companyId, toState: 'ONE_PERSON', detail: { isSample: company.isSample, policy: 1 } }],
    installation.programVersion,
  );
}

const alreadyExists = (code: string): OperatorError =>
  new OperatorError({
    code: 'company.exists',
    message: `There is a company ${code} here already.`,
    tryThis: `Work with it by --company ${code}, or choose another code.`,
  });
