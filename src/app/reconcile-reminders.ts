/**
 * Makes the stored proposals of a chunk of accounts agree with what was decided for them today: new ones inserted, standing ones
 * recomposed in place, those no longer due cancelled, those the rules approve queued. What a person chose or approved is not touched.
 */
import type { Act } from './act.ts';
import type { Composer } from './composition.ts';
import { NO_APPROVAL } from './no-approval.ts';
import { transition } from './transition.ts';
import type { AccountFacts, LiveReminder } from '../domain/account-facts.ts';
import type { AccountDecision, ProposedReminder } from '../domain/decision.ts';
import type { Day } from '../domain/days.ts';
import type { ReminderId, RunId } from '../domain/ids.ts';
import { mayRecompose } from '../domain/plan-account.ts';
import { insertReminders, replaceCompositions, type NewReminder, type Recomposition } from '../store/sql/reminders/insert-reminders.ts';

export interface Reconciled {
  /** Digests of everything composed, in account order: the run's hash is taken over them. */
  readonly digests: readonly string[];
}

export interface ReconcileFor {
  readonly run: RunId;
  readonly asOn: Day;
  readonly composer: Composer;
}

interface Settled {
  readonly facts: AccountFacts;
  readonly decision: AccountDecision;
}

export async function reconcile(context: Act, { run, asOn, composer }: ReconcileFor, decided: readonly Settled[]): Promise<Reconciled> {
  const { inserted, recomposed } = await settleStanding(context, { run, asOn, composer }, decided);
  await storeRecomposed(context, recomposed);
  const ids = await insertReminders(context.tx, inserted);
  await approveByRule(context, inserted, ids);
  return { digests: [...inserted, ...recomposed.map(({ row }) => row)].map((row) => row.digest) };
}

/** The same between two runs, after a fact: what stands is rewritten or withdrawn, and nothing new is proposed. */
export async function recompose(context: Act, { asOn, composer }: Omit<ReconcileFor, 'run'>, decided: readonly Settled[]): Promise<void> {
  const { recomposed } = await settleStanding(context, { run: null, asOn, composer }, decided);
  await storeRecomposed(context, recomposed);
}

interface Standing {
  readonly inserted: readonly NewReminder[];
  readonly recomposed: readonly Recomposition[];
}

async function settleStanding(
  context: Act,
  { run, asOn, composer }: Omit<ReconcileFor, 'run'> & { readonly run: RunId | null },
  decided: readonly Settled[],
): Promise<Standing> {
  const inserted: NewReminder[] = [];
  const recomposed: Recomposition[] = [];
  for (const { facts, decision } of decided) {
    const standing = facts.liveReminders.filter(mayRecompose);
    const wanted = decision.outcome.kind === 'reminders' ? decision.outcome.reminders : [];
    const bind = (reminder: ProposedReminder): NewReminder =>
      composer.bind(reminder, { customerId: facts.account.id, runId: run, asOn, origin: 'PLANNED' });
    const pairs = pairUp(wanted, standing);
    for (const gone of pairs.unwanted) await withdraw(context, gone, decision);
    for (const reminder of pairs.fresh) inserted.push(bind(reminder));
    for (const { reminder, live } of pairs.kept) {
      const row = bind(reminder);
      if (row.digest === live.digest) continue;
      const version = await backToProposed(context, live);
      if (version !== null) recomposed.push({ id: live.id, version, row });
    }
  }
  return { inserted, recomposed };
}

interface Pairs {
  readonly fresh: readonly ProposedReminder[];
  readonly kept: readonly { readonly reminder: ProposedReminder; readonly live: LiveReminder }[];
  readonly unwanted: readonly LiveReminder[];
}

/** A wanted reminder takes over the standing one it shares an invoice with; one mail a day and an individual one do not mix. */
function pairUp(wanted: readonly ProposedReminder[], standing: readonly LiveReminder[]): Pairs {
  const free = new Set(standing);
  const kept: { readonly reminder: ProposedReminder; readonly live: LiveReminder }[] = [];
  const fresh: ProposedReminder[] = [];
  for (const reminder of wanted) {
    const asked = new Set(reminder.lines.map((line) => line.invoiceId));
    const live = [...free].find((candidate) => candidate.invoiceIds.some((id) => asked.has(id)));
    if (live) {
      free.delete(live);
      kept.push({ reminder, live });
    } else fresh.push(reminder);
  }
  return { fresh, kept, unwanted: [...free] };
}

/** A proposal that is no longer due: its reason is the decision's. */
async function withdraw(context: Act, live: LiveReminder, decision: AccountDecision): Promise<void> {
  const reason = decision.outcome.kind === 'skip' ? decision.outcome.reason.code : 'composed anew';
  await transition(context, {
    id: live.id,
    from: live.status,
    to: 'CANCELLED',
    guard: { version: live.version },
    change: { statusReason: reason },
    reason,
  });
}

/** What the rules had approved is proposed again before it is rewritten; `null` when a sender took it first. */
async function backToProposed(context: Act, live: LiveReminder): Promise<number | null> {
  if (live.status === 'PROPOSED') return live.version;
  const moved = await transition(context, {
    id: live.id,
    from: live.status,
    to: 'PROPOSED',
    guard: { version: live.version },
    change: NO_APPROVAL,
    reason: 'facts moved',
  });
  return moved ? live.version + 1 : null;
}

async function storeRecomposed(context: Act, recomposed: readonly Recomposition[]): Promise<void> {
  const replaced = await replaceCompositions(context.tx, recomposed);
  for (const { id, version, row } of recomposed) {
    if (!replaced.has(id)) continue;
    context.record({ objectKind: 'reminder', objectId: id, reason: 'recomposed', detail: { version: version + 1, digest: row.digest } });
  }
  const changed = recomposed.filter(({ id }) => replaced.has(id));
  await approveByRule(
    context,
    changed.map(({ row }) => row),
    changed.map(({ id }) => id),
    changed.map(({ version }) => version + 1),
  );
}

/** Queues the reminders that need no person: the company switched auto-approval on and they are within its limits. */
async function approveByRule(
  context: Act,
  rows: readonly NewReminder[],
  ids: readonly ReminderId[],
  versions?: readonly number[],
): Promise<void> {
  for (const [index, row] of rows.entries()) {
    if (row.reminder.approvalNeeds.length > 0) continue;
    await transition(context, {
      id: ids[index] as ReminderId,
      from: 'PROPOSED',
      to: 'QUEUED',
      guard: { version: versions?.[index] ?? 1 },
      change: { approvalKind: 'RULE', approvedAt: context.now, approvedDigest: row.digest, claimableAt: row.reminder.scheduledFor },
      reason: 'approved by rule',
      detail: { digest: row.digest },
    });
  }
}
