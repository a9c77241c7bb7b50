/**
 * Priority: money at risk, with the parts that explain it. Each item's risk of still being unpaid in 30 days is a logistic
 * function of its age and of the account's own history; every weight has a fixed sign, so a worse fact never lowers it.
 * At risk is worked out in whole numbers from the items up, so that rounding cannot lower it either.
 *
 * `score = round(100 · min(1, ln(1 + m/60) / ln(1 + R/60)))`, m the money at risk and R the company's reference amount.
 */
import type { AccountFacts, PaymentBehaviour } from './account-facts.ts';
import type { AskedItem } from './blocks.ts';
import type { Priority } from './decision.ts';
import { type Day, dayNumber } from './days.ts';
import { currencyExponent } from './money.ts';
import type { CurrencyClaim } from './net.ts';
import type { PlanningDay } from './planning-day.ts';
import type { Policy } from './policy.ts';

const PPM = 1_000_000;

/** Days that make one unit of ln(1 + days/15): the same bend for an item's age and a payer's habit. */
const BEND_DAYS = 15;

/** What is assumed of a payer nobody knows, worth as much as four settled invoices: 15 days late, one in five over a month. */
const ASSUMED = { invoices: 4, daysLate: 15, lateShare: 0.2, tenureYears: 2 } as const;
const FULL_TENURE_YEARS = 5;
const DAYS_PER_YEAR = 365.25;
const MOST_DAYS_LATE = 365;
const MOST_BROKEN_PROMISES = 3;

/** An amount at risk of 60 is worth about a seventh of one at the reference: below that, effort is better spent elsewhere. */
const SCORE_BEND = 60;

interface Factor {
  readonly name: string;
  readonly value: string;
  readonly effect: number;
}

export function priorityOf(claims: readonly CurrencyClaim[], facts: AccountFacts, day: PlanningDay): Priority {
  const account = accountFactors(facts, day);
  const accountLogit = account.reduce((sum, factor) => sum + factor.effect, logitOfUnknownPayer(day.policy.priority));
  let valueMinor = 0n;
  let atRiskMinor = 0n;
  for (const claim of claims) {
    const worth = day.base.rank(claim.netMinor, claim.currency);
    valueMinor += worth;
    atRiskMinor += atRisk(claim, worth, accountLogit, day.policy.priority);
  }
  const oldest = oldestOf(claims);
  const age = { name: 'age', value: `oldest item ${oldest} days past due`, effect: ageEffect(oldest, day.policy.priority) };
  return {
    score: scoreOf(atRiskMinor, day),
    valueMinor,
    riskPpm: valueMinor === 0n ? 0 : Number((atRiskMinor * BigInt(PPM) + valueMinor / 2n) / valueMinor),
    atRiskMinor,
    factors: [age, ...account].map(rounded).sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)),
  };
}

/**
 * What of a currency's net is at risk: its items' risks by what their own credits leave of them, on what all credits leave. Judged
 * per currency, because credits in one must not dilute the risk of another.
 */
function atRisk(claim: CurrencyClaim, netWorth: bigint, accountLogit: number, weights: Policy['priority']): bigint {
  let gross = 0n;
  let risk = 0n;
  for (const asked of claim.items) {
    const rest = lessOwnCredits(asked, claim);
    gross += rest;
    risk += rest * BigInt(riskPpm(accountLogit + ageEffect(asked.daysPastDue, weights)));
  }
  return gross === 0n ? 0n : (risk * netWorth) / (gross * BigInt(PPM));
}

function lessOwnCredits({ item, askedMinor }: AskedItem, { credits }: CurrencyClaim): bigint {
  let rest = askedMinor;
  for (const credit of credits) if (credit.item.linkedInvoiceId === item.invoiceId) rest += credit.usedMinor;
  return rest > 0n ? rest : 0n;
}

const oldestOf = (claims: readonly CurrencyClaim[]): number =>
  claims.reduce((oldest, { items }) => items.reduce((days, { daysPastDue }) => Math.max(days, daysPastDue), oldest), 0);

/** 0-100 for money at risk in base minor units. */
export function scoreOf(atRiskMinor: bigint, day: Pick<PlanningDay, 'base' | 'priorityReferenceMinor'>): number {
  const unit = 10 ** currencyExponent(day.base.currency);
  const bent = (minor: bigint): number => Math.log(1 + Math.max(0, Number(minor)) / unit / SCORE_BEND);
  const reference = bent(day.priorityReferenceMinor);
  return reference === 0 ? Number(atRiskMinor > 0n) * 100 : Math.round(100 * Math.min(1, bent(atRiskMinor) / reference));
}

const riskPpm = (logit: number): number => Math.round(PPM / (1 + Math.exp(-logit)));

const bentDays = (days: number): number => Math.log(1 + Math.max(0, days) / BEND_DAYS);

const ageEffect = (daysPastDue: number, weights: Policy['priority']): number => weights.ageWeight * bentDays(daysPastDue);

/** Where an account stands before its own facts raise or lower it. */
const logitOfUnknownPayer = (weights: Policy['priority']): number =>
  weights.baseLogit +
  weights.habitWeight * bentDays(ASSUMED.daysLate) +
  weights.lateShareWeight * ASSUMED.lateShare -
  (weights.tenureWeight * ASSUMED.tenureYears) / FULL_TENURE_YEARS;

/** What the account's own history adds to or takes from the log-odds of an unknown payer. */
function accountFactors({ account, behaviour }: AccountFacts, day: PlanningDay): readonly Factor[] {
  const weights = day.policy.priority;
  const daysLate = blended(behaviour, clamp(behaviour.meanDaysLate ?? 0, 0, MOST_DAYS_LATE), ASSUMED.daysLate);
  const lateShare = blended(behaviour, clamp(behaviour.lateShare ?? 0, 0, 1), ASSUMED.lateShare);
  const years = account.customerSince === null ? ASSUMED.tenureYears : tenureYears(account.customerSince, day.asNumber);
  return [
    { name: 'payment-habit', value: habitText(behaviour), effect: weights.habitWeight * (bentDays(daysLate) - bentDays(ASSUMED.daysLate)) },
    { name: 'late-share', value: lateShareText(behaviour), effect: weights.lateShareWeight * (lateShare - ASSUMED.lateShare) },
    {
      name: 'broken-promises',
      value: String(behaviour.brokenPromises),
      effect: weights.brokenPromiseWeight * Math.min(behaviour.brokenPromises, MOST_BROKEN_PROMISES),
    },
    {
      name: 'tenure',
      value: tenureText(account.customerSince, years),
      effect: (-weights.tenureWeight * (years - ASSUMED.tenureYears)) / FULL_TENURE_YEARS,
    },
  ];
}

/** The account's own mean, drawn towards the assumption while it rests on few invoices. */
function blended(behaviour: PaymentBehaviour, own: number, assumed: number): number {
  const count = behaviour.meanDaysLate === null ? 0 : behaviour.settledInvoices;
  return (count * own + ASSUMED.invoices * assumed) / (count + ASSUMED.invoices);
}

const tenureYears = (since: Day, asNumber: number): number => clamp((asNumber - dayNumber(since)) / DAYS_PER_YEAR, 0, FULL_TENURE_YEARS);

const habitText = ({ settledInvoices, meanDaysLate }: PaymentBehaviour): string => {
  if (meanDaysLate === null) return 'no settled invoices yet';
  const days = Math.round(meanDaysLate);
  return `${settledInvoices} settled, on average ${days < 0 ? `${-days} days early` : `${days} days late`}`;
};

const lateShareText = ({ lateShare }: PaymentBehaviour): string =>
  lateShare === null ? 'unknown' : `${Math.round(lateShare * 100)} % over 30 days late`;

const tenureText = (since: Day | null, years: number): string =>
  since === null ? 'unknown' : `customer for ${years >= FULL_TENURE_YEARS ? '5 years or more' : `${years.toFixed(1)} years`}`;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

const rounded = (factor: Factor): Factor => ({ ...factor, effect: Math.round(factor.effect * 1000) / 1000 });
