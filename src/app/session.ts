/**
 * One person or daemon working for one company: what every operator intention is called with. A person is recognised by the token the
 * process was given, else by the operating system's login.
 */
import type { Actor } from './actor.ts';
import type { Installation } from './installation.ts';
import { tokenRefused } from './people/refusals.ts';
import { companyOfToken, tokenHash } from './people/token-text.ts';
import type { CompanyId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { withCompany, withInstallation, type CompanyTx } from '../store/connection/with-company.ts';
import type { Database } from '../store/connection/pool.ts';
import { companyTimeZone } from '../store/sql/company-settings.ts';
import { companiesOfLogin, companyByCode, type DirectoryEntry } from '../store/sql/directory.ts';
import { holderOfToken, noteTokenUse, type TokenHolder } from '../store/sql/user-tokens.ts';
import { userByLogin } from '../store/sql/users.ts';

export interface Session {
  readonly installation: Installation;
  readonly database: Database;
  readonly companyId: CompanyId;
  readonly companyCode: string;
  /** IANA zone of the company's days and clock times. */
  readonly timeZone: string;
  readonly actor: Actor;
  /** Nothing may be changed by it, whatever the person's roles: {@link act} refuses. */
  readonly isReadOnly?: boolean;
}

/**
 * Finds the company by its code, or the only one the token or login is for, and the user who acts in it.
 * @throws OperatorError `company.none|several|unknown`, `token.refused|other-company`
 */
export async function openSession(installation: Installation, wantedCode: string | undefined): Promise<Session> {
  const database = await installation.database();
  const wanted = wantedCode?.toUpperCase();
  const token = installation.token?.reveal();
  const { companyId, companyCode, actor, timeZone } =
    token === undefined ? await byLogin(database, installation.operatingSystemLogin, wanted) : await byToken(database, token, wanted);
  return { installation, database, companyId, companyCode, timeZone, actor };
}

type Recognised = DirectoryEntry & Pick<Session, 'actor' | 'timeZone'>;

/** The login's companies decide, so that a company it is no user of looks like one that is not there. */
async function byLogin(database: Database, login: string, wanted: string | undefined): Promise<Recognised> {
  const companies = await withInstallation(database, (sql) => companiesOfLogin(sql, login));
  const found = wanted === undefined ? onlyCompany(companies, login) : companies.find(({ companyCode }) => companyCode === wanted);
  if (found === undefined) throw unknownCompany(wanted ?? '', login);
  const { user, timeZone } = await withCompany(
    database,
    found.companyId,
    async (tx) => ({ user: await userByLogin(tx, login), timeZone: await companyTimeZone(tx) }),
    { isReadOnly: true },
  );
  if (user?.isActive !== true || timeZone === undefined) throw unknownCompany(found.companyCode, login);
  return { ...found, timeZone, actor: { kind: 'USER', userId: user.id, login, roles: user.roles } };
}

async function byToken(database: Database, token: string, wanted: string | undefined): Promise<Recognised> {
  const code = companyOfToken(token);
  if (code === undefined) throw tokenRefused();
  if (wanted !== undefined && wanted !== code) throw otherCompany(code);
  const found = await withInstallation(database, (sql) => companyByCode(sql, code));
  if (found === undefined) throw tokenRefused();
  const { holder, timeZone } = await withCompany(database, found.companyId, async (tx) => ({
    holder: await usedToken(tx, token),
    timeZone: await companyTimeZone(tx),
  }));
  if (holder === undefined || timeZone === undefined) throw tokenRefused();
  const { userId, login, roles, tokenId } = holder;
  return { ...found, timeZone, actor: { kind: 'USER', userId, login, roles, tokenId } };
}

/** Notes the use once a minute at most: a script that calls every second must not write every second. */
async function usedToken(tx: CompanyTx, token: string): Promise<TokenHolder | undefined> {
  const holder = await holderOfToken(tx, tokenHash(token));
  if (holder?.isUseStale === true) await noteTokenUse(tx, holder.tokenId);
  return holder;
}

function onlyCompany(companies: readonly DirectoryEntry[], login: string): DirectoryEntry {
  const [first, second] = companies;
  if (!first) {
    throw new OperatorError({
      code: 'company.none',
      kind: 'configuration',
      message: `There is no company here yet that the login ${login} works for.`,
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

/** The same words whether the company is not there or is somebody else's: who is no user of it learns nothing about it. */
const unknownCompany = (code: string, login: string): OperatorError =>
  new OperatorError({
    code: 'company.unknown',
    kind: 'usage',
    message: `There is no company ${JSON.stringify(code.slice(0, 40))} here that the login ${login} works for.`,
    tryThis: 'Run `wafa company list` to see the codes, or ask an ADMIN of the company to add you.',
  });

/** Tells nothing but what the token says by itself. */
const otherCompany = (code: string): OperatorError =>
  new OperatorError({
    code: 'token.other-company',
    kind: 'refused',
    message: `The token in WAFA_TOKEN is for company ${code} only.`,
    tryThis: 'Leave --company out, or use a token of the other company.',
  });
