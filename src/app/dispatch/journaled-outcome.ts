/** What a line of a journal says about a mail, for whoever records it in place of the sender that died. */
import type { SendOutcome } from '../../mail/transport.ts';
import type { EndedLine } from './outcome-journal.ts';

const FROM_JOURNAL = 'as the journal of the sender that stopped says';

export function outcomeOf({ outcome, handedOver, code, suppress }: EndedLine): SendOutcome {
  const known = { isBodyHandedOver: handedOver, replyCode: code, replyText: null };
  switch (outcome) {
    case 'ACCEPTED':
      return { ...known, kind: outcome, queueId: null };
    case 'TEMPORARY':
      return { ...known, kind: outcome, hint: null, replyText: FROM_JOURNAL };
    case 'REFUSED':
      return { ...known, kind: outcome, suppressAddress: suppress, replyText: FROM_JOURNAL };
    case 'UNCERTAIN':
      return { ...known, kind: outcome, why: FROM_JOURNAL };
    case 'NOT_SENT':
      return { ...known, kind: outcome, why: FROM_JOURNAL, breaker: null };
  }
}

/** Not in the journal of its sender: the line is on the disk before the first byte leaves. */
export const NEVER_BEGUN: SendOutcome = {
  kind: 'NOT_SENT',
  why: 'no byte of it left this machine',
  breaker: null,
  isBodyHandedOver: false,
  replyCode: null,
  replyText: null,
};
