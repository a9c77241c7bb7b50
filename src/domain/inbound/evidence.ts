/**
 * What is known for sure about a mail from what came back, and where that moves a reminder. Pure. Evidence comes in any order and more than
 * once: what a status already says, or what is no longer to be said, moves nothing. Nothing here leads back to sending.
 */
import type { InboundVerdict } from './judge-inbound.ts';
import type { DeliveryStatus } from '../vocabulary.ts';

/** `arrived`: somebody has it; `delivered`: it lies in the mailbox; `bounced`: it does not; `complained`: it does, unwanted. */
export type Evidence = 'arrived' | 'delivered' | 'bounced' | 'complained';

const MOVES: Readonly<Record<Evidence, Partial<Record<DeliveryStatus, readonly DeliveryStatus[]>>>> = {
  arrived: { UNCERTAIN: ['SENT'] },
  delivered: { UNCERTAIN: ['SENT', 'DELIVERED'], SENT: ['DELIVERED'] },
  bounced: { UNCERTAIN: ['REJECTED'], SENT: ['BOUNCED'], DELIVERED: ['BOUNCED'] },
  complained: { UNCERTAIN: ['SENT', 'COMPLAINED'], SENT: ['COMPLAINED'], DELIVERED: ['COMPLAINED'] },
};

/** The statuses it goes through, in order; empty when nothing follows. */
export const movesBy = (evidence: Evidence, status: DeliveryStatus): readonly DeliveryStatus[] => MOVES[evidence][status] ?? [];

/** `null`: nothing is known for sure. What was only found by an address may be about anything. */
export function evidenceOf(verdict: InboundVerdict): Evidence | null {
  switch (verdict.kind) {
    case 'delivered':
      return 'delivered';
    case 'relayed':
    case 'auto-reply':
      return 'arrived';
    case 'reply':
      return verdict.by === 'address' ? null : 'arrived';
    case 'bounced':
      return verdict.bounce === 'unreadable' ? null : 'bounced';
    case 'complaint':
      return 'complained';
    case 'delayed':
    case 'forged':
    case 'unrelated':
      return null;
  }
}
