import type { Day, Instant } from '../../../domain/days.ts';
import type { ReminderId, UserId } from '../../../domain/ids.ts';
import type { DeliveryStatus } from '../../../domain/vocabulary.ts';
import { LIVE_STATUSES } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** Columns a change of state may set besides the state; `null` clears one, a missing key leaves it. */
export interface ReminderChange {
  readonly approvalKind?: 'PERSON' | 'RULE' | null;
  readonly approvedBy?: UserId | null;
  readonly approvedAt?: Instant | null;
  readonly approvalLapsesOn?: Day | null;
  readonly approvedDigest?: string | null;
  readonly approvedRenderHash?: string | null;
  readonly undoUntil?: Instant | null;
  readonly claimableAt?: Instant | null;
  readonly scheduledFor?: Instant;
  readonly heldUntilOn?: Day | null;
  readonly isShaped?: false;
  readonly statusReason?: string | null;
  readonly reviewChanges?: readonly string[];
  readonly attemptCount?: number;
  readonly contactedAt?: Instant;
  readonly nextEligibleContactOn?: Day;
  readonly sentAt?: Instant;
  readonly leaseUntil?: null;
  readonly leaseHolder?: null;
}

const COLUMN_OF: Readonly<Record<keyof ReminderChange, string>> = {
  approvalKind: 'approval_kind',
  approvedBy: 'approved_by',
  approvedAt: 'approved_at',
  approvalLapsesOn: 'approval_lapses_on',
  approvedDigest: 'approved_digest',
  approvedRenderHash: 'approved_render_hash',
  undoUntil: 'undo_until',
  claimableAt: 'claimable_at',
  scheduledFor: 'scheduled_for',
  heldUntilOn: 'held_until_on',
  isShaped: 'is_shaped',
  statusReason: 'status_reason',
  reviewChanges: 'review_changes',
  attemptCount: 'attempt_count',
  contactedAt: 'contacted_at',
  nextEligibleContactOn: 'next_eligible_contact_on',
  sentAt: 'sent_at',
  leaseUntil: 'lease_until',
  leaseHolder: 'lease_holder',
};

export interface ReminderMove {
  readonly id: ReminderId;
  readonly from: DeliveryStatus;
  readonly to: DeliveryStatus;
  /** Version the mover saw; `null` for a worker, whom the fence guards. */
  readonly version: number | null;
  /** Fence a worker holds; `null` for a person, whom the version guards. */
  readonly fence: number | null;
  readonly at: Instant;
  readonly change: ReminderChange;
}

/**
 * Moves one reminder from a state to another, only if it is still in that state and nobody moved it since. A move out of LEASED or
 * by a person raises the fence, so that a worker who held it finds no row. False when the guard did not hold.
 */
export async function moveReminder(tx: CompanyTx, move: ReminderMove): Promise<boolean> {
  const values: unknown[] = [tx.companyId, move.id, move.from, move.to, move.at, move.version, move.fence];
  const sets = Object.entries(move.change).map(([key, value]) => {
    values.push(key === 'reviewChanges' ? JSON.stringify(value) : value);
    return `${COLUMN_OF[key as keyof ReminderChange]} = $${values.length}`;
  });
  const raisesFence = move.fence === null;
  const moved = await tx.maybeOne(
    `update customer_consolidated_reminders
        set ${['delivery_status = $4', 'status_changed_at = $5', 'version = version + 1', `fence = fence + ${raisesFence ? 1 : 0}`, ...sets].join(', ')}
      where company_id = $1 and id = $2 and delivery_status = $3
        and ($6::int is null or version = $6) and ($7::bigint is null or fence = $7)
      returning id`,
    values,
  );
  if (!moved) return false;
  if (!isLive(move.to)) await releaseItems(tx, move.id);
  return true;
}

const isLive = (status: DeliveryStatus): boolean => (LIVE_STATUSES as readonly DeliveryStatus[]).includes(status);

/** Frees the rows of a reminder that is no longer live, so that a later one may ask for the same invoices. */
const releaseItems = (tx: CompanyTx, id: ReminderId): Promise<readonly unknown[]> =>
  tx.query('update consolidated_reminder_items set live = false where company_id = $1 and reminder_id = $2 and live', [tx.companyId, id]);
