/**
 * The audit chain: what changed, who, when and why, written in the transaction of the change itself. Gapless per company by the
 * head row's lock, which is taken last so that it is held shortly. Holds no names, addresses or message text.
 */
import { createHash } from 'node:crypto';
import type { Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { canonicalJson, type Canonical } from '../domain/canonical-json.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import { insertAuditLogs, lockAuditHead, moveAuditHead, type AuditLogRow } from '../store/sql/audit-logs.ts';
import { databaseNow } from '../store/sql/database-now.ts';

export interface AuditEvent {
  readonly objectKind:
    | 'verb'
    | 'company'
    | 'user'
    | 'policy'
    | 'customer'
    | 'contact'
    | 'invoice'
    | 'payment'
    | 'block'
    | 'import'
    | 'run'
    | 'reminder'
    | 'attempt';
  readonly objectId: number | null;
  readonly fromState?: string;
  readonly toState?: string;
  /** A code or an operator's own words; never a name or an address. */
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, Canonical>>;
}

/** Format of what is hashed; a change of the canonical form gets a new number, so that old rows still verify. */
const FORMAT = 1;

/** Hash of one event: SHA-256 over the format, the previous hash and the event's canonical JSON, as 64 hex digits. */
export function auditHash(previousHash: string, row: Omit<AuditLogRow, 'hash' | 'previousHash'>): string {
  return createHash('sha256')
    .update(`${FORMAT}\n${previousHash}\n${canonicalJson(row as unknown as Canonical)}`)
    .digest('hex');
}

/** Appends the events in order and moves the head. */
export async function appendAuditEvents(
  tx: CompanyTx,
  act: Pick<Act, 'actor' | 'verb' | 'now'>,
  events: readonly AuditEvent[],
  programVersion: string,
): Promise<void> {
  const recordedAt = await databaseNow(tx);
  const head = await lockAuditHead(tx);
  let { lastId, lastHash } = head;
  const rows = events.map((event): AuditLogRow => {
    lastId += 1;
    const body = {
      id: lastId,
      recordedAt,
      businessAt: act.now,
      actorKind: act.actor.kind,
      actorUserId: userIdOf(act.actor),
      verb: act.verb,
      objectKind: event.objectKind,
      objectId: event.objectId,
      fromState: event.fromState ?? null,
      toState: event.toState ?? null,
      reason: event.reason ?? null,
      detail: event.detail ?? {},
      programVersion,
    };
    const hash = auditHash(lastHash, body);
    const row = { ...body, previousHash: lastHash, hash };
    lastHash = hash;
    return row;
  });
  await insertAuditLogs(tx, rows);
  await moveAuditHead(tx, { lastId, lastHash });
}
