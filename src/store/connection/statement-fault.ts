/**
 * What the server reports about a statement and an operator can act on, classified once. Everything else stays as it is: a row that
 * breaks a key is answered by whoever wrote it, and a refusal by row-level security is a fault of ours, loud and never tried again.
 */
import { OperatorError, type OperatorErrorKind } from '../../domain/operator-error.ts';
import { sqlState } from './connection-error.ts';

interface KnownFault {
  readonly code: string;
  readonly kind: OperatorErrorKind;
  readonly message: string;
  readonly tryThis: string;
}

const AGAIN = 'Run it again.';

/**
 * Not tried again from here: the work of a transaction may have read a file or a stream that cannot be read twice. Whoever sends or
 * plans in passes comes back with the next one.
 */
const BY_STATE: Readonly<Record<string, KnownFault>> = {
  '40P01': {
    code: 'database.deadlock',
    kind: 'failed',
    message: 'Two pieces of work waited for each other; nothing of this one was saved.',
    tryThis: AGAIN,
  },
  '55P03': {
    code: 'database.locked',
    kind: 'failed',
    message: 'Other work holds the same records; nothing of this one was saved.',
    tryThis: 'Wait a little, then run it again.',
  },
  '57014': {
    code: 'database.timed-out',
    kind: 'failed',
    message: 'The database ended a statement that took too long; nothing was saved.',
    tryThis: AGAIN,
  },
  '53100': {
    code: 'database.disk-full',
    kind: 'failed',
    message: 'The disk of the database is full: nothing of this step was saved, and nothing is sent while it is.',
    tryThis: 'Free some space where the database keeps its files, then run it again.',
  },
  '25006': {
    code: 'database.read-only',
    kind: 'failed',
    message: 'The database takes no changes at the moment, as after a switch to a standby: nothing was saved, and nothing is sent.',
    tryThis: 'Point DATABASE_URL at the server that takes changes, or wait until this one does.',
  },
  '22003': {
    code: 'input.number-too-large',
    kind: 'usage',
    message: 'A number is larger than can be kept; nothing was saved.',
    tryThis: 'Check amounts and counts.',
  },
  '22021': {
    code: 'input.bad-character',
    kind: 'usage',
    message: 'A text holds a character that cannot be kept; nothing was saved.',
    tryThis: 'Write it without control characters.',
  },
};

/** @param isOwnReadOnly The transaction asked for no changes itself: then a change in it is a fault of ours. */
export function statementFault(error: unknown, isOwnReadOnly: boolean): unknown {
  const state = sqlState(error);
  const known = state === undefined || (state === '25006' && isOwnReadOnly) ? undefined : BY_STATE[state];
  return known === undefined || error instanceof OperatorError ? error : new OperatorError({ ...known, cause: error });
}
