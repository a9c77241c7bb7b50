/**
 * Priority: money at risk, with the parts that explain it. Each item's risk of still being unpaid in 30 days comes from its age and its
 * account's record (item-risk.ts); at risk is worked out in whole numbers from the items up, so that rounding never lets a worse fact
 * lower it.
 *
 * `score = round(100 · min(1, ln(1 + m/60) / ln(1 + R/60)))`, m the money at risk and R the company's reference amount.
 */
import type { AccountFacts, PaymentBehaviour } from './account-facts.ts';
import { askedItems, type AskedItem, standingBlocks } from './blocks.ts';
import { type Day, dayNumber } from './days.ts';
import type { Priority } from './decision.ts';
import { accountLogit, ageEffect, ASSUMED, type PayerRecord, payerRecord, recordEffects, riskOf, VERY_LATE_DAYS } from './item-risk.ts';
import { currencyExponent } from './money.ts';
import type { CurrencyClaim } from './net.ts';
import { overdueItems } from './open-items.ts';
import type { PlanningDay } from './planning-day.ts';

const PPM = 1_000_000;

/** An amount at risk of 60 is worth about a seventh of one at the reference: below that, effort is better spent elsewhere. */
const SCORE_BEND = 60;

type Factor = Priority['factors'][number];

export function priorityOf(claims: readonly CurrencyClaim[], facts: AccountFacts, day: PlanningDay): Priority {
  const weights = day.policy.priority;
  const openDays = countedOpenDays(facts, day);
  const payer = payerOf(facts, openDays, day);
  const logit = accountLogit(payer, weights);
  const riskPpm = (daysPastDue: number): number => Math.round(PPM * riskOf(logit + ageEffect(daysPastDue, payer, weights)));
  let valueMinor = 0n;
  let atRiskMinor = 0n;
  for (const claim of claims) {
    const worth = day.base.rank(claim.netMinor, claim.currency);
    valueMinor += worth;
    atRiskMinor += atRisk(claim, worth, riskPpm);
  }
  return {
    score: scoreOf(atRiskMinor, day),
    valueMinor,
    riskPpm: valueMinor === 0n ? 0 : Number((atRiskMinor * BigInt(PPM) + valueMinor / 2n) / valueMinor),
    atRiskMinor,
    factors: factorsOf({ facts, payer, openDays, oldest: oldestOf(claims) }, day)
      .map(rounded)
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)),
  };
}

/**
 * Days past due of the overdue items that say how the account pays: those neither blocked nor a mere rest. Rests are judged by their
 * amount alone, not by their share of the reminder, because one more large item must not make another one count for nothing.
 */
function countedOpenDays(facts: AccountFacts, day: PlanningDay): readonly number[] {
  const asked = askedItems(overdueItems(facts.items, day.asNumber), standingBlocks(facts.blocks, day.asNumber), day.base.currency);
  return asked
    .filter(({ item, askedMinor }) => askedMinor > 0n && day.base.rank(askedMinor, item.currency) > day.residueMinor)
    .map(({ daysPastDue }) => daysPastDue);
}

function payerOf({ account, behaviour }: AccountFacts, openDays: readonly number[], day: PlanningDay): PayerRecord {
  const customerDays = account.customerSince === null ? null : day.asNumber - dayNumber(account.customerSince);
  return payerRecord({ behaviour, openDays, customerDays });
}

/**
 * What of a currency's net is at risk: its items' risks by what their own credits leave of them, on what all credits leave. Judged
 * per currency, because credits in one must not dilute the risk of another.
 */
function atRisk(claim: CurrencyClaim, netWorth: bigint, riskPpm: (daysPastDue: number) => number): bigint {
  let gross = 0n;
  let risk = 0n;
  for (const asked of claim.items) {
    const rest = lessOwnCredits(asked, claim);
    gross += rest;
    risk += rest * BigInt(riskPpm(asked.daysPastDue));
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

interface Explained {
  readonly facts: AccountFacts;
  readonly payer: PayerRecord;
  readonly openDays: readonly number[];
  readonly oldest: number;
}

/** What raised or lowered the risk, in the words of whoever would ring the customer. */
function factorsOf({ facts: { account, behaviour }, payer, openDays, oldest }: Explained, day: PlanningDay): readonly Factor[] {
  const weights = day.policy.priority;
  const effects = recordEffects(payer, weights);
  return [
    { name: 'age', value: `oldest item ${oldest} days past due`, effect: ageEffect(oldest, payer, weights) },
    { name: 'payment-habit', value: habitText(behaviour), effect: effects.habit },
    { name: 'unpaid-now', value: openText(openDays.length, oldest), effect: effects.open },
    { name: 'late-share', value: lateShareText(behaviour, openDays), effect: effects.lateShare },
    { name: 'broken-promises', value: String(behaviour.brokenPromises), effect: effects.brokenPromises },
    { name: 'tenure', value: tenureText(account.customerSince, payer.tenureYears), effect: effects.tenure },
  ];
}

function habitText({ meanDaysLate, settledInvoices }: PaymentBehaviour): string {
  if (meanDaysLate === null) return `nothing settled yet, taken as ${ASSUMED.daysLate} days late`;
  const days = Math.round(meanDaysLate);
  return `usually pays ${days === 0 ? 'on time' : plural(days, 'day')}${days === 0 ? '' : ' late'} (${plural(settledInvoices, 'invoice')})`;
}

/** Says the age as well, because an age below the habit adds nothing and is then no factor of its own. */
const openText = (items: number, oldest: number): string => `${plural(items, 'overdue item')} open, the oldest ${oldest} days past due`;

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function lateShareText({ lateShare }: PaymentBehaviour, openDays: readonly number[]): string {
  const paid = lateShare === null ? 'nothing settled yet' : `${Math.round(lateShare * 100)} % paid over ${VERY_LATE_DAYS} days late`;
  const open = openDays.filter((days) => days > VERY_LATE_DAYS).length;
  return open === 0 ? paid : `${paid}, ${plural(open, 'item')} open that long`;
}

const tenureText = (since: Day | null, years: number): string =>
  since === null ? 'unknown' : `customer for ${years >= 5 ? '5 years or more' : `${years.toFixed(1)} years`}`;

const rounded = (factor: Factor): Factor => ({ ...factor, effect: Math.round(factor.effect * 1000) / 1000 });
