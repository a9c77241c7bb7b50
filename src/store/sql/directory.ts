/**
 * The two tables that span companies and hold no personal data: which code is which company, and which logins may enter it.
 * They have no row-level security, so these statements are the only ones without a company.
 */
import type { CompanyId } from '../../domain/ids.ts';
import type { Sql } from '../connection/sql.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface DirectoryEntry {
  readonly companyId: CompanyId;
  readonly companyCode: string;
}

/** The companies a login may enter, by code. */
export const companiesOfLogin = (sql: Sql, login: string): Promise<readonly DirectoryEntry[]> =>
  sql.query<DirectoryEntry>(
    `select d.company_id, d.company_code
       from directory_logins l join directory d on d.company_id = l.company_id
      where l.login = $1
      order by d.company_code`,
    [login],
  );

/** Every company there is, for daemons. */
export const allCompanies = (sql: Sql): Promise<readonly DirectoryEntry[]> =>
  sql.query<DirectoryEntry>('select company_id, company_code from directory order by company_code');

export const companyByCode = (sql: Sql, code: string): Promise<DirectoryEntry | undefined> =>
  sql.maybeOne<DirectoryEntry>('select company_id, company_code from directory where company_code = $1', [code]);

/**
 * Reserves a code and gives it a company id. A code whose set-up died half-way gets its old id back, so that it can be set up
 * again; whether the company is complete is seen in `companies`.
 */
export async function reserveCompanyCode(sql: Sql, code: string): Promise<CompanyId> {
  const inserted = await sql.maybeOne<{ companyId: CompanyId }>(
    'insert into directory (company_code) values ($1) on conflict (company_code) do nothing returning company_id',
    [code],
  );
  if (inserted) return inserted.companyId;
  const known = await sql.one<{ companyId: CompanyId }>('select company_id from directory where company_code = $1', [code]);
  return known.companyId;
}

/** Lets a login enter the transaction's company; letting it in twice is no error. */
export async function admitLogin(tx: CompanyTx, login: string): Promise<void> {
  await tx.query('insert into directory_logins (login, company_id) values ($1, $2) on conflict do nothing', [login, tx.companyId]);
}

/** A login that may no longer enter the transaction's company. */
export async function dismissLogin(tx: CompanyTx, login: string): Promise<void> {
  await tx.query('delete from directory_logins where login = $1 and company_id = $2', [login, tx.companyId]);
}
