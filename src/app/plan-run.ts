/**
 * Plans a company's day: looks at every account whose facts, policy or day moved since it was last planned, and stores a reminder or
 * the reason for silence. Planning again with nothing changed writes nothing, not even a run. One transaction: a run is whole or absent.
 */
import { createHash } from 'node:crypto';
import { act, type Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { planningContext } from './company-facts.ts';
import { openComposer, type Composer } from './composition.ts';
import { endBlocks } from './end-blocks.ts';
import { endHolds } from './end-holds.ts';
import { reconcile, type Reconciled } from './reconcile-reminders.ts';
import { renewShaped } from './renew-shaped.ts';
import { reviewPersonApproved } from './review-approved.ts';
import type { Session } from './session.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { AccountDecision } from '../domain/decision.ts';
import type { CustomerId, RunId } from '../domain/ids.ts';
import { planAgain } from '../domain/plan-account.ts';
import type { PlanningContext } from '../domain/planning-day.ts';
import { RunTally, type RunSummary } from '../domain/plan-run.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { holdAccounts } from '../store/sql/account-lock.ts';
import { lockCompany } from '../store/sql/company-settings.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import { accountsToPlan, type AccountToPlan } from '../store/sql/facts/accounts-to-plan.ts';
import {
  finishPlanRun,
  insertPlanSkips,
  recordAccountPlans,
  recordEpisodes,
  standingFigures,
  startPlanRun,
  type AccountPlan,
  type PlanRunRow,
} from '../store/sql/plan-runs.ts';
import type { Day } from '../domain/days.ts';

export interface PlanOptions {
  readonly startedBy: PlanRunRow['startedBy'];
  /** Another day than today is for looking only: it needs `isDryRun`, unless the clock is overridden. */
  readonly asOn?: Day;
  readonly isDryRun?: boolean;
}

export interface PlanResult {
  readonly summary: RunSummary;
  /** `null` when nothing had moved since the last run, or when only looking. */
  readonly runId: RunId | null;
  readonly asOn: Day;
}

/** Accounts read, decided and written at a time: bounds memory at a million invoices and keeps each statement short. */
const CHUNK_ACCOUNTS = 2_000;

export async function planReminders(session: Session, options: PlanOptions): Promise<PlanResult> {
  if (options.isDryRun === true)
    return await act(session, 'plan', (context) => dryRun(context, options.asOn ?? context.today), { isReadOnly: true });
  return await act(session, 'plan', (context) => storedRun(context, options));
}

/** Decides for every account and stores nothing; the summary covers the whole ledger. */
async function dryRun(context: Act, asOn: Day): Promise<PlanResult> {
  const planning = await planningContext(context, asOn);
  const tally = new RunTally();
  await forEachChunk(context, asOn, 'every account', async (accounts) => {
    for (const { decision } of await decide(context, planning, accounts)) tally.add(decision);
  });
  return { summary: tally.summary(), runId: null, asOn };
}

async function storedRun(context: Act, options: PlanOptions): Promise<PlanResult> {
  const { tx } = context;
  await lockCompany(tx);
  const asOn = options.asOn ?? context.today;
  await endHolds(context, asOn);
  await endBlocks(context, asOn);
  const planning = await planningContext(context, asOn);
  const composer = await openComposer(context);
  const hash = createHash('sha256');
  let run: RunId | undefined;
  let accountsExamined = 0;
  const startedAt = await databaseNow(tx);
  await forEachChunk(context, asOn, 'moved', async (accounts) => {
    run ??= await startPlanRun(tx, {
      asOn,
      businessAt: context.now,
      policyVersionId: context.company.policyVersionId,
      startedBy: options.startedBy,
      startedAt,
      userId: userIdOf(context.actor),
    });
    const decided = await decide(context, planning, accounts);
    const stored = await storeDecisions(context, { run, asOn, composer, planning }, decided);
    accountsExamined += decided.length;
    for (const digest of stored.digests) hash.update(digest);
  });
  const figures = await standingFigures(tx);
  if (run !== undefined) {
    const remindersHash = hash.digest('hex');
    await finishPlanRun(tx, run, await databaseNow(tx), { ...figures, accountsExamined, remindersHash });
    const detail = { asOn, accountsExamined, reminders: figures.reminders, remindersHash };
    context.record({ objectKind: 'run', objectId: run, toState: 'PLANNED', detail });
  }
  return { summary: summaryOf(figures), runId: run ?? null, asOn };
}

type Figures = Awaited<ReturnType<typeof standingFigures>>;

function summaryOf({ totals, ...figures }: Figures): RunSummary {
  const emailsAvoided = figures.itemsCovered - figures.reminders;
  return {
    ...figures,
    emailsAvoided,
    reductionPercent: figures.itemsCovered === 0 ? 0 : Math.round((100 * emailsAvoided) / figures.itemsCovered),
    totals: totals.map(({ currency, minor }) => ({ currency, minor: BigInt(minor) })),
  };
}

interface Decided {
  readonly account: AccountToPlan;
  readonly decision: AccountDecision;
  readonly facts: Awaited<ReturnType<typeof loadAccountFacts>>[number];
}

async function decide(context: Act, planning: PlanningContext, accounts: readonly AccountToPlan[]): Promise<readonly Decided[]> {
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const facts = await loadAccountFacts(context.tx, {
    accountIds: [...accountOf.keys()],
    asOn: planning.asOn,
    timeZone: context.company.timeZone,
  });
  return facts.map((one) => ({ facts: one, account: accountOf.get(one.account.id) as AccountToPlan, decision: planAgain(one, planning) }));
}

interface Storing {
  readonly run: RunId;
  readonly asOn: Day;
  readonly composer: Composer;
  readonly planning: PlanningContext;
}

async function storeDecisions(context: Act, storing: Storing, decided: readonly Decided[]): Promise<Reconciled> {
  const { tx, company } = context;
  // Accounts before reminders, in the order of everybody who approves or records a fact, so that nobody waits in a circle.
  await holdAccounts(
    tx,
    decided.filter((one) => one.facts.liveReminders.length > 0 || hasNewEpisode(one)).map(({ account }) => account.id),
  );
  await reviewPersonApproved(
    context,
    storing.planning,
    decided.map((one) => one.facts),
  );
  await renewShaped(
    context,
    storing.planning,
    decided.map((one) => one.facts),
  );
  const stored = await reconcile(context, storing, decided);
  const plans = decided.map(accountPlan);
  const moved = decided.filter((one, index) => isNewSkip(one, plans[index] as AccountPlan));
  await insertPlanSkips(
    tx,
    storing.run,
    storing.asOn,
    moved.map(({ account, decision }) => ({
      accountId: account.id,
      reason: decision.outcome.kind === 'skip' ? decision.outcome.reason : { code: 'nothing-overdue' as const },
      alsoTrue: decision.alsoTrue,
    })),
  );
  await recordEpisodes(
    tx,
    decided.filter(hasNewEpisode).map(({ account, decision }) => ({ accountId: account.id, startedOn: decision.episodeStartedOn })),
  );
  const basis = { asOn: storing.asOn, policyVersionId: company.policyVersionId, companyFactsVersion: company.factsVersion };
  await recordAccountPlans(tx, basis, plans);
  return stored;
}

const hasNewEpisode = ({ facts, decision }: Decided): boolean =>
  String(facts.account.episodeStartedOn) !== String(decision.episodeStartedOn);

/** A skip is stored when its reason is new; having nothing overdue is only counted. */
const isNewSkip = ({ account }: Decided, plan: AccountPlan): boolean =>
  plan.outcome === 'SKIP' && plan.reasonCode !== 'nothing-overdue' && plan.reasonHash !== account.lastReasonHash;

function accountPlan({ account, decision }: Decided): AccountPlan {
  const reason = decision.outcome.kind === 'skip' ? decision.outcome.reason : null;
  return {
    accountId: account.id,
    factsVersion: account.factsVersion,
    overdueItems: decision.overdueItems,
    outcome: reason === null ? 'REMINDER' : 'SKIP',
    reasonCode: reason?.code ?? null,
    reasonHash: createHash('sha256').update(canonicalJson(reason)).digest('base64url').slice(0, 22),
  };
}

/** Walks the accounts in id order, a chunk at a time: those whose facts moved, or all. */
async function forEachChunk(
  context: Act,
  asOn: Day,
  which: 'moved' | 'every account',
  work: (accounts: readonly AccountToPlan[]) => Promise<void>,
): Promise<void> {
  let afterId: CustomerId | 0 = 0;
  for (;;) {
    const accounts: readonly AccountToPlan[] = await accountsToPlan(context.tx, {
      afterId,
      limit: CHUNK_ACCOUNTS,
      asOn,
      policyVersionId: context.company.policyVersionId,
      companyFactsVersion: context.company.factsVersion,
      isEvery: which === 'every account',
    });
    const last = accounts.at(-1);
    if (last === undefined) return;
    await work(accounts);
    afterId = last.id;
  }
}
