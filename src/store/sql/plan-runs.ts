import type { Day, Instant } from '../../domain/days.ts';
import type { SkipReason } from '../../domain/decision.ts';
import type { CustomerId, PolicyVersionId, RunId, UserId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';

/** How the company stands after a run: all its accounts, not only those the run looked at. */
export interface PlanRunTotals {
  /** Accounts whose facts, policy or day had moved. */
  readonly accountsExamined: number;
  readonly overdueItems: number;
  readonly overdueCustomers: number;
  readonly reminders: number;
  readonly itemsCovered: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly skips: Readonly<Record<string, number>>;
  /** Minor units as decimal text, per currency. */
  readonly totals: readonly { readonly currency: string; readonly minor: string }[];
  /** SHA-256 over the digests of the reminders the run composed, in account order: the run's one audit event carries it. */
  readonly remindersHash: string;
}

export interface PlanRunRow extends PlanRunTotals {
  readonly id: RunId;
  readonly asOn: Day;
  readonly businessAt: Instant;
  readonly policyVersionId: PolicyVersionId;
  readonly startedBy: 'OPERATOR' | 'SCHEDULE' | 'IMPORT' | 'DEMO';
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
}

const RUN_COLUMNS = `id, as_on, business_at, policy_version_id, started_by, accounts_examined, overdue_items, overdue_customers, reminders,
  items_covered, by_type, skips, totals, reminders_hash, started_at, finished_at`;

/** Opens a run whose figures are not known yet; {@link finishPlanRun} fills them in within the same transaction. */
export async function startPlanRun(
  tx: CompanyTx,
  run: Pick<PlanRunRow, 'asOn' | 'businessAt' | 'policyVersionId' | 'startedBy' | 'startedAt'> & { readonly userId: UserId | null },
): Promise<RunId> {
  const row = await tx.one<{ id: RunId }>(
    `insert into plan_runs (company_id, as_on, business_at, policy_version_id, started_by, user_id, accounts_examined, overdue_items,
                            overdue_customers, reminders, items_covered, by_type, skips, totals, reminders_hash, started_at, finished_at)
     values ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0, '{}', '{}', '[]', '', $7, $7)
     returning id`,
    [tx.companyId, run.asOn, run.businessAt, run.policyVersionId, run.startedBy, run.userId, run.startedAt],
  );
  return row.id;
}

export async function finishPlanRun(tx: CompanyTx, id: RunId, finishedAt: Instant, totals: PlanRunTotals): Promise<void> {
  await tx.query(
    `update plan_runs set overdue_items = $3, overdue_customers = $4, reminders = $5, items_covered = $6, by_type = $7, skips = $8,
            totals = $9, reminders_hash = $10, finished_at = $11, accounts_examined = $12
      where company_id = $1 and id = $2`,
    [
      tx.companyId,
      id,
      totals.overdueItems,
      totals.overdueCustomers,
      totals.reminders,
      totals.itemsCovered,
      JSON.stringify(totals.byType),
      JSON.stringify(totals.skips),
      JSON.stringify(totals.totals),
      totals.remindersHash,
      finishedAt,
      totals.accountsExamined,
    ],
  );
}

/** Newest first. */
export const planRuns = (tx: CompanyTx, limit: number): Promise<readonly PlanRunRow[]> =>
  tx.query<PlanRunRow>(`select ${RUN_COLUMNS} from plan_runs where company_id = $1 order by id desc limit $2`, [tx.companyId, limit]);

export const planRunById = (tx: CompanyTx, id: RunId): Promise<PlanRunRow | undefined> =>
  tx.maybeOne<PlanRunRow>(`select ${RUN_COLUMNS} from plan_runs where company_id = $1 and id = $2`, [tx.companyId, id]);

export interface NewPlanSkip {
  readonly accountId: CustomerId;
  readonly reason: SkipReason;
  readonly alsoTrue: readonly SkipReason[];
}

/** Skips whose reason is new since the account was last planned. */
export async function insertPlanSkips(tx: CompanyTx, runId: RunId, asOn: Day, skips: readonly NewPlanSkip[]): Promise<void> {
  await bulkInsert(tx, {
    table: 'plan_skips',
    columns: ['run_id', 'customer_id', 'as_on', 'reason_code', 'reason', 'also_true'],
    rows: skips.map((skip) => [runId, skip.accountId, asOn, skip.reason.code, JSON.stringify(skip.reason), JSON.stringify(skip.alsoTrue)]),
  });
}

export interface AccountPlan {
  readonly accountId: CustomerId;
  readonly factsVersion: number;
  readonly overdueItems: number;
  readonly outcome: 'REMINDER' | 'SKIP';
  readonly reasonCode: string | null;
  readonly reasonHash: string;
}

/** Remembers on which facts each account's decision rests. */
export async function recordAccountPlans(
  tx: CompanyTx,
  basis: { readonly asOn: Day; readonly policyVersionId: PolicyVersionId; readonly companyFactsVersion: number },
  plans: readonly AccountPlan[],
): Promise<void> {
  await bulkInsert(tx, {
    table: 'account_plans',
    columns: [
      'id',
      'facts_version',
      'company_facts_version',
      'policy_version_id',
      'planned_on',
      'overdue_items',
      'outcome',
      'reason_code',
      'reason_hash',
    ],
    rows: plans.map((plan) => [
      plan.accountId,
      plan.factsVersion,
      basis.companyFactsVersion,
      basis.policyVersionId,
      basis.asOn,
      plan.overdueItems,
      plan.outcome,
      plan.reasonCode,
      plan.reasonHash,
    ]),
    suffix: `on conflict (company_id, id) do update set facts_version = excluded.facts_version,
      company_facts_version = excluded.company_facts_version, policy_version_id = excluded.policy_version_id,
      planned_on = excluded.planned_on, overdue_items = excluded.overdue_items, outcome = excluded.outcome, reason_code = excluded.reason_code, reason_hash = excluded.reason_hash`,
  });
}

/** Sets the first day of each account's present run of overdue days, or clears it. `bill_to_id` for the reason `raiseFactsVersions` gives. */
export async function recordEpisodes(
  tx: CompanyTx,
  episodes: readonly { readonly accountId: CustomerId; readonly startedOn: Day | null }[],
): Promise<void> {
  if (episodes.length === 0) return;
  await tx.query(
    `update customers c set episode_started_on = e.started_on, bill_to_id = c.bill_to_id
       from unnest($2::bigint[], $3::date[]) as e (id, started_on)
      where c.company_id = $1 and c.id = e.id`,
    [tx.companyId, episodes.map((episode) => episode.accountId), episodes.map((episode) => episode.startedOn)],
  );
}

/**
 * The company's standing figures from the last decision of every account and the proposals that stand: what a run reports, whether it
 * looked at all accounts or at the one that paid.
 */
export async function standingFigures(tx: CompanyTx): Promise<Omit<PlanRunTotals, 'accountsExamined' | 'remindersHash'>> {
  const overdue = await tx.one<{ readonly items: number; readonly customers: number }>(
    `select coalesce(sum(overdue_items), 0)::int8 as items, count(*) filter (where overdue_items > 0) as customers
       from account_plans where company_id = $1`,
    [tx.companyId],
  );
  const skips = await tx.query<{ readonly reasonCode: string; readonly accounts: number }>(
    `select reason_code, count(*) as accounts from account_plans
      where company_id = $1 and outcome = 'SKIP' group by reason_code order by reason_code`,
    [tx.companyId],
  );
  const types = await tx.query<{ readonly reminderType: string; readonly reminders: number; readonly items: number }>(
    `select reminder_type, count(*) as reminders, sum(item_count)::int8 as items
       from customer_consolidated_reminders where company_id = $1 and ${STANDING_PROPOSALS} group by reminder_type order by reminder_type`,
    [tx.companyId],
  );
  const totals = await tx.query<{ readonly currency: string; readonly minor: string }>(
    `select t.value ->> 'currency' as currency, sum((t.value ->> 'minor')::int8)::text as minor
       from customer_consolidated_reminders r cross join lateral jsonb_array_elements(r.totals) t
      where r.company_id = $1 and ${STANDING_PROPOSALS} group by 1 order by 1`,
    [tx.companyId],
  );
  return {
    overdueItems: overdue.items,
    overdueCustomers: overdue.customers,
    reminders: types.reduce((sum, type) => sum + type.reminders, 0),
    itemsCovered: types.reduce((sum, type) => sum + type.items, 0),
    byType: Object.fromEntries(types.map((type) => [type.reminderType, type.reminders])),
    skips: Object.fromEntries(skips.map((skip) => [skip.reasonCode, skip.accounts])),
    totals,
  };
}

/** What planning proposed and no person has decided on yet. */
const STANDING_PROPOSALS = `origin = 'PLANNED' and (delivery_status = 'PROPOSED' or (delivery_status = 'QUEUED' and approval_kind = 'RULE'))`;

/** Accounts whose ladder had run out when they were last planned. */
export async function accountsPastTheLadder(tx: CompanyTx, owner: UserId | null = null): Promise<number> {
  const { accounts } = await tx.one<{ readonly accounts: number }>(
    `select count(*) as accounts from account_plans where company_id = $1 and outcome = 'SKIP' and reason_code = 'ladder-complete'
        and ($2::bigint is null or id in (select o.id from customers o where o.company_id = $1 and o.owner_user_id = $2))`,
    [tx.companyId, owner],
  );
  return accounts;
}
