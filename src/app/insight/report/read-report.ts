/** The figures of one month, as of its last evening, or of today while it runs. Reads only. */
import { act } from '../../act.ts';
import { ageingAt } from '../read-ageing.ts';
import { balanceView } from '../insight-view.ts';
import { dsoAt } from '../read-dso.ts';
import { effectOf, effectView } from '../read-effect.ts';
import { engagementOf } from '../read-engagement.ts';
import { periodFor } from '../insight-period.ts';
import { balancesOn } from '../past-days.ts';
import { suggestionsOf } from '../read-suggestions.ts';
import { volumeOf } from '../read-volume.ts';
import type { Session } from '../../session.ts';
import { addDays } from '../../../domain/days.ts';

/** Months whose ends are drawn, the month itself included. */
const MONTHS = 6;
/** Weeks of mail drawn, and days of reminders whose answers are looked at. */
const WEEKS = 13;
const EFFECT_DAYS = 90;

/** @param month `2026-06`. @throws OperatorError `insight.month-to-come` */
export const readReport = (session: Session, month: string) =>
  act(
    session,
    'report',
    async (context) => {
      const period = periodFor({ month }, context.today);
      const { to: asOf } = period;
      const ends = [
        ...Array.from({ length: MONTHS - 1 }, (_, index) => addDays(period.from.subtract({ months: MONTHS - 2 - index }), -1)),
        asOf,
      ];
      return {
        month,
        asOf: asOf.toString(),
        isRunning: asOf.equals(context.today),
        company: { name: context.company.name, nameAr: context.company.nameAr, isSample: context.company.isSample },
        baseCurrency: context.company.baseCurrency,
        ageing: (await ageingAt(context, { asOf, weeks: 0 })).currencies,
        ageingTrend: (await balancesOn(context, ends)).map(balanceView),
        dso: await dsoAt(context, { asOf, months: MONTHS - 1 }),
        volume: await volumeOf(context, period),
        weeks: (await volumeOf(context, { from: addDays(asOf, 1 - 7 * WEEKS), to: asOf })).weeks,
        engagement: await engagementOf(context, period),
        effect: effectView(await effectOf(context, { from: addDays(asOf, 1 - EFFECT_DAYS), to: asOf })),
        suggestions: await suggestionsOf(context),
      };
    },
    { isReadOnly: true },
  );

export type ReportFigures = Awaited<ReturnType<typeof readReport>>;
