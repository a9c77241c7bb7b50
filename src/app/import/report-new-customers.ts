/**
 * What a person should look at among the new customers of a file: codes that differ from others only in their dress, companies that seem to
 * belong together, buyers of documents nobody has recorded. Suggestions alone: identity is the code, and nothing is merged by itself.
 */
import { shown, type ImportFault } from '../../intake/faults.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { unmatchedBuyers } from '../../store/sql/import-buyers.ts';
import { hasNewCustomers, likeCodes, sharedDomains, sharedTrns, type CodeGroup } from '../../store/sql/import-lookalikes.ts';

/** Of each kind; a longer list is not read. */
const MOST_REPORTED = 20;

/** Where strangers have their mailboxes, here and around. */
const PUBLIC_MAIL = [
  'gmail.com',
  'googlemail.com',
  'hotmail.com',
  'outlook.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'ymail.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'zoho.com',
  'gmx.com',
  'mail.com',
  'yandex.com',
  'emirates.net.ae',
  'eim.ae',
] as const;

/** Once the staged ledger is compared with what is recorded, and before anything of it is written. */
export async function reportNewCustomers(
  tx: CompanyTx,
  { file, isKnownByTrn }: { readonly file: string; readonly isKnownByTrn: boolean },
): Promise<readonly ImportFault[]> {
  if (!(await hasNewCustomers(tx))) return [];
  const warn = (code: string, message: string, tryThis: string, row: number): ImportFault => ({
    code,
    message,
    tryThis,
    at: { file, row },
  });
  const alike = (await likeCodes(tx, MOST_REPORTED)).map((group) =>
    warn(
      'import.like-codes',
      `The codes ${named(group)} differ only in how they are written.`,
      'If they are one customer, use one code for it.',
      group.rowNumber,
    ),
  );
  const trns = (await sharedTrns(tx, MOST_REPORTED)).map((group) =>
    warn('import.sister-companies', `Customers ${named(group)} share the TRN ${shown(group.shared)}.`, BILL_TO, group.rowNumber),
  );
  const domains = (await sharedDomains(tx, MOST_REPORTED, PUBLIC_MAIL)).map((group) =>
    warn('import.sister-companies', `Customers ${named(group)} have mail at ${shown(group.shared)}.`, BILL_TO, group.rowNumber),
  );
  const buyers = isKnownByTrn
    ? (await unmatchedBuyers(tx, MOST_REPORTED)).map((buyer) => warn('import.new-buyer', ...saidOf(buyer), buyer.rowNumber))
    : [];
  return [...alike, ...buyers, ...trns, ...domains];
}

const BILL_TO = 'If one of them pays for the others, say so with `wafa customer set CODE billTo=CODE`. Nothing is joined by itself.';

const named = ({ codes, count }: CodeGroup): string =>
  `${codes.map((code) => shown(code)).join(', ')}${count > codes.length ? ` and ${count - codes.length} more` : ''}`;

function saidOf({ code, trn, sharing }: Awaited<ReturnType<typeof unmatchedBuyers>>[number]): [string, string] {
  const why =
    trn === null
      ? 'its documents name no TRN'
      : sharing === 0
        ? `nobody is recorded with the TRN ${shown(trn)}`
        : `${sharing} customers are recorded with the TRN ${shown(trn)}`;
  return [
    `Buyer ${shown(code)} becomes a new customer: ${why}.`,
    'If it is one you have, record the TRN there (`wafa customer set CODE trn=TRN`) before importing.',
  ];
}
