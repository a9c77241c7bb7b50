/** How mail fares and what customers answer: counts by what became of it, by level, language, weekday and kind of customer; promises and cheques. Reads only. */
import { act, type Act } from '../act.ts';
import { periodFor, type PeriodRequest } from './insight-period.ts';
import { estimateView, mailView } from './insight-view.ts';
import { mailsIn, spanOf, type Days } from './past-days.ts';
import type { Session } from '../session.ts';
import { bothCounts, NO_MAILS, type MailCounts } from '../../domain/insight/delivery-health.ts';
import { chequeReliability, promiseReliability } from '../../domain/insight/reliability.ts';
import { SEGMENTS } from '../../domain/insight/segment.ts';
import { ESCALATION_LEVELS, LANGUAGES } from '../../domain/vocabulary.ts';
import type { MailGroup } from '../../store/sql/insight/mail-days.ts';
import { endedPromises } from '../../store/sql/insight/working.ts';

export const readEngagement = (session: Session, request: PeriodRequest) =>
  act(session, 'analytics', (context) => engagementOf(context, periodFor(request, context.today)), { isReadOnly: true });

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export async function engagementOf(context: Act, period: Days) {
  const rows = await mailsIn(context, period);
  const ended = await endedPromises(context.tx, spanOf(context, period));
  const [promises, cheques] = [promiseReliability(ended), chequeReliability(ended)];
  const { kept, broken, cleared, returned, unheard } = ended;
  return {
    from: period.from.toString(),
    to: period.to.toString(),
    total: mailView(countsOf(rows)),
    byLevel: groups(rows, ESCALATION_LEVELS, (row) => row.escalationLevel),
    byLanguage: groups(rows, LANGUAGES, (row) => row.language),
    byWeekday: groups(rows, WEEKDAYS, (row) => WEEKDAYS[row.weekday - 1] ?? ''),
    bySegment: groups(rows, SEGMENTS, (row) => row.segment),
    promises: { kept, broken, reliability: promises === null ? null : estimateView(promises) },
    cheques: { cleared, returned, unheard, reliability: cheques === null ? null : estimateView(cheques) },
  };
}

const countsOf = (rows: readonly MailGroup[]): MailCounts => rows.reduce((total, row) => bothCounts(total, row), NO_MAILS);

/** In the words' own order; those without a mail are left out. */
function groups(rows: readonly MailGroup[], words: readonly string[], wordOf: (row: MailGroup) => string) {
  const found = Map.groupBy(rows, wordOf);
  return words.flatMap((value) => {
    const of = found.get(value);
    return of === undefined ? [] : [{ value, ...mailView(countsOf(of)) }];
  });
}

export type EngagementView = Awaited<ReturnType<typeof engagementOf>>;
