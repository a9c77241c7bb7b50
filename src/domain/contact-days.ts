/**
 * The coming days on which mail can leave, each as the context that planning will have on its morning. Assumes what a look ahead must
 * assume: the ledger is imported daily and brings nothing new, and exchange rates are kept as young as they are. Policy, calendar and
 * quiet times are those of today.
 */
import type { CompanyFacts } from './account-facts.ts';
import { addDays, dayNumber } from './days.ts';
import { type PlanningContext, planningDay } from './planning-day.ts';

/** In order; from and to are days after the context's own, both included. 0 is the rest of that day itself. */
export function* contactDays(context: PlanningContext, { from, to }: { readonly from: number; readonly to: number }) {
  for (let days = from; days <= to; days += 1) {
    const later = laterContext(context, days);
    const { sending, asNumber } = planningDay(later);
    if (sending.kind === 'at' && dayNumber(sending.on) === asNumber) yield later;
  }
}

function laterContext(context: PlanningContext, days: number): PlanningContext {
  const asOn = addDays(context.asOn, days);
  const now = days === 0 ? context.now : asOn.toZonedDateTime(context.calendar.timeZone).toInstant();
  return { ...context, asOn, now, company: keptUp(context.company, days) };
}

/** A ledger that is kept up is never too old; without dates it says nothing about its age. */
const keptUp = (company: CompanyFacts, days: number): CompanyFacts => ({
  ...company,
  ledgerAsOn: { invoices: null, receipts: null },
  rates: company.rates.map((rate) => ({ ...rate, quotedOn: addDays(rate.quotedOn, days) })),
});
