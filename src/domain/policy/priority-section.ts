/** The weights of the priority: the part of a policy that `wafa calibrate` can fit to what the company saw. */
import { z } from 'zod';
import { amount, decimalNumber } from './leaves.ts';

export const priority = z.strictObject({
  reference: amount(
    '100000',
    "Money at risk that scores 100; larger amounts score 100 as well and are ordered by amount. Set it near the company's largest usual account.",
  ),
  baseLogit: decimalNumber(
    { min: -20, max: 20, byDefault: -2.2 },
    'Log-odds that an item just overdue from a payer who is always on time is still unpaid in 30 days: about one in ten.',
  ),
  latenessWeight: decimalNumber(
    { min: 0, max: 20, byDefault: 1.3 },
    "Added log-odds per unit of ln(1 + days / 15), of an item's days past due or the account's usual days late, whichever is more. The strongest sign there is: see docs/priority.md.",
  ),
  ageWeight: decimalNumber(
    { min: 0, max: 20, byDefault: 0 },
    'Added log-odds per unit of ln(1 + days past due / 15), whatever the habit. Age alone misleads: it ranks whoever always pays late above whoever stopped paying.',
  ),
  habitWeight: decimalNumber(
    { min: 0, max: 20, byDefault: 0 },
    'Added log-odds per unit of ln(1 + usual days late / 15), whatever the age.',
  ),
  lateShareWeight: decimalNumber(
    { min: 0, max: 20, byDefault: 0.7 },
    'Added log-odds when every invoice was paid more than 60 days late, in proportion below that.',
  ),
  brokenPromiseWeight: decimalNumber({ min: 0, max: 20, byDefault: 0.5 }, 'Added log-odds per broken promise, up to three.'),
  tenureWeight: decimalNumber(
    { min: 0, max: 20, byDefault: 0.2 },
    'Log-odds taken off for a customer of five years or more, in proportion before that. Little, because a habit already says what years would.',
  ),
});
