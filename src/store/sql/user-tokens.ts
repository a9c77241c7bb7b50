/**
 * Tokens of a company's users, by hash only. They end by the database's clock, which no override of business time moves; an ended
 * one is told apart from an unknown one nowhere.
 */
import type { Instant } from '../../domain/days.ts';
import type { Id, UserId } from '../../domain/ids.ts';
import type { Role } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export type UserTokenId = Id<'user-token'>;

export interface NewUserToken {
  readonly userId: UserId;
  /** SHA-256 of the token as 64 hexadecimal digits. */
  readonly tokenHash: string;
  readonly label: string;
  readonly days: number;
}

export const insertUserToken = (tx: CompanyTx, token: NewUserToken): Promise<{ readonly id: UserTokenId; readonly expiresAt: Instant }> =>
  tx.one<{ readonly id: UserTokenId; readonly expiresAt: Instant }>(
    `insert into user_tokens (company_id, user_id, token_hash, label, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(days => $5)) returning id, expires_at`,
    [tx.companyId, token.userId, token.tokenHash, token.label, token.days],
  );

export interface TokenHolder {
  readonly tokenId: UserTokenId;
  readonly userId: UserId;
  readonly login: string;
  readonly roles: readonly Role[];
  /** Its last use was noted more than a minute ago, or never. */
  readonly isUseStale: boolean;
}

/** The active user a valid token stands for. Looked up by hash, so that no comparison of secrets takes a telling time. */
export const holderOfToken = (tx: CompanyTx, tokenHash: string): Promise<TokenHolder | undefined> =>
  tx.maybeOne<TokenHolder>(
    `select t.id as token_id, u.id as user_id, u.login, u.roles,
            t.last_used_at is null or t.last_used_at < now() - interval '1 minute' as is_use_stale
       from user_tokens t
       join users u on u.company_id = t.company_id and u.id = t.user_id
      where t.company_id = $1 and t.token_hash = $2 and t.revoked_at is null and t.expires_at > now() and u.is_active`,
    [tx.companyId, tokenHash],
  );

export async function noteTokenUse(tx: CompanyTx, id: UserTokenId): Promise<void> {
  await tx.query('update user_tokens set last_used_at = now() where company_id = $1 and id = $2', [tx.companyId, id]);
}

export interface UserTokenRow {
  readonly id: UserTokenId;
  readonly userId: UserId;
  readonly login: string;
  readonly label: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  /** Neither revoked nor expired by the database's clock. */
  readonly isValid: boolean;
}

const SELECT = `select t.id, t.user_id, u.login, t.label, t.created_at, t.expires_at, t.revoked_at, t.last_used_at,
       t.revoked_at is null and t.expires_at > now() as is_valid
  from user_tokens t
  join users u on u.company_id = t.company_id and u.id = t.user_id`;

/** Tokens of one user, or of everybody for `null`; the newest first. */
export const userTokens = (tx: CompanyTx, userId: UserId | null): Promise<readonly UserTokenRow[]> =>
  tx.query<UserTokenRow>(`${SELECT} where t.company_id = $1 and ($2::bigint is null or t.user_id = $2) order by t.id desc`, [
    tx.companyId,
    userId,
  ]);

export const userTokenById = (tx: CompanyTx, id: UserTokenId): Promise<UserTokenRow | undefined> =>
  tx.maybeOne<UserTokenRow>(`${SELECT} where t.company_id = $1 and t.id = $2`, [tx.companyId, id]);

/** @returns false when it was revoked already. */
export async function revokeUserToken(tx: CompanyTx, id: UserTokenId): Promise<boolean> {
  return (
    (await tx.execute('update user_tokens set revoked_at = now() where company_id = $1 and id = $2 and revoked_at is null', [
      tx.companyId,
      id,
    ])) > 0
  );
}

/** @returns how many tokens of the user stood until now. */
export const revokeTokensOf = (tx: CompanyTx, userId: UserId): Promise<number> =>
  tx.execute('update user_tokens set revoked_at = now() where company_id = $1 and user_id = $2 and revoked_at is null', [
    tx.companyId,
    userId,
  ]);
