/**
 * Leaves the terminal to another program and takes it back, whatever that program did to it: keys, modes, signals and picture are ours again when
 * this returns.
 */
import type { KeyReader } from '../input/read-keys.ts';
import type { Ending } from './follow-ending.ts';

export interface HandOverOptions {
  readonly keys: Pick<KeyReader, 'pause' | 'resume'>;
  readonly ending: Pick<Ending, 'deafTo'>;
  /** What the face switched on in the terminal, and off. */
  readonly modes: { readonly enter: string; readonly leave: string };
  readonly write: (text: string) => void;
  /** Draws nothing while the work goes on, then everything anew. */
  readonly suspend: (work: () => Promise<void>) => Promise<void>;
}

export async function handOver<Result>(options: HandOverOptions, work: () => Promise<Result>): Promise<Result> {
  const { keys, ending, modes, write, suspend } = options;
  const outcome: { result?: Result; failure?: { readonly error: unknown } } = {};
  keys.pause();
  ending.deafTo('SIGINT');
  try {
    await suspend(async () => {
      write(modes.leave);
      try {
        outcome.result = await work();
      } catch (error) {
        outcome.failure = { error };
      } finally {
        write(modes.enter);
      }
    });
  } finally {
    ending.deafTo(null);
    keys.resume();
  }
  if (outcome.failure) throw outcome.failure.error;
  return outcome.result as Result;
}
