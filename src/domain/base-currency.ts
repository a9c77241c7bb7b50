/**
 * Amounts in the company's base currency, for ranking and limits only: nothing a customer reads is ever converted. A missing
 * rate makes the value unknown, an old one is used and said to be old; neither keeps anybody from being contacted.
 */
import type { CompanyFacts } from './account-facts.ts';
import { type Day, daysBetween } from './days.ts';
import { type Currency, currencyExponent } from './money.ts';

const PPM = 1_000_000n;

export interface BaseCurrency {
  readonly currency: Currency;
  /** Base minor units, rounded half away from zero; `null` when the currency has no rate. */
  readonly convert: (minor: bigint, currency: Currency) => bigint | null;
  /** As `convert`, but a currency without a rate counts one for one: ranked roughly rather than buried at the bottom. */
  readonly rank: (minor: bigint, currency: Currency) => bigint;
  /** True when the rate is missing or older than the policy allows. */
  readonly isUncertain: (currency: Currency) => boolean;
}

export function baseCurrencyOf(company: CompanyFacts, asOn: Day, maxAgeDays: number): BaseCurrency {
  const rates = new Map(company.rates.map((rate) => [rate.currency, rate]));
  const base = company.baseCurrency;
  const baseScale = 10n ** BigInt(currencyExponent(base));
  const at = (minor: bigint, currency: Currency, ratePpm: bigint): bigint =>
    currency === base ? minor : dividedHalfUp(minor * ratePpm * baseScale, PPM * 10n ** BigInt(currencyExponent(currency)));
  return {
    currency: base,
    convert: (minor, currency) => {
      const ratePpm = currency === base ? PPM : rates.get(currency)?.ratePpm;
      return ratePpm === undefined ? null : at(minor, currency, ratePpm);
    },
    rank: (minor, currency) => at(minor, currency, rates.get(currency)?.ratePpm ?? PPM),
    isUncertain: (currency) => {
      if (currency === base) return false;
      const rate = rates.get(currency);
      return rate === undefined || daysBetween(rate.quotedOn, asOn) > maxAgeDays;
    },
  };
}

function dividedHalfUp(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return dividend < 0n ? (dividend - half) / divisor : (dividend + half) / divisor;
}
