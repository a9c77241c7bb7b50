/** Says whether work failed because the database was away for a moment, and not for a fault of ours. */
import { OperatorError } from '../../domain/operator-error.ts';
import { CommitUnknownError } from '../../store/connection/with-company.ts';

export const isDatabaseAway = (error: unknown): boolean =>
  error instanceof CommitUnknownError || (error instanceof OperatorError && error.code.startsWith('database.'));
