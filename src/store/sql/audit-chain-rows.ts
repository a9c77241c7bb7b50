/**
 * The audit chain as it lies in the tables, for checking and handing it out. Values a fault could have made unreadable (a number
 * beyond safe integers, an instant beyond the calendar) come as text, so that the check can name the event instead of stopping at it.
 */
import type { Instant } from '../../domain/days.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface StoredAuditEvent {
  readonly id: string;
  /** As PostgreSQL writes it in UTC: `2026-11-23 06:00:00.123456+00`. */
  readonly recordedAt: string;
  readonly businessAt: string;
  readonly actorKind: string;
  readonly actorUserId: string | null;
  readonly verb: string;
  readonly objectKind: string;
  readonly objectId: string | null;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly reason: string | null;
  readonly detail: unknown;
  readonly programVersion: string;
  readonly previousHash: string;
  readonly hash: string;
}

export interface ChainEnds {
  /** Null when the company has no head row. */
  readonly headId: string | null;
  readonly headHash: string | null;
  /** The last event there is, whatever the head says; null when there is none. */
  readonly lastLoggedId: string | null;
}

/** Where the head says the chain ends and where it does, as of one moment: events appended later are in neither. */
export const chainEnds = (tx: CompanyTx): Promise<ChainEnds> =>
  tx.one<ChainEnds>(
    `select (select last_id::text from audit_heads where company_id = $1) as head_id,
            (select last_hash from audit_heads where company_id = $1) as head_hash,
            (select max(id)::text from audit_logs where company_id = $1) as last_logged_id`,
    [tx.companyId],
  );

/** About two megabytes of events: enough to spread the cost of a round trip. */
const PAGE_EVENTS = 2_000;

/** The events after one id up to another, in order. The next page is fetched while the reader works on this one. */
export async function* chainPages(tx: CompanyTx, afterId: string, upToId: string): AsyncGenerator<readonly StoredAuditEvent[]> {
  let coming = chainPage(tx, afterId, upToId);
  for (;;) {
    const page = await coming;
    const last = page.at(-1);
    if (last === undefined) return;
    coming = page.length < PAGE_EVENTS ? Promise.resolve([]) : chainPage(tx, last.id, upToId);
    // A reader who stops early waits for no page; the transaction still ends only after it.
    coming.catch(() => undefined);
    yield page;
    if (page.length < PAGE_EVENTS) return;
  }
}

const chainPage = (tx: CompanyTx, afterId: string, upToId: string): Promise<readonly StoredAuditEvent[]> =>
  tx.query<StoredAuditEvent>(
    `select id::text, recorded_at::text, business_at::text, actor_kind, actor_user_id::text, verb, object_kind, object_id::text,
            from_state, to_state, reason, detail, program_version, previous_hash, hash
       from audit_logs
      where company_id = $1 and id > $2 and id <= $3
      order by audit_logs.id
      limit $4`,
    [tx.companyId, afterId, upToId, PAGE_EVENTS],
  );

/** The hash an event has now, if it is there. */
export async function chainHashAt(tx: CompanyTx, id: number): Promise<string | null> {
  const row = await tx.maybeOne<{ hash: string }>('select hash from audit_logs where company_id = $1 and id = $2', [tx.companyId, id]);
  return row?.hash ?? null;
}

/** The first event recorded at or after an instant, as text; null when there is none. */
export async function firstEventSince(tx: CompanyTx, since: Instant): Promise<string | null> {
  const row = await tx.one<{ firstId: string | null }>(
    'select min(id)::text as first_id from audit_logs where company_id = $1 and recorded_at >= $2',
    [tx.companyId, since],
  );
  return row.firstId;
}
