/** Writes the end of the audit chain down outside the database. */
import { act, type Act } from '../act.ts';
import { anchorPath, appendAnchor, readAnchors, type AnchorFile } from './anchor-file.ts';
import { auditFinding } from './audit-finding.ts';
import type { Session } from '../session.ts';
import { judgeAnchored, type AnchorMark, type ChainPoint } from '../../domain/audit-verification.ts';
import { lockAuditHead } from '../../store/sql/audit-logs.ts';
import { chainHashAt } from '../../store/sql/audit-chain-rows.ts';
import { databaseNow } from '../../store/sql/database-now.ts';

export interface AnchorOutcome {
  readonly file: string;
  readonly mark: AnchorMark;
  /** False when the newest anchor says the same already, or something later. */
  readonly isNew: boolean;
}

export interface AnchorOptions {
  /** Where the anchors are; below the installation's folder unless given. */
  readonly path?: string | undefined;
  /** A point of the chain that was verified; without it, the head as it is. */
  readonly point?: ChainPoint;
}

/**
 * Appends an anchor, unless the newest one stands at the same event or behind it. A chain that has lost or changed the event of
 * the newest anchor is not anchored again: that would give the forgery a witness.
 * @throws OperatorError `audit.rewritten|truncated`, `audit.anchors-*`
 */
export const anchorAudit = (session: Session, { path, point }: AnchorOptions = {}): Promise<AnchorOutcome> =>
  act(session, 'audit', async (context) => {
    // Nothing is appended to the chain meanwhile, and nobody else writes the file.
    const { lastId, lastHash } = await lockAuditHead(context.tx);
    const file = await readAnchors(anchorFileOf(session, path), session.companyId);
    await refuseBrokenAnchor(context, file);
    const wanted = point ?? { id: lastId, hash: lastHash };
    const newest = file.marks.at(-1);
    if (newest !== undefined && newest.id >= wanted.id) return { file: file.path, mark: newest, isNew: false };
    const mark: AnchorMark = { ...wanted, anchoredAt: (await databaseNow(context.tx)).toString() };
    await appendAnchor(file, { id: session.companyId, code: session.companyCode }, mark);
    return { file: file.path, mark, isNew: true };
  });

export const anchorFileOf = (session: Session, path: string | undefined): string =>
  path ?? anchorPath(session.installation.home, session.companyCode);

async function refuseBrokenAnchor({ tx }: Act, { marks }: AnchorFile): Promise<void> {
  const newest = marks.at(-1);
  if (newest === undefined || newest.id === 0) return;
  const hash = await chainHashAt(tx, newest.id);
  if (hash === null) throw auditFinding({ kind: 'truncated', id: newest.id, expectedId: newest.id, anchoredAt: newest.anchoredAt });
  const finding = judgeAnchored({ id: newest.id, hash }, [newest]);
  if (finding !== null) throw auditFinding(finding);
}
