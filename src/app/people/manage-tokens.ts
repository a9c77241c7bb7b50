/**
 * Tokens: how a script, or a person without a login on this machine, is recognised. Shown once when made, kept as a hash, valid for one
 * company and a limited time. The audit names a token by its id only.
 */
import { conditions } from './conditions.ts';
import { refuseOn } from './refusals.ts';
import { newTokenText, tokenHash } from './token-text.ts';
import { Secret } from './secret.ts';
import { act, type Act } from '../act.ts';
import { holdsRole, userIdOf } from '../actor.ts';
import { readLine } from '../operator-input.ts';
import type { Session } from '../session.ts';
import type { Instant } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import {
  insertUserToken,
  revokeUserToken,
  userTokenById,
  userTokens,
  type UserTokenId,
  type UserTokenRow,
} from '../../store/sql/user-tokens.ts';

/** A year and a day, so that a yearly task can renew it in time; a token that never ends is one nobody remembers. */
export const MOST_TOKEN_DAYS = 366;

export interface MadeToken {
  readonly id: UserTokenId;
  readonly label: string;
  readonly expiresAt: Instant;
  /** To be shown once; nothing keeps it. */
  readonly secret: Secret;
}

/** @throws OperatorError `input.bad-text`, `login.bad-days`, `login.by-token`, `login.no-person` */
export const createToken = (session: Session, request: { readonly label: string; readonly days: number }): Promise<MadeToken> =>
  act(session, 'login create', async (context) => {
    const isByToken = context.actor.kind === 'USER' && context.actor.tokenId !== undefined;
    refuseOn(conditions.tokenByLogin.judge({ isByToken }), 'login.by-token', { objectKind: 'verb', objectId: null });
    const userId = personOf(context);
    const label = readLine(request.label, 'the label', 100);
    const text = newTokenText(context.company.code);
    const { id, expiresAt } = await insertUserToken(context.tx, {
      userId,
      tokenHash: tokenHash(text),
      label,
      days: checkedDays(request.days),
    });
    context.record({ objectKind: 'user', objectId: userId, reason: 'token made', detail: { token: id, expiresAt: expiresAt.toString() } });
    return { id, label, expiresAt, secret: new Secret(text) };
  });

/** The actor's own; an ADMIN sees everybody's. */
export const listTokens = (session: Session): Promise<readonly UserTokenRow[]> =>
  act(session, 'login list', (context) => userTokens(context.tx, isAdmin(context) ? null : personOf(context)), { isReadOnly: true });

export interface RevokedToken {
  readonly id: UserTokenId;
  readonly label: string;
  readonly login: string;
  /** False when it had been revoked before. */
  readonly isChanged: boolean;
}

/** The same words for a token that is not there and for somebody else's. @throws OperatorError `login.unknown` */
export const revokeToken = (session: Session, id: UserTokenId): Promise<RevokedToken> =>
  act(session, 'login revoke', async (context) => {
    const token = await userTokenById(context.tx, id);
    const isOwn = token?.userId === userIdOf(context.actor);
    refuseOn(conditions.ownToken.judge({ id, isOwn, isAdmin: isAdmin(context) }), 'login.unknown', { objectKind: 'verb', objectId: null });
    if (token === undefined) throw unknownToken(id);
    const isChanged = await revokeUserToken(context.tx, id);
    if (isChanged) context.record({ objectKind: 'user', objectId: token.userId, reason: 'token revoked', detail: { token: id } });
    return { id, label: token.label, login: token.login, isChanged };
  });

const isAdmin = ({ actor }: Act): boolean => holdsRole(actor, ['ADMIN']);

function personOf({ actor }: Act): UserId {
  const userId = userIdOf(actor);
  if (userId !== null) return userId;
  throw new OperatorError({
    code: 'login.no-person',
    kind: 'refused',
    message: 'Only a person has tokens.',
    tryThis: 'Run it as yourself.',
  });
}

function checkedDays(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= MOST_TOKEN_DAYS) return days;
  throw new OperatorError({
    code: 'login.bad-days',
    kind: 'usage',
    message: `A token holds for 1 to ${MOST_TOKEN_DAYS} days.`,
    tryThis: 'Give --days, for example --days 90.',
  });
}

const unknownToken = (id: UserTokenId): OperatorError =>
  new OperatorError({
    code: 'login.unknown',
    kind: 'refused',
    message: `There is no token ${id} here.`,
    tryThis: 'Run `wafa login list` to see the tokens there are.',
  });
