/** The people of a company and what they may do in it. */
import type { UserId } from '../../domain/ids.ts';
import type { Role } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import type { UserTokenId } from './user-tokens.ts';

export interface UserRow {
  readonly id: UserId;
  readonly login: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly isActive: boolean;
}

const COLUMNS = 'id, login, display_name, roles, is_active';

/** The user a login stands for in the transaction's company. */
export const userByLogin = (tx: CompanyTx, login: string): Promise<UserRow | undefined> =>
  tx.maybeOne<UserRow>(`select ${COLUMNS} from users where company_id = $1 and login = $2`, [tx.companyId, login]);

/** As {@link userByLogin}, kept from everybody else until the transaction ends. */
export const lockUserByLogin = (tx: CompanyTx, login: string): Promise<UserRow | undefined> =>
  tx.maybeOne<UserRow>(`select ${COLUMNS} from users where company_id = $1 and login = $2 for no key update`, [tx.companyId, login]);

/** Everybody who ever worked here, by login. */
export const companyUsers = (tx: CompanyTx): Promise<readonly UserRow[]> =>
  tx.query<UserRow>(`select ${COLUMNS} from users where company_id = $1 order by login`, [tx.companyId]);

/** Adds a user. The pair of company and login is unique. */
export async function insertUser(
  tx: CompanyTx,
  user: { readonly login: string; readonly displayName: string; readonly roles: readonly Role[] },
): Promise<UserId> {
  const row = await tx.one<{ id: UserId }>(
    'insert into users (company_id, login, display_name, roles) values ($1, $2, $3, $4) returning id',
    [tx.companyId, user.login, user.displayName, user.roles],
  );
  return row.id;
}

/** Changes a user whom the transaction has locked. */
export async function updateUser(tx: CompanyTx, { id, displayName, roles, isActive }: Omit<UserRow, 'login'>): Promise<void> {
  await tx.one(
    `update users set display_name = $3, roles = $4, is_active = $5, version = version + 1, updated_at = now()
      where company_id = $1 and id = $2 returning id`,
    [tx.companyId, id, displayName, roles, isActive],
  );
}

/**
 * Every active ADMIN, kept from change until the transaction ends: two of them who demote each other at once come one after the
 * other, and the second sees that the first is the last.
 */
export async function lockActiveAdmins(tx: CompanyTx): Promise<readonly UserId[]> {
  const rows = await tx.query<{ readonly id: UserId }>(
    `select id from users where company_id = $1 and is_active and 'ADMIN' = any(roles) order by id for no key update`,
    [tx.companyId],
  );
  return rows.map(({ id }) => id);
}

export interface UserStanding {
  readonly roles: readonly Role[];
  readonly isActive: boolean;
  /** The token they act by still holds; true for whoever acts by their login. */
  readonly isTokenValid: boolean;
}

/** What a user may do at this moment: roles are taken away while a console stays open. */
export const standingOfUser = (tx: CompanyTx, id: UserId, tokenId: UserTokenId | null): Promise<UserStanding | undefined> =>
  tx.maybeOne<UserStanding>(
    `select u.roles, u.is_active,
            $3::bigint is null or exists (
              select from user_tokens t
               where t.company_id = $1 and t.id = $3 and t.user_id = u.id and t.revoked_at is null and t.expires_at > now()) as is_token_valid
       from users u
      where u.company_id = $1 and u.id = $2`,
    [tx.companyId, id, tokenId],
    { name: 'standing-of-user' },
  );

/** From now on some steps take two people. @returns false when that was so already. */
export async function endOnePersonMode(tx: CompanyTx): Promise<boolean> {
  const changed = await tx.execute(
    'update companies set is_one_person = false, version = version + 1, updated_at = now() where company_id = $1 and is_one_person',
    [tx.companyId],
  );
  return changed > 0;
}
