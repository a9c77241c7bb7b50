/** What followed reminders, beside what the same accounts did before. Reads only. */
import { act, type Act } from '../act.ts';
import { periodFor, type PeriodRequest } from './insight-period.ts';
import { estimateView } from './insight-view.ts';
import { spanOf, type Days } from './past-days.ts';
import type { Session } from '../session.ts';
import { responseOf, type Response } from '../../domain/insight/response.ts';
import { answersTo, EVERY_ACCOUNT, remindersSent, responseSums, type AnswerRow } from '../../store/sql/insight/responses.ts';

/** Reminders looked at, at most about: enough for intervals of a point or two, and a second or two of the database. */
const MOST_REMINDERS = 20_000;

export const readEffect = (session: Session, request: PeriodRequest) =>
  act(session, 'analytics', async (context) => effectView(await effectOf(context, periodFor(request, context.today))), {
    isReadOnly: true,
  });

export interface Effect {
  readonly period: Days;
  /** Share of the accounts looked at; 1: all of them. */
  readonly sample: number;
  readonly responses: readonly Response[];
  readonly answers: readonly AnswerRow[];
}

export async function effectOf(context: Act, period: Days): Promise<Effect> {
  const span = spanOf(context, period);
  const sent = await remindersSent(context.tx, span);
  const sample = Math.min(1, MOST_REMINDERS / Math.max(1, sent));
  const below = Math.ceil(sample * EVERY_ACCOUNT);
  const responses = (await responseSums(context.tx, { ...span, today: context.today, below })).map(responseOf);
  return { period, sample, responses, answers: await answersTo(context.tx, { ...span, below }) };
}

export const effectView = ({ period, sample, responses, answers }: Effect) => ({
  from: period.from.toString(),
  to: period.to.toString(),
  sampleOfAccounts: Math.round(sample * 1_000) / 10,
  responses: responses.map(({ settled, againstEarlier, ...plain }) => ({
    ...plain,
    settled: estimateView(settled),
    againstEarlier: againstEarlier === null ? null : estimateView(againstEarlier),
  })),
  answers: answers.map((row) => ({ ...row })),
});

export type EffectView = ReturnType<typeof effectView>;
