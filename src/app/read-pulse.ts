/** The little that a screen left open has to know all the time: whether anything has happened, and whether mail leaves. Reads only; three short statements. */
import { act } from './act.ts';
import type { Session } from './session.ts';
import { nextAllowed } from '../domain/calendar/next-allowed.ts';
import { auditHead } from '../store/sql/audit-logs.ts';
import { sendingSwitches } from '../store/sql/dispatch/gate-locks.ts';

export const readPulse = (session: Session) =>
  act(
    session,
    'status',
    async (context) => {
      const { tx, company, now, today, actor } = context;
      const { mail } = session.installation;
      const { lastId } = await auditHead(tx);
      const switches = await sendingSwitches(tx);
      const window = nextAllowed(await context.calendar(), now);
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
        isWindowOpen: window.kind === 'open',
        opensAt: window.kind === 'closed' ? window.until : null,
      };
    },
    { isReadOnly: true },
  );

export type Pulse = Awaited<ReturnType<typeof readPulse>>;
