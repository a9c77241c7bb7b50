/**
 * A refused attempt: thrown out of the transaction, which takes everything back, and then written to the audit in one of its own by
 * `act`, because a refusal is a fact an auditor asks for.
 */
import type { Objection } from './conditions.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { AuditEvent } from '../audit-chain.ts';
import { rolesFor, type Verb } from '../permissions.ts';

type RefusalEvent = Pick<AuditEvent, 'objectKind' | 'objectId' | 'reason'>;

export class RefusedAttempt extends OperatorError {
  readonly #event: RefusalEvent;

  constructor(fault: { readonly code: string; readonly message: string; readonly tryThis: string }, event: RefusalEvent) {
    super({ ...fault, kind: 'refused' });
    this.#event = event;
  }

  /** What the audit says, and nobody else sees: a code, and the record it was about where there is one. */
  get event(): RefusalEvent {
    return this.#event;
  }
}

export const lacksRole = (verb: Verb, companyCode: string): RefusedAttempt =>
  new RefusedAttempt(
    {
      code: 'permission.refused',
      message: `You may not ${verb} for company ${companyCode}: it takes ${rolesFor(verb).join(' or ')}.`,
      tryThis: 'Ask a colleague with that role, or an ADMIN to give it to you.',
    },
    { objectKind: 'verb', objectId: null, reason: 'refused: role' },
  );

/** The session was opened in time, and the person or the token lost its standing since. */
export const noLongerUser = (companyCode: string): RefusedAttempt =>
  new RefusedAttempt(
    {
      code: 'user.no-longer-active',
      message: `You are no longer a user of company ${companyCode}.`,
      tryThis: 'Ask an ADMIN of that company.',
    },
    { objectKind: 'verb', objectId: null, reason: 'refused: not active' },
  );

export const tokenEnded = (): RefusedAttempt =>
  new RefusedAttempt(TOKEN_REFUSED, { objectKind: 'verb', objectId: null, reason: 'refused: token ended' });

/** The same words for an unknown, an expired and a revoked token, and for a company that is not there: whoever tries learns nothing. */
export const tokenRefused = (): OperatorError => new OperatorError({ ...TOKEN_REFUSED, kind: 'refused' });

const TOKEN_REFUSED = {
  code: 'token.refused',
  message: 'The token in WAFA_TOKEN is unknown, expired or revoked.',
  tryThis: 'Make a new one with `wafa login create`, or unset WAFA_TOKEN and WAFA_TOKEN_FILE to act by your operating-system login.',
} as const;

/** @throws RefusedAttempt with the condition's own words; `code` is what scripts see. */
export function refuseOn(objection: Objection | null, code: string, about: Pick<AuditEvent, 'objectKind' | 'objectId'>): void {
  if (objection === null) return;
  const { condition, message, tryThis } = objection;
  throw new RefusedAttempt({ code, message, tryThis }, { ...about, reason: `refused: ${condition}` });
}

/** The face was opened to look only; no role changes that, so it is no attempt an auditor asks for. */
export const lookingOnly = (verb: Verb): OperatorError =>
  new OperatorError({
    code: 'session.read-only',
    kind: 'refused',
    message: `\`${verb}\` was refused: this console is read-only.`,
    tryThis: 'Open another one without --read-only.',
  });
