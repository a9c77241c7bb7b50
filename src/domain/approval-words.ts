/** Why a person has to approve, in the words an operator reads. */
import type { ApprovalNeed } from './decision.ts';

export const APPROVAL_WORDS: Readonly<Record<ApprovalNeed, string>> = {
  'auto-approval-off': 'every reminder of this company does',
  level: 'a level this firm does',
  'over-company-limit': "above the company's limit",
  'over-customer-limit': "above the customer's own limit",
  'first-reminder': 'the first reminder to this account',
  'new-address': 'an address not written to before',
  'computed-due-date': 'a due date that was computed',
  'missing-rate': 'a currency without a recent rate',
  'firm-without-polite': 'FIRM without a POLITE before it',
  government: 'a government customer',
  manual: 'composed by hand',
  'after-long-break': 'the first working day after a long break',
  'receipts-unknown': 'a ledger whose receipts never came in',
};
