/** Checks of the ledger: rows that belong together, and sums that agree. */
import type { Check } from './check.ts';
import {
  allocationsAcrossCurrencies,
  branchesOfBranches,
  documentsWithWrongBalance,
  receiptsWithWrongRest,
} from '../../store/sql/validate/ledger-balances.ts';
import { orphans } from '../../store/sql/validate/orphans.ts';

const BY_HAND =
  "Find out who wrote to the database past Wafa (`wafa audit list`, the server's log); restore the record from a backup, or have the owner put it right.";

export const LEDGER_CHECKS: readonly Check[] = [
  {
    id: 'orphans',
    holds: 'Every row that names another names one that is there.',
    means: "A row was deleted, or written, past the database's own keys: what hangs from it can no longer be explained.",
    fix: BY_HAND,
    scope: 'company',
    find: ({ tx }) => orphans(tx),
  },
  {
    id: 'balances',
    holds: 'What is open of a document is its total less what is allocated to it.',
    means: 'Reminders would ask for an amount that payments and credits do not support.',
    fix: `Stop the account's mail (\`wafa block\`), then: ${BY_HAND}`,
    scope: 'company',
    find: ({ tx }) => documentsWithWrongBalance(tx),
  },
  {
    id: 'receipts',
    holds: 'What is unallocated of a receipt is its amount less its allocations.',
    means: 'Cash on account that lowers reminders would be counted wrongly.',
    fix: BY_HAND,
    scope: 'company',
    find: ({ tx }) => receiptsWithWrongRest(tx),
  },
  {
    id: 'currencies',
    holds: 'Receipts and credits are set against documents of their own currency.',
    means: 'Amounts of two currencies were taken from one another as if they were one.',
    fix: "Take the payment or credit back (`wafa pay undo`, `wafa credit undo`) and record it in the document's currency.",
    scope: 'company',
    find: ({ tx }) => allocationsAcrossCurrencies(tx),
  },
  {
    id: 'billing',
    holds: 'Whoever is billed for a branch is billed itself.',
    means: "The branch's invoices belong to an account nobody looks at: it would not be reminded.",
    fix: 'Bill the branch to the customer at the end: `wafa customer set BRANCH bill-to=CODE`.',
    scope: 'company',
    find: ({ tx }) => branchesOfBranches(tx),
  },
];
