/** One company's turn at a daemon: sends what is due, for a few seconds at most, so that no company waits behind another's thousands. */
import { act } from '../act.ts';
import { openDispatcher, type Dispatcher } from '../dispatch/dispatcher.ts';
import { dispatchPass } from '../dispatch/pass.ts';
import { openCompanyTransport } from '../open-transport.ts';
import type { Installation } from '../installation.ts';
import { sendRequested } from '../requested/send-requested.ts';
import type { Session } from '../session.ts';
import type { MailTransport } from '../../mail/transport.ts';
import { hasRequestedWork } from '../../store/sql/requested/claim-requested.ts';
import { dueWork } from '../../store/sql/daemon/due-work.ts';

export interface Turn {
  readonly sent: number;
  readonly uncertain: number;
  readonly rejected: number;
  readonly failed: number;
  readonly retried: number;
  readonly needsReview: number;
  readonly stoppedWhy: string | null;
  readonly hasMore: boolean;
  /** How long until the next reminder may leave; `null` when none waits. */
  readonly nextInMs: number | null;
}

export interface TurnOptions {
  readonly signal: AbortSignal;
  readonly cutOff: AbortSignal;
}

/** Two seconds: with ten companies in full swing each is met every twenty. */
const TURN_MS = 2_000;

export async function dispatchTurn(session: Session, dispatcher: Dispatcher, { signal, cutOff }: TurnOptions): Promise<Turn> {
  const { due, nextAt, now, isAsked } = await act(
    session,
    'status',
    async (context) => ({
      ...(await dueWork(context.tx, context.now)),
      now: context.now,
      isAsked: await hasRequestedWork(context.tx, context.now),
    }),
    {
      isReadOnly: true,
    },
  );
  // Tens a day, each somebody waits for: they go before the reminders.
  if (isAsked) await sendRequested(session, { dispatcher, signal });
  const nextInMs = nextAt === null ? null : Math.max(0, nextAt.epochMilliseconds - now.epochMilliseconds);
  if (due === 0) return { ...NOTHING, nextInMs };
  const { of, stoppedWhy, hasMore } = await dispatchPass(session, dispatcher, { signal, cutOff, patience: cutOff, forMs: TURN_MS });
  return {
    sent: of.get('SENT') ?? 0,
    uncertain: of.get('UNCERTAIN') ?? 0,
    rejected: of.get('REJECTED') ?? 0,
    failed: of.get('FAILED') ?? 0,
    retried: of.get('QUEUED') ?? 0,
    needsReview: of.get('needsReview') ?? 0,
    stoppedWhy,
    hasMore,
    nextInMs,
  };
}

const NOTHING: Turn = {
  sent: 0,
  uncertain: 0,
  rejected: 0,
  failed: 0,
  retried: 0,
  needsReview: 0,
  stoppedWhy: null,
  hasMore: false,
  nextInMs: null,
};

/** Opened once for all companies; a sandbox that writes to the outbox folder has a dispatcher of its own. */
export interface Dispatchers {
  for(session: Session): Promise<Dispatcher>;
  close(): Promise<void>;
}

export function openDispatchers(installation: Installation): Dispatchers {
  const opened = new Map<string, Promise<{ readonly dispatcher: Dispatcher; readonly transport: MailTransport }>>();
  const open = async (transport: MailTransport) => ({ transport, dispatcher: await openDispatcher(installation, transport) });
  return {
    for: async (session) => {
      const transport = await openCompanyTransport(session);
      const known = opened.get(transport.label);
      if (known !== undefined) await transport.close();
      const one = known ?? open(transport);
      opened.set(transport.label, one);
      // A journal that could not be opened is tried again at the next turn.
      one.catch(() => opened.delete(transport.label));
      return (await one).dispatcher;
    },
    close: async () => {
      for (const one of opened.values()) {
        const { dispatcher, transport } = await one;
        await transport.close();
        await dispatcher.close();
      }
    },
  };
}
