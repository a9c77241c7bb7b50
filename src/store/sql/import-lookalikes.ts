/**
 * New customers of a staged ledger that may be ones there are already, or belong together with them: the same code but for its dress, the
 * same TRN, the same mail domain. Reads only; identity is the code, and what these find is for a person to judge.
 */
import type { CompanyTx } from '../connection/with-company.ts';

export interface CodeGroup {
  /** First row of the file that has one of them. */
  readonly rowNumber: number;
  /** What they have in common: a code without its dress, a TRN, a mail domain. */
  readonly shared: string;
  /** In order; the first few. */
  readonly codes: readonly string[];
  readonly count: number;
}

/** Most imports bring no new customer, and then nothing recorded needs to be looked through. */
export const hasNewCustomers = async (tx: CompanyTx): Promise<boolean> =>
  (await tx.maybeOne('select 1 from staged_customers s join staged_codes k on k.code = s.code where k.customer_id is null limit 1')) !==
  undefined;

/** Codes of one group that are named. */
const MOST_NAMED = 5;

/** `$1` is the company; `members` has the columns code, row_number (null: recorded), shared. */
const grouped = (tx: CompanyTx, members: string, most: number, mostMembers: number): Promise<readonly CodeGroup[]> =>
  tx.query<CodeGroup>(
    `select min(row_number) as row_number, shared, (array_agg(distinct code order by code))[1:${MOST_NAMED}] as codes,
            count(distinct code)::int as count
       from (${members}) m
      where shared is not null and shared <> ''
      group by shared
     having count(distinct code) between 2 and ${mostMembers} and count(row_number) > 0
      order by 1 limit ${most}`,
    [tx.companyId],
  );

/** A code without what people write differently: case, spaces and punctuation, zeros before a number. */
const undressed = (code: string): string =>
  String.raw`regexp_replace(regexp_replace(lower(${code}), '(^|[^0-9])0+([0-9])', '\1\2', 'g'), '[\s[:punct:]]', '', 'g')`;

const NEW = 's.code = k.code and k.customer_id is null';

export const likeCodes = (tx: CompanyTx, most: number): Promise<readonly CodeGroup[]> =>
  grouped(
    tx,
    `select s.code, s.row_number, ${undressed('s.code')} as shared from staged_customers s join staged_codes k on ${NEW}
     union all select code, null, ${undressed('code')} from customers where company_id = $1`,
    most,
    1_000_000,
  );

/** Without those that are billed together already. */
export const sharedTrns = (tx: CompanyTx, most: number): Promise<readonly CodeGroup[]> =>
  grouped(
    tx,
    `select s.code, s.row_number, s.trn as shared from staged_customers s join staged_codes k on ${NEW} where s.bill_to_code is null
     union all select code, null, trn from customers where company_id = $1 and bill_to_id is null`,
    most,
    1_000_000,
  );

/** A domain of more customers than this is a mail provider, not a family of companies. */
const LARGEST_FAMILY = 12;

/** @param publicDomains mail providers, where strangers share a domain. */
export const sharedDomains = (tx: CompanyTx, most: number, publicDomains: readonly string[]): Promise<readonly CodeGroup[]> =>
  grouped(
    tx,
    `select * from (
       select s.code, s.row_number, lower(split_part(c.address, '@', 2)) as shared
         from staged_contacts c join staged_customers s on s.code = c.code join staged_codes k on ${NEW} where s.bill_to_code is null
       union all
       select u.code, null, lower(split_part(c.address, '@', 2))
         from contacts c join customers u on u.company_id = $1 and u.id = c.customer_id
        where c.company_id = $1 and c.address is not null and u.bill_to_id is null) d
      where shared <> all(string_to_array('${publicDomains.join(' ')}', ' '))`,
    most,
    LARGEST_FAMILY,
  );
