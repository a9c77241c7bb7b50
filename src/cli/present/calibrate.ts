import { dayOfText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { gap, heading, line, table } from '../page.ts';
import type { CalibrationView } from '../../app/calibration-view.ts';

type Interval = CalibrationView['orders'][number]['auc'];

/** What the figures rest on, the orders side by side, what would change, the verdict. */
export const calibratePresenter: Presenter<CalibrationView> = {
  takesNotes: true,
  page: (view, { notes }) => [
    heading(`Payments up to ${dayOfText(view.until)}`),
    ...(view.orders.length === 0
      ? []
      : [
          line(`Learnt from ${view.casesLearnt} cases (${range(view.learntOn)}), judged by ${view.casesJudged} (${range(view.judgedOn)}).`),
          ...(view.sampledAccounts < view.accounts ? [line(`A sample of ${view.sampledAccounts} of ${view.accounts} accounts.`)] : []),
          gap,
          table(
            [{ title: 'ORDER BY' }, { title: 'UNPAID CASH IN FIRST TENTH', align: 'right' }, { title: 'AUC', align: 'right' }],
            view.orders.map(({ order, unpaidCashInFirstTenth, auc }) => [order, shareText(unpaidCashInFirstTenth), aucText(auc)]),
          ),
          gap,
        ]),
    line(view.reason),
    ...(view.changes.length === 0
      ? []
      : [
          gap,
          table(
            [{ title: 'KEY' }, { title: 'PRESENT', align: 'right' }, { title: 'FITTED', align: 'right' }],
            view.changes.map(({ key, before, after }) => [key, before, after]),
          ),
        ]),
    gap,
    ...notes.map(line),
  ],
  csv: ({ orders }) => ({
    columns: ['order', 'share', 'share_low', 'share_high', 'auc', 'auc_low', 'auc_high'],
    rows: orders.map(({ order, unpaidCashInFirstTenth: share, auc }) => [
      order,
      ...[share.estimate, share.low, share.high, auc.estimate, auc.low, auc.high].map((value) => (value === null ? '' : String(value))),
    ]),
  }),
};

const range = (days: readonly string[]): string => `${days[0] ?? ''} to ${days.at(-1) ?? ''}`;

const shareText = ({ estimate, low, high }: Interval): string => `${percent(estimate)} % (${percent(low)}-${percent(high)})`;

const percent = (share: number | null): string => (share === null ? '?' : (share * 100).toFixed(1));

const aucText = ({ estimate, low, high }: Interval): string => `${three(estimate)} (${three(low)}-${three(high)})`;

const three = (auc: number | null): string => auc?.toFixed(3) ?? '?';
