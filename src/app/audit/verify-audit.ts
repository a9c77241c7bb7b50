/** Checks the whole audit chain of a company against itself, its head and its anchors. */
import { act } from '../act.ts';
import { anchorAudit, anchorFileOf, type AnchorOutcome } from './anchor-audit.ts';
import { readAnchors, type AnchorFile } from './anchor-file.ts';
import { auditFinding } from './audit-finding.ts';
import { checkChain, type ChainVerdict } from './check-chain.ts';
import type { Session } from '../session.ts';
import type { AnchorMark, ChainPoint } from '../../domain/audit-verification.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { chainEnds, chainPages } from '../../store/sql/audit-chain-rows.ts';

export interface VerifiedAudit {
  /** The last event, and so how many there are. */
  readonly end: ChainPoint;
  /** The anchors as they were found. */
  readonly anchors: AnchorFile;
  /** The anchor written after the check; null when none was wanted. */
  readonly anchored: AnchorOutcome | null;
}

export interface VerifyOptions {
  readonly path?: string | undefined;
  /** Writes the verified end down as a new anchor. */
  readonly anchors: boolean;
}

/** @throws OperatorError `audit.…` naming the first fault found. */
export async function verifyAudit(session: Session, options: VerifyOptions): Promise<VerifiedAudit> {
  const { anchors, verdict } = await act(
    session,
    'audit',
    async ({ tx }) => {
      const file = await readAnchors(anchorFileOf(session, options.path), session.companyId);
      return { anchors: file, verdict: await followChain(tx, file.marks) };
    },
    { isReadOnly: true },
  );
  if (verdict.finding !== null) throw auditFinding(verdict.finding);
  const anchored = options.anchors ? await anchorAudit(session, { path: options.path, point: verdict.end }) : null;
  return { end: verdict.end, anchors, anchored };
}

/** Events appended after it began are not looked at; the anchors were read before, so none of theirs is among those. */
export async function followChain(tx: CompanyTx, anchors: readonly AnchorMark[]): Promise<ChainVerdict> {
  const { headId, headHash, lastLoggedId } = await chainEnds(tx);
  return await checkChain({
    companyId: tx.companyId,
    pages: chainPages(tx, '0', lastLoggedId ?? '0'),
    head: headId === null || headHash === null ? null : { id: Number(headId), hash: headHash },
    lastLoggedId: Number(lastLoggedId ?? 0),
    anchors,
  });
}
