/**
 * Signs a month-end off: compares what all customers owe as of a day with the control account of the general ledger, per currency. Only
 * where every currency agrees is it written to the audit chain that they did.
 */
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { ageingBucket, AGEING_BUCKETS, type AgeingBucket } from '../../domain/ageing.ts';
import { type Day, daysBetween } from '../../domain/days.ts';
import { decimalText, type Money } from '../../domain/money.ts';
import { receivablesAsOf, type ReceivableOfDay } from '../../store/sql/validate/receivables.ts';

export interface CurrencyAgreement {
  readonly currency: string;
  /** Decimal text; null for a currency that customers owe in and nobody gave a figure for. */
  readonly expected: string | null;
  readonly total: string;
  readonly difference: string;
  readonly buckets: Readonly<Record<AgeingBucket, string>>;
  readonly credits: string;
}

export interface AgeingAgreement {
  readonly asOn: string;
  readonly agrees: boolean;
  readonly currencies: readonly CurrencyAgreement[];
}

export interface ExpectedAgeing {
  /** The company's today unless given. */
  readonly asOn?: Day | undefined;
  /** One per currency. */
  readonly figures: readonly Money[];
}

export const expectAgeing = (session: Session, { asOn, figures }: ExpectedAgeing): Promise<AgeingAgreement> =>
  act(session, 'validate ageing', async (context) => {
    const day = asOn ?? context.today;
    const rows = Map.groupBy(await receivablesAsOf(context.tx, day), ({ currency }) => currency);
    const names = new Set([...figures.map(({ currency }) => currency), ...rows.keys()]);
    const currencies = [...names].toSorted().map((currency) => agreementOf(currency, rows.get(currency) ?? [], figures, day));
    const agrees = currencies.every(({ difference, expected }) => expected !== null && !/[1-9]/.test(difference));
    if (agrees) {
      const totals = currencies.map(({ currency, total }) => `${currency} ${total}`);
      context.record({
        objectKind: 'company',
        objectId: context.company.companyId,
        reason: 'ageing agrees',
        detail: { asOn: day, totals },
      });
    }
    return { asOn: day.toString(), agrees, currencies };
  });

function agreementOf(currency: string, rows: readonly ReceivableOfDay[], figures: readonly Money[], asOn: Day): CurrencyAgreement {
  const expected = figures.find((figure) => figure.currency === currency);
  const text = (minor: bigint): string => decimalText(minor, currency);
  const totalMinor = rows.reduce((sum, row) => sum + row.balanceMinor, 0n);
  const inBucket = (bucket: AgeingBucket): bigint =>
    rows
      .filter(({ dueOn }) => dueOn !== null && ageingBucket(daysBetween(dueOn, asOn)) === bucket)
      .reduce((sum, row) => sum + row.balanceMinor, 0n);
  return {
    currency,
    expected: expected === undefined ? null : text(expected.minor),
    total: text(totalMinor),
    difference: text(totalMinor - (expected?.minor ?? 0n)),
    buckets: Object.fromEntries(AGEING_BUCKETS.map((bucket) => [bucket, text(inBucket(bucket))])) as Record<AgeingBucket, string>,
    credits: text(rows.filter(({ dueOn }) => dueOn === null).reduce((sum, row) => sum + row.balanceMinor, 0n)),
  };
}
