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
  readonly deliveredAt?: Instant;
  readonly leaseUntil?: null;
  readonly leaseHolder?: null;
}

/** Column and type of each; the type tells the server what an array of values holds. */
const COLUMN_OF: Readonly<Record<keyof ReminderChange, readonly [name: string, type: string]>> = {
  approvalKind: ['approval_kind', 'text'],
  approvedBy: ['approved_by', 'bigint'],
  approvedAt: ['approved_at', 'timestamptz'],
  approvalLapsesOn: ['approval_lapses_on', 'date'],
  approvedDigest: ['approved_digest', 'text'],
  approvedRenderHash: ['approved_render_hash', 'text'],
  undoUntil: ['undo_until', 'timestamptz'],
  claimableAt: ['claimable_at', 'timestamptz'],
  scheduledFor: ['scheduled_for', 'timestamptz'],
  heldUntilOn: ['held_until_on', 'date'],
  isShaped: ['is_shaped', 'boolean'],
  statusReason: ['status_reason', 'text'],
  reviewChanges: ['review_changes', 'jsonb'],
  attemptCount: ['attempt_count', 'int'],
  contactedAt: ['contacted_at', 'timestamptz'],
  nextEligibleContactOn: ['next_eligible_contact_on', 'date'],
  sentAt: ['sent_at', 'timestamptz'],
  deliveredAt: ['delivered_at', 'timestamptz'],
  leaseUntil: ['lease_until', 'timestamptz'],
  leaseHolder: ['lease_holder', 'uuid'],
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
    values.push(storedValue(key as keyof ReminderChange, value));
    const [column] = COLUMN_OF[key as keyof ReminderChange];
    return `${column} = ${keepingPutOff(column, `$${values.length}`)}`;
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
  if (!isLive(move.to)) await releaseItems(tx, [move.id]);
  return true;
}

export interface FencedMove {
  readonly id: ReminderId;
  readonly fence: number;
  readonly change: ReminderChange;
}

/**
 * Moves many reminders of one worker from a state to another in one statement, each guarded by its own fence as in {@link moveReminder};
 * all changes name the same columns. Gives back the ids that moved: whose guard did not hold is left as it was.
 */
export async function moveFenced(
  tx: CompanyTx,
  { from, to, at }: Pick<ReminderMove, 'from' | 'to' | 'at'>,
  moves: readonly FencedMove[],
): Promise<ReadonlySet<ReminderId>> {
  const keys = Object.keys(moves[0]?.change ?? {}) as (keyof ReminderChange)[];
  const names = keys.map((key) => COLUMN_OF[key][0]);
  const sets = names.map((name) => `${name} = ${keepingPutOff(name, `v.${name}`, 'r.')}`);
  const arrays = keys.map((key, index) => `$${index + 7}::${COLUMN_OF[key][1]}[]`);
  const moved = await tx.query<{ readonly id: ReminderId }>(
    `update customer_consolidated_reminders r
        set ${['delivery_status = $3', 'status_changed_at = $4', 'version = r.version + 1', ...sets].join(', ')}
       from unnest(${['$5::bigint[]', '$6::bigint[]', ...arrays].join(', ')}) as v (${['id', 'fence', ...names].join(', ')})
      where r.company_id = $1 and r.id = v.id and r.delivery_status = $2 and r.fence = v.fence
      returning r.id`,
    [
      tx.companyId,
      from,
      to,
      at,
      moves.map(({ id }) => id),
      moves.map(({ fence }) => fence),
      ...keys.map((key) => moves.map(({ change }) => storedValue(key, change[key]))),
    ],
  );
  const ids = moved.map(({ id }) => id);
  if (!isLive(to) && ids.length > 0) await releaseItems(tx, ids);
  return new Set(ids);
}

/** What a person put off is offered to no sender before, whoever approves it or gives it back. */
const keepingPutOff = (column: string, value: string, row = ''): string =>
  column === 'claimable_at'
    ? `case when ${value}::timestamptz is not null then greatest(${value}::timestamptz, ${row}not_before_at) end`
    : value;

const storedValue = (key: keyof ReminderChange, value: unknown): unknown => (key === 'reviewChanges' ? JSON.stringify(value) : value);

const isLive = (status: DeliveryStatus): boolean => (LIVE_STATUSES as readonly DeliveryStatus[]).includes(status);

/** Frees the rows of reminders that are no longer live, so that a later one may ask for the same invoices. */
const releaseItems = (tx: CompanyTx, ids: readonly ReminderId[]): Promise<readonly unknown[]> =>
  tx.query('update consolidated_reminder_items set live = false where company_id = $1 and reminder_id = any($2::bigint[]) and live', [
    tx.companyId,
    ids,
  ]);
