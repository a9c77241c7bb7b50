/** A company-wide quiet: nothing leaves before an instant, whatever is approved; planning puts everything after it. */
import { act, type Act } from '../act.ts';
import { readLine } from '../operator-input.ts';
import { readMoment } from '../read-moment.ts';
import type { Session } from '../session.ts';
import type { Instant } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { companySettings, lockCompany, updateCompany } from '../../store/sql/company-settings.ts';

export interface Quiet {
  /** Null: no longer quiet. */
  readonly until: Instant | null;
  readonly isChanged: boolean;
}

/** A year: a longer quiet is a mistyped one, and nobody would notice it for as long. */
const MOST_DAYS = 366;

/**
 * @param request.until A day, from whose beginning mail may leave again; a time in the company's zone; or an instant with its offset.
 * @throws OperatorError `calendar.bad-instant`, `calendar.quiet-span`, `input.bad-text`
 */
export const keepQuiet = (session: Session, request: { readonly until: string; readonly reason: string }): Promise<Quiet> =>
  act(session, 'calendar quiet', async (context) => {
    const reason = readLine(request.reason, 'the reason', 500);
    const until = readMoment(request.until.trim(), context.company.timeZone, 'calendar.bad-instant');
    const aheadHours = context.now.until(until).total('hours');
    if (aheadHours <= 0 || aheadHours > MOST_DAYS * 24) throw badSpan(until, context.company.timeZone);
    return await store(context, until, reason);
  });

export const endQuiet = (session: Session): Promise<Quiet> => act(session, 'calendar quiet', (context) => store(context, null, null));

async function store(context: Act, until: Instant | null, reason: string | null): Promise<Quiet> {
  const { tx, company } = context;
  await lockCompany(tx);
  const { quietUntil } = await companySettings(tx);
  if (quietUntil?.epochMilliseconds === until?.epochMilliseconds) return { until, isChanged: false };
  await updateCompany(tx, { quietUntil: until });
  context.record({
    objectKind: 'company',
    objectId: company.companyId,
    toState: until === null ? 'NOT-QUIET' : 'QUIET',
    ...(reason === null ? {} : { reason }),
    detail: { before: quietUntil?.toString() ?? null, until: until?.toString() ?? null },
  });
  return { until, isChanged: true };
}

const badSpan = (until: Instant, timeZone: string): OperatorError =>
  new OperatorError({
    code: 'calendar.quiet-span',
    kind: 'usage',
    message: `${until.toZonedDateTimeISO(timeZone).toString({ smallestUnit: 'minute' })} is not within the next ${MOST_DAYS} days.`,
    tryThis: 'Check the year; `wafa calendar quiet --end` ends a quiet now.',
  });
