/** Tells the circuit breaker what the outcomes of mails say about their server. */
import type { Act } from '../act.ts';
import { afterSign, CLOSED, type BreakerState, type RelaySign } from '../../domain/relay-breaker.ts';
import type { SendOutcome } from '../../mail/transport.ts';
import { lockRelay, relayRow, storeBreaker } from '../../store/sql/dispatch/relays.ts';

/** In the order the mails ended. Where all is well nothing is written and nobody waits. */
export async function noteSigns({ tx }: Act, relay: string, outcomes: readonly { readonly outcome: SendOutcome }[]): Promise<void> {
  const signs = outcomes.map(({ outcome }) => signOf(outcome)).filter((sign) => sign !== null);
  const seen = await relayRow(tx, relay);
  if (seen === undefined || (isUntroubled(seen) && signs.every((sign) => sign === 'accepted'))) return;
  const row = await lockRelay(tx, relay);
  if (row === undefined) return;
  await storeBreaker(
    tx,
    relay,
    signs.reduce((state: BreakerState, sign) => afterSign(state, sign, row.now), row),
  );
}

const isUntroubled = ({ failures, doubts, openedAt }: BreakerState): boolean =>
  failures === CLOSED.failures && doubts === CLOSED.doubts && openedAt === CLOSED.openedAt;

/** A refusal for good is about one recipient or one text: the server works. */
function signOf(outcome: SendOutcome): RelaySign | null {
  switch (outcome.kind) {
    case 'ACCEPTED':
      return 'accepted';
    case 'TEMPORARY':
      return 'refusing';
    case 'UNCERTAIN':
      return 'uncertain';
    case 'NOT_SENT':
      return outcome.breaker;
    case 'REFUSED':
      return null;
  }
}
