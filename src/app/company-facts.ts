/** Reads the facts about the company that every account's decision needs, and says how old they are. */
import type { Act } from './act.ts';
import type { CompanyFacts } from '../domain/account-facts.ts';
import type { Day } from '../domain/days.ts';
import type { PlanningContext } from '../domain/planning-day.ts';
import { ratesOn } from '../store/sql/rates-on.ts';

/** What planning and the gate judge by, as of a day. */
export async function planningContext(act: Act, asOn: Day = act.today): Promise<PlanningContext> {
  const { company } = act;
  const facts: CompanyFacts = {
    baseCurrency: company.baseCurrency,
    timeZone: company.timeZone,
    ledgerAsOn: { invoices: company.ledgerInvoicesAsOn, receipts: company.ledgerReceiptsAsOn },
    quietUntil: company.quietUntil,
    rates: await ratesOn(act.tx, asOn),
  };
  const { company: calendar, ofPreset } = await act.calendars();
  return { company: facts, policy: act.policy, calendar, calendarOf: ofPreset, asOn, now: act.now };
}
