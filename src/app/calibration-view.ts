/** A calibration as every face shows it: the orders side by side, what would change, and what to think of it. */
import type { CalibrationReport } from './calibrate.ts';
import type { CalibrationOrder } from '../domain/calibration/calibration.ts';
import type { Interval } from '../domain/calibration/ranking.ts';

export function calibrationView({ calibration, ...report }: CalibrationReport, adoptedVersion: number | null) {
  const isJudged = calibration.verdict !== 'too-little';
  return {
    until: report.until.toString(),
    accounts: report.accounts,
    sampledAccounts: report.sampledAccounts,
    learntOn: report.learntOn.map(String),
    judgedOn: report.judgedOn.map(String),
    casesLearnt: isJudged ? calibration.learnt : 0,
    casesJudged: isJudged ? calibration.judged : 0,
    verdict: calibration.verdict,
    reason: reasonOf(calibration),
    orders: isJudged
      ? calibration.orders.map(({ order, share, auc }) => ({
          order: ORDER_WORDS[order],
          unpaidCashInFirstTenth: intervalView(share),
          auc: intervalView(auc),
        }))
      : [],
    gain: isJudged ? { unpaidCashInFirstTenth: intervalView(calibration.gain.share), auc: intervalView(calibration.gain.auc) } : null,
    policyVersion: report.policyNumber,
    changes: report.changes.map((change) => ({ ...change })),
    adoptedVersion,
  };
}

export type CalibrationView = ReturnType<typeof calibrationView>;

const ORDER_WORDS: Readonly<Record<CalibrationOrder, string>> = {
  fitted: 'fitted',
  present: 'present',
  total: 'total',
  oldest: 'oldest item',
  amountByAge: 'amount × age',
  ceiling: 'ceiling',
};

/** `null` where the days judged could not tell. */
const intervalView = ({ estimate, low, high }: Interval) => ({
  estimate: thousandths(estimate),
  low: thousandths(low),
  high: thousandths(high),
});

const thousandths = (value: number): number | null => (Number.isNaN(value) ? null : Math.round(value * 1_000) / 1_000);

function reasonOf(calibration: CalibrationReport['calibration']): string {
  if (calibration.verdict === 'too-little') return `There is too little history: ${calibration.missing}.`;
  const { share, auc } = calibration.gain;
  const gain =
    `against the present ones, on the later days, the first tenth holds ${signed(share.estimate * 100, 1)} points of the unpaid cash ` +
    `(${signed(share.low * 100, 1)} to ${signed(share.high * 100, 1)}), and the AUC of the risk moves by ${signed(auc.estimate, 3)} ` +
    `(${signed(auc.low, 3)} to ${signed(auc.high, 3)})`;
  return calibration.verdict === 'better'
    ? `The fitted weights are better: ${gain}.`
    : `The fitted weights are no better than chance would have it: ${gain}.`;
}

const signed = (value: number, digits: number): string => `${value < 0 ? '' : '+'}${value.toFixed(digits)}`;
