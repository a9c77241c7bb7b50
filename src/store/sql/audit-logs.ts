/** The audit chain's rows and its head. Append-only: the application's role may insert and read, never change. */
import type { Instant } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Canonical } from '../../domain/canonical-json.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';

export interface AuditLogRow {
  /** 1, 2, 3 … without gaps, per company. */
  readonly id: number;
  /** Database time. */
  readonly recordedAt: Instant;
  /** Business time. */
  readonly businessAt: Instant;
  readonly actorKind: 'USER' | 'DAEMON' | 'SYSTEM';
  readonly actorUserId: UserId | null;
  readonly verb: string;
  readonly objectKind: string;
  readonly objectId: number | null;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, Canonical>>;
  readonly programVersion: string;
  /** 64 hex digits each. */
  readonly previousHash: string;
  readonly hash: string;
}

export interface AuditHead {
  readonly lastId: number;
  readonly lastHash: string;
}

/** What the first event of a company follows on. */
const BEGINNING = '0'.repeat(64);

export async function insertAuditHead(tx: CompanyTx): Promise<void> {
  await tx.query('insert into audit_heads (company_id, last_hash) values ($1, $2)', [tx.companyId, BEGINNING]);
}

/** Takes the end of the chain until the transaction ends; whoever comes second continues from what the first wrote. */
export const lockAuditHead = (tx: CompanyTx): Promise<AuditHead> =>
  tx.one<AuditHead>('select last_id, last_hash from audit_heads where company_id = $1 for update', [tx.companyId]);

/** The end of the chain as it is, without holding it. */
export const auditHead = (tx: CompanyTx): Promise<AuditHead> =>
  tx.one<AuditHead>('select last_id, last_hash from audit_heads where company_id = $1', [tx.companyId]);

export async function moveAuditHead(tx: CompanyTx, head: AuditHead): Promise<void> {
  await tx.query('update audit_heads set last_id = $2, last_hash = $3 where company_id = $1', [tx.companyId, head.lastId, head.lastHash]);
}

const COLUMNS = [
  'id',
  'recorded_at',
  'business_at',
  'actor_kind',
  'actor_user_id',
  'verb',
  'object_kind',
  'object_id',
  'from_state',
  'to_state',
  'reason',
  'detail',
  'program_version',
  'previous_hash',
  'hash',
] as const;

export async function insertAuditLogs(tx: CompanyTx, rows: readonly AuditLogRow[]): Promise<void> {
  await bulkInsert(tx, {
    table: 'audit_logs',
    columns: COLUMNS,
    rows: rows.map((row) => [
      row.id,
      row.recordedAt,
      row.businessAt,
      row.actorKind,
      row.actorUserId,
      row.verb,
      row.objectKind,
      row.objectId,
      row.fromState,
      row.toState,
      row.reason,
      JSON.stringify(row.detail, plainDetail),
      row.programVersion,
      row.previousHash,
      row.hash,
    ]),
  });
}

/** Money in an event is stored as decimal digits, as the canonical form that is hashed writes it. */
const plainDetail = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
