import type { RamadanSpan } from '../../domain/calendar/day-off.ts';
import type { UserId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

/** Ramadans as the company recorded them, oldest record first: a later one of the same key takes the place of an earlier. */
export async function companyRamadans(tx: CompanyTx): Promise<readonly RamadanSpan[]> {
  const rows = await tx.query<Pick<RamadanSpan, 'key' | 'startsOn' | 'endsOn'>>(
    'select key, starts_on, ends_on from company_ramadans where company_id = $1 order by id',
    [tx.companyId],
  );
  return rows.map((row) => ({ ...row, status: 'confirmed' }));
}

/** Records one after all that are there. */
export async function recordRamadan(tx: CompanyTx, span: RamadanSpan, createdBy: UserId | null): Promise<void> {
  await tx.query('insert into company_ramadans (company_id, key, starts_on, ends_on, created_by) values ($1, $2, $3, $4, $5)', [
    tx.companyId,
    span.key,
    span.startsOn,
    span.endsOn,
    createdBy,
  ]);
}
