/** Figures as the documented JSON carries them: amounts as decimal text with their currency, quotients as numbers with one decimal, days as ISO text. */
import { moneyView, type MoneyView } from '../reminder-view.ts';
import { AGEING_BUCKETS, isOver90 } from '../../domain/ageing.ts';
import type { MailCounts } from '../../domain/insight/delivery-health.ts';
import { deliveryHealth } from '../../domain/insight/delivery-health.ts';
import type { Estimate } from '../../domain/insight/interval.ts';
import { overdueMinor, receivableMinor, type LedgerDay } from '../../domain/insight/ledger-day.ts';
import type { Tenths } from '../../domain/insight/ratio.ts';
import { savingsOf, type SentVolume } from '../../domain/insight/savings.ts';

export const tenthsView = (value: Tenths | null): number | null => (value === null ? null : value / 10);

/** Shares and differences as per cent, to a tenth. */
export const estimateView = ({ value, low, high }: Estimate) => ({ percent: percentOf(value), low: percentOf(low), high: percentOf(high) });
const percentOf = (share: number): number => Math.round(share * 1_000) / 10;

export const volumeView = ({ contacts, mails, items, oneByOne }: SentVolume) => {
  const { emailsAvoided, percent } = savingsOf({ mails, oneByOne });
  return { contacts, reminders: mails, items, oneByOne, emailsAvoided, percentAvoided: tenthsView(percent) };
};

export const mailView = (counts: MailCounts) => {
  const { acceptMs: _, ...plain } = counts;
  const { meanAcceptMs, ...shares } = deliveryHealth(counts);
  return {
    ...plain,
    ...(Object.fromEntries(Object.entries(shares).map(([name, value]) => [name, tenthsView(value)])) as Record<
      keyof typeof shares,
      number | null
    >),
    meanAcceptMs,
  };
};

export const balanceView = (day: LedgerDay) => {
  const money = (minor: bigint): MoneyView => moneyView({ minor, currency: day.currency });
  const over90 = AGEING_BUCKETS.filter(isOver90).reduce((sum, bucket) => sum + day.minorByBucket[bucket], 0n);
  return {
    on: day.on.toString(),
    currency: day.currency,
    open: money(receivableMinor(day)),
    overdue: money(overdueMinor(day)),
    over90: money(over90),
    buckets: AGEING_BUCKETS.map((bucket) => ({ bucket, ...money(day.minorByBucket[bucket]) })),
    openItems: day.openItems,
    overdueItems: day.overdueItems,
    overdueAccounts: day.overdueAccounts,
  };
};
