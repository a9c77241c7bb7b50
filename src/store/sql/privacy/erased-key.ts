/**
 * What an erased address is known by: a hash keyed by the company, so that a mail address given again is recognised and a list of them tells
 * nobody anything. Written in SQL alone, because the key never leaves the database.
 */
import type { CompanyTx } from '../../connection/with-company.ts';

/** A suppression of this spelling is of an erased address. No mail address begins like it. */
const ERASED = 'erased:';

/** SQL for the key of an address, which is SQL as well; `$1` is the company. Hashed twice, so that nothing can be appended to it. */
export const erasedKeySql = (address: string): string =>
  `'${ERASED}' || (select encode(sha256(convert_to(k.erasure_key::text || encode(sha256(convert_to(k.erasure_key::text || lower(${address}), 'UTF8')), 'hex'), 'UTF8')), 'hex')
     from companies k where k.company_id = $1)`;

export async function erasedKeyOf(tx: CompanyTx, address: string): Promise<string> {
  const { key } = await tx.one<{ readonly key: string }>(`select ${erasedKeySql('$2::text')} as key`, [tx.companyId, address]);
  return key;
}
