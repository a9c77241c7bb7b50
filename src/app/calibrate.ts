/**
 * Fits the priority's weights to what the company's own customers did, and puts them in force only when they win on days they were not
 * learnt from and an ADMIN says so. Reading and judging change nothing.
 */
import { act } from './act.ts';
import { sampledExamples } from './calibration-sample.ts';
import { planningContext } from './company-facts.ts';
import type { Session } from './session.ts';
import { adoptCalibrated, type PolicySetting } from './set-policy.ts';
import { calibrate, calibrationDays, type Calibration } from '../domain/calibration/calibration.ts';
import { fromEpochDay } from '../domain/calendar/epoch-day.ts';
import { dayNumber, earlierOf, type Day } from '../domain/days.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { planningDay } from '../domain/planning-day.ts';
import { policyDiff, setPolicyValues, type PolicyChange } from '../domain/policy/change.ts';
import { calibrationExtent } from '../store/sql/calibration-rows.ts';

export interface CalibrationReport {
  /** Payments are known until then. */
  readonly until: Day;
  readonly learntOn: readonly Day[];
  readonly judgedOn: readonly Day[];
  readonly accounts: number;
  /** Fewer than `accounts` in a large book. */
  readonly sampledAccounts: number;
  readonly calibration: Calibration;
  /** The version it was compared with. */
  readonly policyNumber: number;
  /** As `policy set` takes them; empty when there was too little to learn from. */
  readonly values: Readonly<Record<string, string>>;
  readonly changes: readonly PolicyChange[];
}

export const readCalibration = (session: Session): Promise<CalibrationReport> =>
  act(
    session,
    'calibrate',
    async (context) => {
      const planning = planningDay(await planningContext(context));
      const { receipts } = planning.company.ledgerAsOn;
      const until = receipts === null ? context.today : earlierOf(receipts, context.today);
      const [extent = { accounts: 0, firstDue: null }] = await calibrationExtent(context.tx);
      const days = calibrationDays(dayNumber(until), extent.firstDue);
      const { examples, sampledAccounts } = await sampledExamples(context, {
        accounts: extent.accounts,
        days: [...days.earlier, ...days.later],
        planning,
      });
      const calibration = calibrate(examples, days, context.policy.priority);
      const values =
        calibration.verdict === 'too-little'
          ? {}
          : Object.fromEntries(Object.entries(calibration.weights).map(([name, weight]) => [`priority.${name}`, String(weight)]));
      return {
        until,
        learntOn: days.earlier.map(fromEpochDay),
        judgedOn: days.later.map(fromEpochDay),
        accounts: extent.accounts,
        sampledAccounts,
        calibration,
        policyNumber: context.company.policyNumber,
        values,
        changes: policyDiff(context.policy, setPolicyValues(context.policy, values)),
      };
    },
    { isReadOnly: true },
  );

/**
 * Puts a calibration that won in force, as the next policy version.
 * @throws OperatorError `calibrate.no-win` for any other, `policy.moved` when the policy is another than it was compared with.
 */
export async function adoptCalibration(session: Session, report: CalibrationReport): Promise<PolicySetting> {
  if (report.calibration.verdict !== 'better')
    throw new OperatorError({
      code: 'calibrate.no-win',
      kind: 'refused',
      message: 'The fitted weights did not win on the later days, so the present ones stay.',
      tryThis: 'Look at the figures with `wafa calibrate`; set weights by hand with `wafa policy set` if you know better.',
    });
  return await adoptCalibrated(session, { values: report.values, shownFor: report.policyNumber });
}
