/**
 * Hands outcomes to the database, in groups: those that come while one transaction is under way share the next. An outcome the database
 * cannot take now is tried again; the journal holds it meanwhile.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { recordOutcomes, type Attempted, type Outcome, type Recorded } from '../record-outcome.ts';
import type { Session } from '../session.ts';
import type { SendOutcome } from '../../mail/transport.ts';
import { isDatabaseAway } from './database-away.ts';
import type { Dispatcher } from './dispatcher.ts';

export interface OutcomeRecorder {
  /** Resolves when it is committed. */
  record(attempted: Attempted, outcome: SendOutcome): Promise<Recorded>;
}

interface Waiting extends Outcome {
  readonly resolve: (recorded: Recorded) => void;
  readonly reject: (error: unknown) => void;
}

/** One transaction's worth: larger ones hold accounts longer than anybody should wait for. */
const MOST_TOGETHER = 100;

/**
 * A group is begun this long after the one before, unless it is full: a transaction costs some ten statements however few outcomes it
 * holds. Meanwhile the journal holds them, and on another machine they would be uncertain for as much longer as this.
 */
const GROUP_EVERY_MS = 200;

/** @param patience Ends the tries while the database is away; the journal then keeps what is left. */
export function openRecorder(session: Session, { journal, sender, transport }: Dispatcher, patience: AbortSignal): OutcomeRecorder {
  const relay = transport.kind === 'smtp' ? sender.relay : null;
  let waiting: Waiting[] = [];
  let isRecording = false;
  let begunMs = -Infinity;
  let filled = Promise.withResolvers<undefined>();

  const recordGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const recorded = await recordForSure(session, group, relay, patience);
      for (const one of group) {
        journal.settled({ companyId: session.companyId, attemptId: one.attempted.attemptId });
        one.resolve(recorded.get(one.attempted.attemptId) ?? 'UNCERTAIN');
      }
    } catch (error) {
      // One that cannot be recorded must not keep the others from being recorded.
      if (group.length > 1 && !isDatabaseAway(error)) for (const one of group) await recordGroup([one]);
      else for (const one of group) one.reject(error);
    }
  };

  const run = async (): Promise<void> => {
    isRecording = true;
    while (waiting.length > 0) {
      const early = begunMs + GROUP_EVERY_MS - performance.now();
      if (early > 0 && waiting.length < MOST_TOGETHER && !patience.aborted)
        await Promise.race([pause(early, undefined, { signal: patience }).catch(() => undefined), filled.promise]);
      filled = Promise.withResolvers<undefined>();
      begunMs = performance.now();
      const group = waiting.slice(0, MOST_TOGETHER);
      waiting = waiting.slice(MOST_TOGETHER);
      await recordGroup(group);
    }
    isRecording = false;
  };

  return {
    record: (attempted, outcome) =>
      new Promise((resolve, reject) => {
        waiting.push({ attempted, outcome, resolve, reject });
        if (waiting.length >= MOST_TOGETHER) filled.resolve(undefined);
        if (!isRecording) void run();
      }),
  };
}

/** Waits between tries while the database is away; the last one repeats. */
const AGAIN_AFTER_MS = [200, 1_000, 3_000, 10_000, 20_000];

async function recordForSure(session: Session, group: readonly Outcome[], relay: string | null, patience: AbortSignal) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await recordOutcomes(session, group, Math.random, relay);
    } catch (error) {
      if (!isDatabaseAway(error) || patience.aborted) throw error;
      await pause(AGAIN_AFTER_MS[tries] ?? 20_000, undefined, { signal: patience }).catch(() => undefined);
    }
  }
}
