/**
 * The circuit breaker of a mail server: whether mails may go there now, and what the outcome of one says about the next. Pure; the state
 * is stored once for every sender of an installation, and times are the database's.
 */
import type { Instant } from './days.ts';

/** What a mail said about its server; refusals of one recipient say nothing. */
export type RelaySign = 'accepted' | 'connection' | 'tls' | 'auth' | 'refusing' | 'uncertain';

export interface BreakerState {
  /** In a row, without a mail accepted in between. */
  readonly failures: number;
  readonly doubts: number;
  readonly doubtsSince: Instant | null;
  readonly openedAt: Instant | null;
  readonly openedWhy: Exclude<RelaySign, 'accepted'> | null;
  /** When one mail may try whether the server works again. */
  readonly probeAt: Instant | null;
  readonly probes: number;
}

export const CLOSED: BreakerState = {
  failures: 0,
  doubts: 0,
  doubtsSince: null,
  openedAt: null,
  openedWhy: null,
  probeAt: null,
  probes: 0,
};

/** Five: one lost connection is weather, five in a row are a server that is down. */
const FAILURES_TO_OPEN = 5;

/** Temporary refusals in a row. Greylisting refuses every new recipient once, so a few mean nothing; twenty are a server that takes nothing. */
const REFUSALS_TO_OPEN = 20;

/** Each mail in doubt costs a person's time; five in ten minutes are a fault of the server or of the way there. */
const DOUBTS_TO_OPEN = 5;
const DOUBTS_WITHIN_MINUTES = 10;

export function afterSign(state: BreakerState, sign: RelaySign, now: Instant): BreakerState {
  if (sign === 'accepted') return CLOSED;
  const isRecent =
    state.doubtsSince !== null && Temporal.Instant.compare(state.doubtsSince.add({ minutes: DOUBTS_WITHIN_MINUTES }), now) > 0;
  const doubts = sign === 'uncertain' ? (isRecent ? state.doubts + 1 : 1) : state.doubts;
  const doubtsSince = sign === 'uncertain' && !isRecent ? now : state.doubtsSince;
  const next = { ...state, failures: state.failures + 1, doubts, doubtsSince };
  if (state.openedAt !== null) return { ...next, openedWhy: sign, probes: state.probes + 1, probeAt: probeAfter(state.probes + 1, now) };
  return mustOpen(next, sign) ? { ...next, openedAt: now, openedWhy: sign, probes: 0, probeAt: probeAfter(0, now) } : next;
}

function mustOpen({ failures, doubts }: BreakerState, sign: Exclude<RelaySign, 'accepted'>): boolean {
  switch (sign) {
    // Neither a wrong password nor a wrong certificate gets better by trying.
    case 'auth':
    case 'tls':
      return true;
    case 'connection':
      return failures >= FAILURES_TO_OPEN;
    case 'refusing':
      return failures >= REFUSALS_TO_OPEN;
    case 'uncertain':
      return doubts >= DOUBTS_TO_OPEN;
  }
}

/** One minute, then two, four … half an hour: a server that comes back is met soon, one that stays away is not hammered. */
const probeAfter = (probes: number, now: Instant): Instant => now.add({ minutes: Math.min(30, 2 ** Math.min(5, probes)) });

export type Passage =
  | { readonly kind: 'closed' }
  | { readonly kind: 'probe' }
  | { readonly kind: 'open'; readonly until: Instant; readonly why: string };

export function passage({ openedAt, openedWhy, probeAt }: BreakerState, now: Instant): Passage {
  if (openedAt === null || openedWhy === null || probeAt === null) return { kind: 'closed' };
  return Temporal.Instant.compare(probeAt, now) <= 0 ? { kind: 'probe' } : { kind: 'open', until: probeAt, why: WHY[openedWhy] };
}

/** What operators read. */
const WHY: Readonly<Record<Exclude<RelaySign, 'accepted'>, string>> = {
  connection: 'the mail server cannot be reached',
  tls: 'there is no secure connection to the mail server',
  auth: 'the mail server refuses our login',
  refusing: 'the mail server puts off every mail',
  uncertain: 'the mail server leaves it open what it took',
};
