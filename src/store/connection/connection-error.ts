/** Classifies what can go wrong between us and PostgreSQL, once, at this edge. */
import { OperatorError } from '../../domain/operator-error.ts';

interface Shaped {
  readonly code?: unknown;
  readonly message?: unknown;
}

const SYSTEM_ERRORS = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** `pg` reports a lost connection in words only. */
const LOST_IN_WORDS =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|Query read timeout|timeout exceeded when trying to connect)/;

/**
 * 57P01 to 57P03: the server stops, crashed or is not ready; class 08: the connection itself, but for 08P01, which also says that a
 * statement and its parameters do not fit: a fault of ours that must not look like a lost connection.
 */
const LOST_STATES = /^(?:57P0[123]|08(?!P01)\w{3})$/;

/** True when the connection is gone or was never there, so that nothing sent on it can be relied on. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = shapeOf(error);
  if (typeof code === 'string' && (SYSTEM_ERRORS.has(code) || LOST_STATES.test(code))) return true;
  return typeof message === 'string' && LOST_IN_WORDS.test(message);
}

/** True when there is a server but it takes no clients at this moment: wait and ask again. */
export const isNotReady = (error: unknown): boolean => shapeOf(error).code === '57P03';

/** @returns the SQLSTATE of an error the server reported. */
export function sqlState(error: unknown): string | undefined {
  const { code } = shapeOf(error);
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** A failure to connect in the operator's words; errors that are none of these come back as they are. */
export function connectionFault(error: unknown): unknown {
  if (error instanceof OperatorError) return error;
  const state = sqlState(error);
  if (state === '28P01' || state === '28000')
    return fault(
      'database.login-refused',
      'The database refuses our login.',
      'Check user and password in DATABASE_URL, and that the server lets this host in.',
      error,
    );
  if (state === '3D000')
    return fault('database.not-found', 'The server has no such database.', 'Create it first, or correct its name in DATABASE_URL.', error);
  if (state === '53300')
    return fault(
      'database.too-busy',
      'The database takes no more connections.',
      'Close other programs that use it, or raise max_connections.',
      error,
    );
  if (shapeOf(error).code === 'EACCES')
    return fault(
      'database.not-yours',
      'The database of this installation belongs to another user.',
      'Run wafa as that user, or set WAFA_HOME to a folder of your own.',
      error,
    );
  if (!isConnectionLost(error)) return error;
  return fault(
    'database.unreachable',
    'The database cannot be reached.',
    'Check that the server runs and that DATABASE_URL names its host and port.',
    error,
  );
}

const fault = (code: string, message: string, tryThis: string, cause: unknown): OperatorError =>
  new OperatorError({
    code,
    kind: code === 'database.unreachable' || code === 'database.too-busy' ? 'failed' : 'configuration',
    message,
    tryThis,
    cause,
  });

const shapeOf = (error: unknown): Shaped => (typeof error === 'object' && error !== null ? error : {});
