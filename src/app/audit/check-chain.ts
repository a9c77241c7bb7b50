/** Follows a chain of audit events from one point to its end in bounded memory, and stops at the first fault. */
import { evidenceOf } from './stored-event.ts';
import {
  CHAIN_BEGINNING,
  judgeAnchored,
  judgeAnchoredEnd,
  judgeEnd,
  judgeEvent,
  type AnchorMark,
  type ChainFinding,
  type ChainPoint,
} from '../../domain/audit-verification.ts';
import type { CompanyId } from '../../domain/ids.ts';
import type { StoredAuditEvent } from '../../store/sql/audit-chain-rows.ts';

export interface ChainToCheck {
  readonly companyId: CompanyId;
  /** All events in the order of their ids. */
  readonly pages: AsyncIterable<readonly StoredAuditEvent[]>;
  /** Null when the company has no head row. */
  readonly head: ChainPoint | null;
  /** The highest id there is. */
  readonly lastLoggedId: number;
  readonly anchors: readonly AnchorMark[];
}

export interface ChainVerdict {
  /** The last event found right. */
  readonly end: ChainPoint;
  readonly finding: ChainFinding | null;
}

/** An event can have come from further out than the chain now reaches, when others were deleted and the gap was closed. */
const PLACES_BEYOND = 10_000;

export async function checkChain(chain: ChainToCheck): Promise<ChainVerdict> {
  const anchors = Map.groupBy(chain.anchors, (mark) => mark.id);
  const lastPlace = Math.max(chain.lastLoggedId, chain.head?.id ?? 0) + PLACES_BEYOND;
  let end = CHAIN_BEGINNING;
  for await (const page of chain.pages) {
    for (const event of page) {
      const evidence = evidenceOf(chain.companyId, event, lastPlace);
      const finding = judgeEvent(end, evidence) ?? judgeAnchored(evidence, anchors.get(evidence.id) ?? []);
      if (finding !== null) return { end, finding };
      end = { id: evidence.id, hash: evidence.hash };
    }
  }
  return { end, finding: judgeEnd(end, chain.head) ?? judgeAnchoredEnd(end, chain.anchors) };
}
