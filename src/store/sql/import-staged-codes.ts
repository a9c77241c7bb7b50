import type { CompanyTx } from '../connection/with-company.ts';

/**
 * Makes the staged rows findable and joins the customer codes they mention with the customers there are. Temporary tables are
 * never analysed by themselves; without figures the joins of a large ledger would be nested loops. Ledger tables may have been filled a
 * moment ago and have no figures either, and ours is not the role that may ask for them: so they are never joined here but looked up
 * row by row through a unique key (`lateral … offset 0`, which the planner does not pull apart), whose cost grows with the file alone.
 * The key is compared with a plain column: PostgreSQL takes `coalesce` for leaky, and under row-level security no leaky condition may use
 * an index; every row would read the whole table.
 */
export async function indexStaging(tx: CompanyTx): Promise<void> {
  await tx.query('create index on staged_customers (code)');
  // Only settlements look single documents up; sorting a million numbers for nobody took two seconds.
  if ((await tx.maybeOne('select 1 from staged_allocations limit 1')) !== undefined)
    await tx.query('create index on staged_documents (number)');
  // Rows were staged in the order of the file, so a few bytes for every 128 pages find a range of them.
  await tx.query('create index on staged_documents using brin (row_number)');
  for (const table of ['staged_customers', 'staged_contacts', 'staged_documents', 'staged_payments', 'staged_allocations']) {
    await tx.query(`analyze ${table}`);
  }
  await joinStagedCodes(tx);
}

/** Joins the customer codes that the staged rows mention with the customers there are. */
export async function joinStagedCodes(tx: CompanyTx): Promise<void> {
  await tx.query(
    `insert into staged_codes
     select m.code, c.id, c.account_id, g.code, a.id,
            coalesce(s.payment_terms_days, c.payment_terms_days), s.code is not null
       from (select code from staged_customers union select bill_to_code from staged_customers where bill_to_code is not null
             union select customer_code from staged_documents union select customer_code from staged_payments
             union select customer_code from staged_allocations union select code from staged_contacts) m
       left join staged_customers s on s.code = m.code
       left join lateral (select id, account_id, bill_to_id, payment_terms_days from customers
                           where company_id = $1 and code = m.code offset 0) c on true
       left join lateral (select code from customers where company_id = $1 and id = c.bill_to_id offset 0) h on true
      cross join lateral (select coalesce(s.bill_to_code, h.code, m.code) as code offset 0) g
       left join lateral (select id from customers where company_id = $1 and code = g.code offset 0) a on true`,
    [tx.companyId],
  );
  await tx.query('create index on staged_codes (code)');
  await tx.query('analyze staged_codes');
}

/** Gives the codes of customers this import has just added their ids, for the documents and contacts that follow. */
export async function noteCustomers(tx: CompanyTx): Promise<void> {
  await tx.query(
    `update staged_codes k
        set customer_id = (select id from customers where company_id = $1 and code = k.code)
      where k.customer_id is null`,
    [tx.companyId],
  );
}
