import type { UserId } from '../../domain/ids.ts';
import type { Role } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface UserRow {
  readonly id: UserId;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly isActive: boolean;
}

/** The user a login stands for in the transaction's company. */
export const userByLogin = (tx: CompanyTx, login: string): Promise<UserRow | undefined> =>
  tx.maybeOne<UserRow>('select id, display_name, roles, is_active from users where company_id = $1 and login = $2', [tx.companyId, login]);

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
