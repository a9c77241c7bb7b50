/**
 * The two kinds of failure that are thrown. Expected outcomes (a skip, a refused delivery) are union results, never errors.
 */

export type OperatorErrorKind = 'failed' | 'usage' | 'refused' | 'configuration' | 'nothing-to-do';

/** Where in the operator's input the fault lies, as far as it is known. Rows count from 1, the heading included. */
export interface FaultPlace {
  readonly file?: string;
  readonly row?: number;
  readonly column?: string;
}

/**
 * Something an operator can put right. `message` says what happened to which record, `tryThis` what to do about it.
 * `code` is stable (`area.what-happened`), for scripts; `kind` decides the exit code.
 */
export class OperatorError extends Error {
  readonly code: string;
  readonly tryThis: string;
  readonly kind: OperatorErrorKind;
  readonly at: FaultPlace | undefined;

  constructor(fault: {
    readonly code: string;
    readonly message: string;
    readonly tryThis: string;
    readonly kind?: OperatorErrorKind;
    readonly at?: FaultPlace;
    readonly cause?: unknown;
  }) {
    super(fault.message, fault.cause === undefined ? {} : { cause: fault.cause });
    this.name = 'OperatorError';
    this.code = fault.code;
    this.tryThis = fault.tryThis;
    this.kind = fault.kind ?? 'failed';
    this.at = fault.at;
  }
}

/** A fault of ours: an impossible state. Loud, with a stack, never shown as advice. */
export class BugError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BugError';
  }
}

/** Stops with a {@link BugError} when an invariant does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new BugError(message);
}

/** Makes a missed member of a union a compile error, and an impossible value at run time a {@link BugError}. */
export function unreachable(value: never): never {
  throw new BugError(`unexpected value ${JSON.stringify(value)}`);
}
