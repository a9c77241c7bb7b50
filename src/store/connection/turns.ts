/** Lets a fixed number of pieces of work go on at once; the others wait in the order they came. */
import { OperatorError } from '../../domain/operator-error.ts';

/**
 * Longer than any transaction of ours should last. Without an end, work that waits for a connection while it holds one
 * could wait for itself for ever.
 */
const WAIT_AT_MOST_MS = 60_000;

export class Turns {
  readonly #most: number;
  readonly #waitAtMostMs: number;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(most: number, waitAtMostMs = WAIT_AT_MOST_MS) {
    this.#most = most;
    this.#waitAtMostMs = waitAtMostMs;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Resolves when it is the caller's turn, which lasts until {@link leave}. @throws OperatorError when it does not come. */
  async enter(): Promise<void> {
    if (this.#taken < this.#most) {
      this.#taken += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const proceed = (): void => resolve(undefined);
    this.#waiting.add(proceed);
    const timer = setTimeout(() => {
      this.#waiting.delete(proceed);
      reject(tooBusy(this.#most, this.#waitAtMostMs));
    }, this.#waitAtMostMs);
    await promise.finally(() => clearTimeout(timer));
  }

  /** Ends a turn and hands it to whoever has waited longest. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#taken -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

const tooBusy = (most: number, waitedMs: number): OperatorError =>
  new OperatorError({
    code: 'database.too-busy',
    message: `All ${most} database connections of this program have been busy for ${waitedMs / 1000} seconds.`,
    tryThis: 'Wait for the work under way to end, then run this again.',
  });
