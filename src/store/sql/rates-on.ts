import type { CompanyFacts } from '../../domain/account-facts.ts';
import type { Day } from '../../domain/days.ts';
import type { Currency } from '../../domain/money.ts';
import type { CompanyTx } from '../connection/with-company.ts';

/** The newest rate of each currency quoted on or before a day. How old is too old is the rules' judgement. */
export async function ratesOn(tx: CompanyTx, asOn: Day): Promise<CompanyFacts['rates']> {
  const rows = await tx.query<{ readonly currency: Currency; readonly ratePpm: number; readonly quotedOn: Day }>(
    `select distinct on (currency) currency, rate_ppm, quoted_on
       from exchange_rates where company_id = $1 and quoted_on <= $2
      order by currency, quoted_on desc`,
    [tx.companyId, asOn],
  );
  return rows.map((row) => ({ ...row, ratePpm: BigInt(row.ratePpm) }));
}
