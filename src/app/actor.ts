/** Who is acting: a person by name, a daemon by its instance, or the program itself while setting a company up. */
import type { UserId } from '../domain/ids.ts';
import type { Role } from '../domain/vocabulary.ts';
import type { UserTokenId } from '../store/sql/user-tokens.ts';

export type Actor =
  | {
      readonly kind: 'USER';
      readonly userId: UserId;
      readonly login: string;
      readonly roles: readonly Role[];
      /** The token they were recognised by; left out for whoever came by their operating-system login. */
      readonly tokenId?: UserTokenId;
    }
  | { readonly kind: 'DAEMON'; readonly instance: string }
  | { readonly kind: 'SYSTEM' };

/** True when the actor holds one of the roles; the program itself and daemons are bounded by what they call, not by roles. */
export const holdsRole = (actor: Actor, roles: readonly Role[]): boolean =>
  actor.kind !== 'USER' || roles.length === 0 || roles.some((role) => actor.roles.includes(role));

export const userIdOf = (actor: Actor): UserId | null => (actor.kind === 'USER' ? actor.userId : null);
