/** One person or daemon working for one company: what every operator intention is called with. */
import type { CompanyId, UserId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { withCompany, withInstallation } from '../store/connection/with-company.ts';
import type { Database } from '../store/connection/pool.ts';
import { companiesOfLogin, companyByCode } from '../store/sql/directory.ts';
import { userByLogin } from '../store/sql/users.ts';
import type { Actor } from './actor.ts';
import type { Installation } from './installation.ts';

export interface Session {
  readonly installation: Installation;
  readonly database: Database;
  readonly companyId: CompanyId;
  readonly companyCode: string;
  readonly actor: Actor;
}

/**
 * Finds the company by its code, or the only one the login may enter, and the user the login stands for in it.
 * @throws OperatorError `company.none|several|unknown`, `user.not-allowed`
 */
export async function openSession(installation: Installation, wantedCode: string | undefined): Promise<Session> {
  const database = await installation.database();
  const login = installation.operatingSystemLogin;
  const found = await withInstallation(database, async (sql) =>
    wantedCode === undefined ? onlyCompany(await companiesOfLogin(sql, login)) : await companyByCode(sql, wantedCode.toUpperCase()),
  );
  if (!found) throw unknownCompany(wantedCode ?? '');
  const user = await withCompany(database, found.companyId, (tx) => userByLogin(tx, login));
  if (!user?.isActive) throw notAllowed(login, found.companyCode);
  const actor: Actor = { kind: 'USER', userId: user.id as UserId, login, roles: user.roles };
  return { installation, database, companyId: found.companyId, companyCode: found.companyCode, actor };
}

interface FoundCompany {
  readonly companyId: CompanyId;
  readonly companyCode: string;
}

function onlyCompany(companies: readonly FoundCompany[]): FoundCompany {
  const [first, second] = companies;
  if (!first) {
    throw new OperatorError({
      code: 'company.none',
      kind: 'configuration',
      message: 'There is no company here yet.',
      tryThis:
        'Run `wafa demo` to look around with a sample ledger, or `wafa init --code ACME --name "Acme Trading LLC"` to begin your own.',
    });
  }
  if (second) {
    throw new OperatorError({
      code: 'company.several',
      kind: 'usage',
      message: `You work for ${companies.length} companies: ${companies.map((company) => company.companyCode).join(', ')}.`,
      tryThis: 'Name one with --company CODE, or set WAFA_COMPANY.',
    });
  }
  return first;
}

const unknownCompany = (code: string): OperatorError =>
  new OperatorError({
    code: 'company.unknown',
    kind: 'usage',
    message: `There is no company ${JSON.stringify(code.slice(0, 40))} here.`,
    tryThis: 'Run `wafa company list` to see the codes.',
  });

/** The same words whether or not the company exists elsewhere: who is no user of it learns nothing about it. */
const notAllowed = (login: string, code: string): OperatorError =>
  new OperatorError({
    code: 'user.not-allowed',
    kind: 'refused',
    message: `The login ${login} is not a user of company ${code}.`,
    tryThis: 'Ask an ADMIN of that company to add you.',
  });
