/** Records the exchange rates of a file. A rate given again for its day takes the place of the old one; an equal one changes nothing. */
import type { Act } from '../act.ts';
import type { ExchangeRateRecord } from '../../intake/ledger-records.ts';
import { updateCompany } from '../../store/sql/company-settings.ts';
import { recordExchangeRates } from '../../store/sql/exchange-rates.ts';
import { recordedRates } from '../../store/sql/import-facts.ts';

/** @returns how many are new or differ. */
export async function applyExchangeRates(context: Act, rates: readonly ExchangeRateRecord[]): Promise<number> {
  if (rates.length === 0) return 0;
  const { tx, company } = context;
  const recorded = await recordedRates(tx, [...new Set(rates.map(({ currency }) => currency))]);
  const known = new Set(recorded.map(({ currency, quotedOn, ratePpm }) => `${currency} ${quotedOn.toString()} ${ratePpm}`));
  const fresh = rates.filter(({ currency, quotedOn, ratePpm }) => !known.has(`${currency} ${quotedOn.toString()} ${ratePpm}`));
  if (fresh.length === 0) return 0;
  await recordExchangeRates(
    tx,
    fresh.map(({ currency, ratePpm, quotedOn, quotedBy }) => ({ currency, ratePpm, quotedOn, source: quotedBy ?? 'An imported file' })),
  );
  // What is large and what is small in the base currency has moved for every account.
  await updateCompany(tx, {});
  context.record({
    objectKind: 'company',
    objectId: company.companyId,
    detail: { rates: fresh.map(({ currency, quotedOn, ratePpm }) => `${currency} ${quotedOn.toString()} ${ratePpm}`).slice(0, 100) },
  });
  return fresh.length;
}
