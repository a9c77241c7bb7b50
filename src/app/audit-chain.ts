/**
 * The audit chain: what changed, who, when and why, written in the transaction of the change itself. Gapless per company by the
 * head row's lock, which is taken last so that it is held shortly. Holds no names, addresses or message text.
 */
import { hash } from 'node:crypto';
import type { Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { canonicalJson, type Canonical } from '../domain/canonical-json.ts';
import type { Instant } from '../domain/days.ts';
import type { CompanyId } from '../domain/ids.ts';
import { withoutAddresses } from '../domain/without-addresses.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import { insertAuditLogs, lockAuditHead, moveAuditHead, type AuditLogRow } from '../store/sql/audit-logs.ts';
import { databaseNow } from '../store/sql/database-now.ts';

export interface AuditEvent {
  readonly objectKind:
    | 'verb'
    | 'company'
    | 'user'
    | 'policy'
    | 'template'
    | 'bank-account'
    | 'customer'
    | 'contact'
    | 'invoice'
    | 'payment'
    | 'block'
    | 'suppression'
    | 'import'
    | 'run'
    | 'reminder'
    | 'requested-mail'
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

/** An event's members as they are hashed: those of its row and the company's id, but for the two hashes. */
export type HashedEvent = Omit<AuditLogRow, 'hash' | 'previousHash'> & { readonly companyId: CompanyId };

/**
 * The text that is hashed for an event: its canonical JSON. `docs/audit.md` describes it for those who check the chain with a program
 * of their own. The members are written out in the order of their names instead of sorted each time, since a million are checked at once.
 */
export const auditText = (event: HashedEvent): string =>
  `{"actorKind":${canonicalJson(event.actorKind)},"actorUserId":${canonicalJson(event.actorUserId)},"businessAt":${canonicalJson(event.businessAt)},` +
  `"companyId":${canonicalJson(event.companyId)},"detail":${canonicalJson(event.detail)},"fromState":${canonicalJson(event.fromState)},` +
  `"id":${canonicalJson(event.id)},"objectId":${canonicalJson(event.objectId)},"objectKind":${canonicalJson(event.objectKind)},` +
  `"programVersion":${canonicalJson(event.programVersion)},"reason":${canonicalJson(event.reason)},"recordedAt":${canonicalJson(event.recordedAt)},` +
  `"toState":${canonicalJson(event.toState)},"verb":${canonicalJson(event.verb)}}`;

/** SHA-256 over the format, the hash of the event before and this event's text, as 64 hex digits. */
export const auditHash = (previousHash: string, text: string): string => hash('sha256', `${FORMAT}\n${previousHash}\n${text}`, 'hex');

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
    const body = asStored({
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
      reason: event.reason === undefined ? null : withoutAddresses(event.reason),
      detail: event.detail ?? {},
      programVersion,
    });
    const row = { ...body, previousHash: lastHash, hash: auditHash(lastHash, auditText({ companyId: tx.companyId, ...body })) };
    lastHash = row.hash;
    return row;
  });
  await insertAuditLogs(tx, rows);
  await moveAuditHead(tx, { lastId, lastHash });
}

/**
 * The event as the database will give it back; a hash over anything it cannot keep would later look like an edit. Its instants
 * have microseconds, and its texts neither half of a surrogate pair nor the character NUL.
 */
function asStored<Body extends { readonly businessAt: Instant; readonly reason: string | null; readonly detail: AuditLogRow['detail'] }>(
  body: Body,
): Body {
  return {
    ...body,
    businessAt: body.businessAt.round({ smallestUnit: 'microsecond', roundingMode: 'floor' }),
    reason: body.reason === null ? null : storableText(body.reason),
    detail: storable(body.detail) as AuditLogRow['detail'],
  };
}

const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

function storable(value: Canonical): Canonical {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) return value;
  if (Array.isArray(value)) return value.map((member: Canonical) => storable(member));
  const members = Object.entries(value as Readonly<Record<string, Canonical>>);
  return Object.fromEntries(members.map(([key, member]) => [storableText(key), storable(member)]));
}
