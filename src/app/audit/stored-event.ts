/** An audit event as it lies in the table, brought back to the text that was hashed when it was written. */
import { auditHash, auditText, type HashedEvent } from '../audit-chain.ts';
import type { EventEvidence } from '../../domain/audit-verification.ts';
import type { CompanyId } from '../../domain/ids.ts';
import { BugError } from '../../domain/operator-error.ts';
import type { StoredAuditEvent } from '../../store/sql/audit-chain-rows.ts';

/** The text that is hashed; null when the event holds what none can hold, such as a fraction: then somebody put it there. */
export function storedText(companyId: CompanyId, event: StoredAuditEvent, id: number = Number(event.id)): string | null {
  try {
    return auditText(hashedMembers(companyId, event, id));
  } catch (error) {
    if (error instanceof BugError) return null;
    throw error;
  }
}

/** All members under their names, the hashes left out, with the values as the hashed text spells them. */
export function hashedMembers(companyId: CompanyId, event: StoredAuditEvent, id: number): HashedEvent {
  const members = {
    actorKind: event.actorKind,
    actorUserId: wholeNumber(event.actorUserId),
    businessAt: instantText(event.businessAt),
    companyId,
    detail: event.detail,
    fromState: event.fromState,
    id,
    objectId: wholeNumber(event.objectId),
    objectKind: event.objectKind,
    programVersion: event.programVersion,
    reason: event.reason,
    recordedAt: instantText(event.recordedAt),
    toState: event.toState,
    verb: event.verb,
  } satisfies Record<keyof HashedEvent, unknown>;
  return members as unknown as HashedEvent;
}

/** @param lastId the last place of the chain, as far as a place is looked for. */
export function evidenceOf(companyId: CompanyId, event: StoredAuditEvent, lastId: number): EventEvidence {
  const { previousHash, hash } = event;
  const hashAs = (id: number): string | null => {
    const text = storedText(companyId, event, id);
    return text === null ? null : auditHash(previousHash, text);
  };
  return {
    id: Number(event.id),
    previousHash,
    hash,
    contentHash: hashAs(Number(event.id)),
    writtenAs: () => placeOf(hash, hashAs, lastId),
  };
}

/** So that an id set to the largest number there is does not make the search endless; 7 years of 4,000 events a day. */
const MOST_PLACES = 10_000_000;

/** Every place is tried: some seconds for a million events, once, in a chain that is broken anyway. */
function placeOf(hash: string, hashAs: (id: number) => string | null, lastId: number): number | null {
  if (hashAs(0) === null) return null;
  for (let id = 1; id <= Math.min(lastId, MOST_PLACES); id += 1) if (hashAs(id) === hash) return id;
  return null;
}

/** PostgreSQL's spelling of an instant in UTC and ours differ in two places only. */
const instantText = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z');

/** A number beyond exactness stays text, which gives another hash than any number. */
function wholeNumber(text: string | null): number | string | null {
  if (text === null) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}
