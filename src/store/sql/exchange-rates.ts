import type { Day } from '../../domain/days.ts';
import type { Currency } from '../../domain/money.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface NewExchangeRate {
  readonly currency: Currency;
  /** Units of base currency for one unit of the currency, in millionths. */
  readonly ratePpm: bigint;
  readonly quotedOn: Day;
  readonly source: string;
}

/** Stores rates; a rate given again for its day takes the place of the old one. */
export async function recordExchangeRates(tx: CompanyTx, rates: readonly NewExchangeRate[]): Promise<void> {
  for (const rate of rates) {
    await tx.query(
      `insert into exchange_rates (company_id, currency, rate_ppm, quoted_on, source) values ($1, $2, $3, $4, $5)
       on conflict (company_id, currency, quoted_on) do update set rate_ppm = excluded.rate_ppm, source = excluded.source`,
      [tx.companyId, rate.currency, rate.ratePpm, rate.quotedOn, rate.source],
    );
  }
}
