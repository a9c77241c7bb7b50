/** The little that a screen left open has to know all the time: whether anything has happened, and whether mail leaves. Reads only; three short statements. */
import { act, type Act } from './act.ts';
import type { Session } from './session.ts';
import { nextAllowed } from '../domain/calendar/next-allowed.ts';
import type { Day, Instant } from '../domain/days.ts';
import type { Role } from '../domain/vocabulary.ts';
import { auditHead } from '../store/sql/audit-logs.ts';
import { sendingSwitches } from '../store/sql/dispatch/gate-locks.ts';

/** How old the answer whether mail may leave now may be while nothing happens: working it out costs more than all the rest. In seconds. */
const WINDOW_HOLDS_SECONDS = 15;

/** @param last what was read before, of which the window is taken over while it surely holds. */
export const readPulse = (session: Session, last: Pulse | null = null) =>
  act(
    session,
    'status',
    async (context) => {
      const { tx, company, now, today, actor } = context;
      const { mail } = session.installation;
      const { lastId } = await auditHead(tx);
      const switches = await sendingSwitches(tx);
      const window = stillHolds(last, context, lastId) ?? windowOf(nextAllowed(await context.calendar(), now), now);
      return {
        /** Number of the company's newest audit event: everything that changes anything moves it. */
        sequence: lastId,
        now,
        today,
        timeZone: session.timeZone,
        companyCode: company.code,
        companyName: company.name,
        isSample: company.isSample,
        login: actor.kind === 'USER' ? actor.login : actor.kind.toLowerCase(),
        roles: actor.kind === 'USER' ? actor.roles : [],
        mode: switches.isSendingStopped
          ? ('STOPPED' as const)
          : company.isPaused
            ? ('PAUSED' as const)
            : mail.kind === 'outbox'
              ? ('OUTBOX' as const)
              : mail.isLoopback
                ? ('LOOPBACK' as const)
                : ('LIVE' as const),
        ...window,
      };
    },
    { isReadOnly: true },
  );

interface Window {
  readonly isWindowOpen: boolean;
  readonly opensAt: Instant | null;
  /** When this was worked out. */
  readonly windowAsOf: Instant;
}

export interface Pulse extends Window {
  readonly sequence: number;
  readonly now: Instant;
  readonly today: Day;
  readonly timeZone: string;
  readonly companyCode: string;
  readonly companyName: string;
  readonly isSample: boolean;
  readonly login: string;
  readonly roles: readonly Role[];
  readonly mode: 'STOPPED' | 'PAUSED' | 'OUTBOX' | 'LOOPBACK' | 'LIVE';
}

const windowOf = (next: ReturnType<typeof nextAllowed>, now: Instant): Window => ({
  isWindowOpen: next.kind === 'open',
  opensAt: next.kind === 'closed' ? next.until : null,
  windowAsOf: now,
});

function stillHolds(last: Pulse | null, { company, now }: Act, sequence: number): Window | null {
  if (last === null || last.companyCode !== company.code || last.sequence !== sequence) return null;
  const { isWindowOpen, opensAt, windowAsOf } = last;
  const age = windowAsOf.until(now, { largestUnit: 'second' }).seconds;
  if (age < 0 || age >= WINDOW_HOLDS_SECONDS) return null;
  return opensAt !== null && Temporal.Instant.compare(opensAt, now) <= 0 ? null : { isWindowOpen, opensAt, windowAsOf };
}
