/** Orders a ledger's accounts on past days as the queue would, and by the plain alternatives, and compares each with what was paid since. */
import type { AccountFacts } from '../../src/domain/account-facts.ts';
import { behaviourOn, exampleOn, type AccountExample, type AccountHistory } from '../../src/domain/calibration/account-history.ts';
import type { FittedLogistic } from '../../src/domain/calibration/fit-logistic.ts';
import { interval, Ranking, resampled, type Interval, type RankedRow } from '../../src/domain/calibration/ranking.ts';
import { CALENDAR_PRESETS } from '../../src/domain/calendar/calendar-presets.ts';
import { compileCalendar } from '../../src/domain/calendar/contact-calendar.ts';
import { fromEpochDay } from '../../src/domain/calendar/epoch-day.ts';
import { SHIPPED_DAYS_OFF } from '../../src/domain/calendar/shipped-days-off.ts';
import { accountClaim } from '../../src/domain/claim.ts';
import { asId } from '../../src/domain/ids.ts';
import { riskOf } from '../../src/domain/item-risk.ts';
import { planningDay, type PlanningDay } from '../../src/domain/planning-day.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { priorityOf } from '../../src/domain/priority.ts';

/** AED 10 in fils: less is a rest, as in the default policy. */
const RESIDUE_MINOR = 1_000;

export type Order = 'priority' | 'risk' | 'total' | 'oldest' | 'amountByAge' | 'ceiling' | 'fittedElsewhere';

interface JudgedRow extends RankedRow {
  readonly keys: Readonly<Record<Order, number>>;
}

const EVERY_DAY = compileCalendar({ ...CALENDAR_PRESETS.continuous, layers: [SHIPPED_DAYS_OFF], quietUntil: null });

function planningOn(asNumber: number): PlanningDay {
  const asOn = fromEpochDay(asNumber);
  return planningDay({
    company: { baseCurrency: 'AED', timeZone: 'Asia/Dubai', ledgerAsOn: { invoices: null, receipts: null }, quietUntil: null, rates: [] },
    policy: DEFAULT_POLICY,
    calendar: EVERY_DAY,
    calendarOf: () => EVERY_DAY,
    asOn,
    now: asOn.toZonedDateTime('Asia/Dubai').toInstant(),
  });
}

/** Only accounts with an item old enough to start a reminder stand in the queue. */
export function examplesOn(ledger: readonly AccountHistory[], days: readonly number[]): readonly AccountExample[] {
  return days.flatMap((day) =>
    ledger.map((history) => exampleOn(history, { asOn: day, residue: RESIDUE_MINOR })).filter((example) => example !== null),
  );
}

interface Judging {
  readonly days: readonly number[];
  /** Days after which it is looked what is still unpaid. */
  readonly horizonDays: number;
  readonly elsewhere: FittedLogistic;
}

export function judgedRows(ledger: readonly AccountHistory[], judging: Judging): readonly JudgedRow[] {
  return judging.days.flatMap((asOn) => {
    const planning = planningOn(asOn);
    return ledger.flatMap((history) => judgedRow(history, planning, judging) ?? []);
  });
}

function judgedRow(history: AccountHistory, planning: PlanningDay, { horizonDays, elsewhere }: Judging): JudgedRow | null {
  const asOn = planning.asNumber;
  const example = exampleOn(history, { asOn, residue: RESIDUE_MINOR, horizonDays });
  const facts = factsOn(history, asOn);
  const claim = accountClaim(facts, planning);
  if (example === null || claim === null || claim.triggering.length === 0) return null;
  const priority = priorityOf(claim.claims, facts, planning);
  const sum = (of: (item: AccountExample['items'][number]) => number): number => example.items.reduce((total, item) => total + of(item), 0);
  const unpaid = sum((item) => item.unpaid);
  return {
    accountId: history.accountId,
    asOn,
    unpaid,
    keys: {
      priority: Number(priority.atRiskMinor),
      risk: priority.riskPpm,
      total: sum((item) => item.open),
      oldest: Math.max(...example.items.map((item) => item.daysPastDue)),
      amountByAge: sum((item) => item.open * item.daysPastDue),
      ceiling: unpaid,
      fittedElsewhere: sum((item) => item.open * riskBy(elsewhere, item.features)),
    },
  };
}

const riskBy = ({ intercept, weights }: FittedLogistic, features: readonly number[]): number =>
  riskOf(weights.reduce((logit, weight, index) => logit + weight * (features[index] ?? 0), intercept));

/** As planning would have loaded them that morning. */
function factsOn(history: AccountHistory, asOn: number): AccountFacts {
  const open = history.invoices.filter(({ issued, settled }) => issued <= asOn && (settled === null || settled > asOn));
  return {
    account: {
      id: asId(history.accountId),
      code: String(history.accountId),
      name: String(history.accountId),
      nameAr: null,
      businessType: null,
      isActive: true,
      collectionStatus: 'NORMAL',
      language: null,
      consolidationPreference: 'ENABLED',
      maxConsolidationMinor: null,
      preferredContactIntervalDays: null,
      graceDays: null,
      calendarPreset: null,
      customerSince: history.customerSince === null ? null : fromEpochDay(history.customerSince),
      episodeStartedOn: null,
    },
    items: open.map(({ issued, due, total, parts }, index) => ({
      kind: 'INVOICE' as const,
      invoiceId: asId(index + 1),
      paymentId: null,
      number: String(index + 1),
      customerReference: null,
      branchId: asId(history.accountId),
      branchCode: '',
      branchName: '',
      issuedOn: fromEpochDay(issued),
      dueOn: fromEpochDay(due),
      isDueComputed: false,
      currency: 'AED',
      totalMinor: BigInt(total),
      balanceMinor: BigInt(parts.reduce((rest, part) => (part.on <= asOn ? rest - part.amount : rest), total)),
      linkedInvoiceId: null,
    })),
    blocks: [],
    recipients: [],
    contacts: [],
    liveReminders: [],
    behaviour: { ...behaviourOn(history.invoices, asOn), brokenPromises: 0, keptPromises: 0 },
  };
}

export interface WorldFigures {
  readonly name: string;
  readonly accountDays: number;
  /** Share of account days on which something stayed unpaid. */
  readonly unpaidShare: number;
  /** Share of the unpaid cash in the first tenth of each order. */
  readonly share: Readonly<Record<Exclude<Order, 'risk'>, number>>;
  readonly priority: Interval;
  /** Priority's share less plain total's, customer draws paired. */
  readonly overTotal: Interval;
  readonly aucOfRisk: Interval;
  readonly aucOfAtRisk: Interval;
}

export function worldFigures(name: string, rows: readonly JudgedRow[]): WorldFigures {
  const ranking = (order: Order): Ranking =>
    new Ranking(
      rows,
      rows.map(({ keys }) => keys[order]),
    );
  const drawn = { priority: ranking('priority'), risk: ranking('risk'), total: ranking('total') };
  const figures = resampled(rows, drawn);
  const shareOf = (order: Order): number => ranking(order).figures().share;
  const [own, total] = [drawn.priority.figures(), drawn.total.figures()];
  return {
    name,
    accountDays: rows.length,
    unpaidShare: rows.filter(({ unpaid }) => unpaid > 0).length / rows.length,
    share: {
      priority: own.share,
      total: total.share,
      oldest: shareOf('oldest'),
      amountByAge: shareOf('amountByAge'),
      ceiling: shareOf('ceiling'),
      fittedElsewhere: shareOf('fittedElsewhere'),
    },
    priority: interval(
      own.share,
      figures.priority.map(({ share }) => share),
    ),
    overTotal: interval(
      own.share - total.share,
      figures.priority.map(({ share }, draw) => share - (figures.total[draw]?.share ?? Number.NaN)),
    ),
    aucOfRisk: interval(
      drawn.risk.figures().auc,
      figures.risk.map(({ auc }) => auc),
    ),
    aucOfAtRisk: interval(
      own.auc,
      figures.priority.map(({ auc }) => auc),
    ),
  };
}
