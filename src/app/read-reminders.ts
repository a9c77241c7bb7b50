/** Reads the queue, one reminder with everything about it, and the runs, for every face. Reads only. */
import { act, type Act } from './act.ts';
import { lineView, moneyView, queueView, storedRunView, type RunView } from './reminder-view.ts';
import { viewsIn } from './saved-views.ts';
import type { Session } from './session.ts';
import { unknownReminder } from './unknown-reminder.ts';
import type { ReminderId, RunId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { USUAL_ORDER, type QueueOrder } from '../domain/queue-order.ts';
import { historyOf } from '../store/sql/audit-history.ts';
import { attemptsOf } from '../store/sql/dispatch/attempts.ts';
import { eventsOfReminder } from '../store/sql/inbox/email-events.ts';
import { planRunById, planRuns } from '../store/sql/plan-runs.ts';
import { areKeys, keysOf } from '../store/sql/reminders/queue-order.ts';
import { queuePage, type ReminderFilter } from '../store/sql/reminders/queue-page.ts';
import { reminderLines, remindersById, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';
import { statusesOfRun } from '../store/sql/reminders/run-statuses.ts';

export interface QueueQuestion {
  readonly filter: ReminderFilter;
  /** By money at risk unless told. */
  readonly order?: QueueOrder;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after: string | null;
}

/** One page of the queue, and where the next begins; `next` is opaque text to give back. */
export const readQueue = (session: Session, question: QueueQuestion) =>
  act(session, 'queue', (context) => pageOf(context, question), { isReadOnly: true });

/** The same with the ways of looking at it that the person keeps. */
export const readQueueAndViews = (session: Session, question: QueueQuestion) =>
  act(session, 'queue', async (context) => ({ ...(await pageOf(context, question)), views: await viewsIn(context) }), { isReadOnly: true });

async function pageOf({ tx, company }: Act, { filter, order = USUAL_ORDER, limit, after }: QueueQuestion) {
  const rows = await queuePage(tx, { filter, order, limit: limit + 1, after: after === null ? null : keysFrom(after, order) });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? nextText(order, keysOf(order, last)) : null;
  return { reminders: page.map((row) => queueView(row, company.baseCurrency)), next };
}

/** Names its order, so that it cannot be taken for a place in another one; names of customers may hold anything, so keys are wrapped. */
const nextText = (order: QueueOrder, keys: readonly string[]): string =>
  isUsual(order) ? keys.join('.') : orderName(order) + Buffer.from(JSON.stringify(keys)).toString('base64url');

const isUsual = ({ sort, isReversed }: QueueOrder): boolean => sort === 'risk' && !isReversed;

const orderName = ({ sort, isReversed }: QueueOrder): string => `${sort}${isReversed ? '-' : '+'}`;

function keysFrom(text: string, order: QueueOrder): readonly string[] {
  const name = orderName(order);
  const keys = isUsual(order) ? text.split('.') : text.startsWith(name) ? unwrapped(text.slice(name.length)) : [];
  if (areKeys(order, keys)) return keys;
  throw new OperatorError({
    code: 'queue.bad-next',
    kind: 'usage',
    message: 'That is not the `next` of a page in this order.',
    tryThis: 'Give back the `next` of the page before, unchanged, with the same --sort.',
  });
}

function unwrapped(text: string): readonly string[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(keys) && keys.every((key) => typeof key === 'string') ? keys : [];
  } catch {
    return [];
  }
}

/** @throws OperatorError `reminder.unknown` */
export const readReminder = (session: Session, id: ReminderId) =>
  act(
    session,
    'show',
    async ({ tx, company }) => {
      const [row] = await remindersById(tx, [id]);
      if (!row) throw unknownReminder(id);
      const lines = await reminderLines(tx, [id]);
      const invoiceIds = lines.flatMap((line) => (line.kind === 'INVOICE' && line.invoiceId !== null ? [line.invoiceId] : []));
      const attempts = await attemptsOf(tx, id);
      const history = await historyOf(tx, 'reminder', id);
      return {
        ...queueView({ ...row, invoiceIds }, company.baseCurrency),
        lines: lines.map(lineView),
        asOn: row.asOn.toString(),
        origin: row.origin,
        resendOf: row.resendOf,
        why: row.why,
        scoreParts: scoreParts(row, company.baseCurrency),
        finalDeadlineOn: row.finalDeadlineOn?.toString() ?? null,
        nextEligibleContactOn: row.nextEligibleContactOn.toString(),
        approval: approvalView(row),
        heldUntilOn: row.heldUntilOn?.toString() ?? null,
        statusReason: row.statusReason,
        digest: row.digest,
        messageId: row.messageId,
        sentAt: row.sentAt?.toString() ?? null,
        attempts: attempts.map((attempt) => ({
          ...attempt,
          businessAt: attempt.businessAt.toString(),
          startedAt: attempt.startedAt.toString(),
          finishedAt: attempt.finishedAt?.toString() ?? null,
        })),
        cameBack: (await eventsOfReminder(tx, id)).map(({ occurredAt, ...event }) => ({ ...event, occurredAt: occurredAt.toString() })),
        history: history.map((event) => ({ ...event, businessAt: event.businessAt.toString() })),
      };
    },
    { isReadOnly: true },
  );

export type ReminderView = Awaited<ReturnType<typeof readReminder>>;

const scoreParts = (row: ReminderRow, baseCurrency: string) => ({
  value: moneyView({ minor: row.valueMinor, currency: baseCurrency }),
  riskPercent: Math.round(row.riskPpm / 10_000),
  atRisk: moneyView({ minor: row.atRiskMinor, currency: baseCurrency }),
  factors: row.priorityFactors,
});

const approvalView = (row: ReminderRow) => ({
  needs: row.approvalNeeds,
  kind: row.approvalKind,
  approvedAt: row.approvedAt?.toString() ?? null,
  approvedBy: row.approvedByLogin,
  lapsesOn: row.approvalLapsesOn?.toString() ?? null,
  undoUntil: row.undoUntil?.toString() ?? null,
  leavesAt: row.claimableAt?.toString() ?? null,
});

/** The newest runs, or one of them, with how their reminders stand now. */
export const readRuns = (session: Session, which: { readonly id: RunId } | { readonly limit: number }): Promise<readonly RunView[]> =>
  act(
    session,
    'runs',
    async ({ tx }) => {
      const found = 'id' in which ? await planRunById(tx, which.id) : undefined;
      if ('id' in which && !found)
        throw new OperatorError({
          code: 'run.unknown',
          kind: 'usage',
          message: `There is no run ${which.id}.`,
          tryThis: 'Run `wafa runs` to see the runs there were.',
        });
      const runs = 'limit' in which ? await planRuns(tx, which.limit) : found ? [found] : [];
      const views: RunView[] = [];
      for (const run of runs) views.push(storedRunView(run, await statusesOfRun(tx, run.id)));
      return views;
    },
    { isReadOnly: true },
  );
