/**
 * The daemon's log: one JSON object a line, with a fixed set of members. Ids, codes, counts and times only; a name, an address or the text
 * of a mail has no member it could go into.
 */
import { pino } from 'pino';

export interface LogMembers {
  readonly company?: string;
  readonly instance?: string;
  readonly job?: string;
  readonly slotAt?: string;
  readonly outcome?: string;
  readonly code?: string | null;
  readonly tookMs?: number;
  readonly port?: number;
  readonly mails?: number;
  readonly settled?: number;
  readonly sent?: number;
  readonly uncertain?: number;
  readonly rejected?: number;
  readonly failed?: number;
  readonly retried?: number;
  readonly needsReview?: number;
  readonly requeued?: number;
  readonly outcomes?: number;
  readonly neverBegun?: number;
}

export type Log = (level: 'info' | 'warn' | 'error', what: string, members?: LogMembers) => void;

export function openLog(): Log {
  // Written at once: a line that waits in memory is lost with the process it would explain.
  const logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 1, sync: true }));
  return (level, what, members = {}) => logger[level](members, what);
}
