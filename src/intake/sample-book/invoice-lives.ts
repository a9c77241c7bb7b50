/**
 * Decides for each invoice of a made-up customer when it was issued, fell due and was paid, from how that customer pays.
 * Open ones are drawn by their age today and settled ones by the day they were settled, so that the book has the wanted
 * share of open items and still an ageing and a payment history that belong to the same people.
 */
import { onWorkingDay } from './civil-day.ts';
import type { DayNumber } from './civil-day.ts';
import type { Random } from './random.ts';
import type { Payer, SampleCustomer } from './sample-customer.ts';

export interface InvoiceLife {
  readonly issued: DayNumber;
  readonly due: DayNumber;
  /** `null`: still open. */
  readonly settled: DayNumber | null;
  readonly totalMinor: number;
}

interface Habit {
  /** How many of its open items are overdue, and by how many days on average. */
  readonly overdueShare: number;
  readonly meanDaysOverdue: number;
  /** Days from due to payment of what it has paid, and how far they spread. */
  readonly meanDaysLate: number;
  readonly spread: number;
  /** Against the book's share of open items: late payers have more of them. */
  readonly openFactor: number;
}

const HABITS: Readonly<Record<Payer, Habit>> = {
  PROMPT: { overdueShare: 0.22, meanDaysOverdue: 6, meanDaysLate: -1, spread: 4, openFactor: 0.85 },
  USUAL: { overdueShare: 0.45, meanDaysOverdue: 15, meanDaysLate: 9, spread: 7, openFactor: 1 },
  SLOW: { overdueShare: 0.6, meanDaysOverdue: 42, meanDaysLate: 33, spread: 14, openFactor: 1.15 },
  CHRONIC: { overdueShare: 0.8, meanDaysOverdue: 130, meanDaysLate: 85, spread: 35, openFactor: 1.4 },
};

/** Older debts are written off or in court. */
const OLDEST_DAYS_OVERDUE = 720;
/** About eighteen months of settled invoices: enough to learn from. */
const HISTORY_DAYS = 540;

export function invoiceLife(customer: SampleCustomer, openShare: number, today: DayNumber): InvoiceLife {
  const { random, payer, record, typicalMinor } = customer;
  const habit = HABITS[payer];
  const terms = record.paymentTermsDays ?? 30;
  const isOpen = openShare >= 1 || random.chance(Math.min(0.95, openShare * habit.openFactor));
  const dates = isOpen ? openDates(random, habit, terms, today) : settledDates(customer, habit, terms, today);
  return { ...dates, totalMinor: total(random, typicalMinor) };
}

type Dates = Omit<InvoiceLife, 'totalMinor'>;

function openDates(random: Random, habit: Habit, terms: number, today: DayNumber): Dates {
  const isOverdue = random.chance(habit.overdueShare);
  const daysOverdue = Math.min(1 + Math.floor(random.exponential(habit.meanDaysOverdue)), OLDEST_DAYS_OVERDUE);
  const due = isOverdue ? today - daysOverdue : today + random.between(0, terms);
  const issued = Math.min(onWorkingDay(due - terms), today);
  return { issued, due: issued + terms, settled: null };
}

function settledDates({ random, paysInRuns }: SampleCustomer, habit: Habit, terms: number, today: DayNumber): Dates {
  const day = onWorkingDay(today - random.between(1, HISTORY_DAYS));
  const settled = paysInRuns ? day - (day % PAY_RUN_DAYS) : day;
  const late = Math.round(random.normal(habit.meanDaysLate, habit.spread)) + summerDelay(random, settled, habit);
  // Nobody pays before the invoice was written.
  const issued = onWorkingDay(settled - Math.max(terms + late, 0));
  return { issued, due: issued + terms, settled };
}

/** Every fourth Thursday, since day 0 was a Thursday: several invoices then share one receipt. */
const PAY_RUN_DAYS = 28;

/** July and August: signatories travel, so whoever is late is later. The year is taken as 365.25 days; a day more or less is no matter. */
function summerDelay(random: Random, day: DayNumber, habit: Habit): number {
  const dayOfYear = day % 365.25;
  return dayOfYear > 181 && dayOfYear < 243 && habit.meanDaysLate > 0 ? random.between(0, 12) : 0;
}

/** Lognormal around the customer's median, net amounts rounded as price lists are, plus 5 % VAT. */
function total(random: Random, typicalMinor: number): number {
  const net = typicalMinor * Math.exp(random.normal(0, 0.9));
  const rounding = random.pick([1, 25, 100, 500, 1_000]);
  const rounded = Math.max(2_000, Math.round(net / rounding) * rounding);
  return Math.min(Math.round(rounded * 1.05), LARGEST_TOTAL_MINOR);
}

/** AED 4 million: a large project invoice. */
const LARGEST_TOTAL_MINOR = 400_000_000;
