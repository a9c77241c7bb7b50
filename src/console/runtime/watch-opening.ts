/** Tells what can never open from what only cannot just now. */
import { OperatorError } from '../../domain/operator-error.ts';
import type { Session } from '../../app/session.ts';

/** A database that is away comes back, and of several companies one can be chosen; a wrong setting, or no company at all, stays as it is. */
const isHopeless = (error: unknown): boolean =>
  error instanceof OperatorError && error.kind !== 'failed' && error.code !== 'company.several';

/** @returns the same session, which ends the console when it can never be had. */
export const watchedOpening =
  (session: () => Promise<Session>, end: (error: unknown) => void): (() => Promise<Session>) =>
  () =>
    session().catch((error: unknown) => {
      if (isHopeless(error)) end(error);
      throw error;
    });
