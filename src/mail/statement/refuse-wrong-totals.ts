/** A statement that does not add up is a fault of ours, and is never handed to anybody. */
import { AGEING_BUCKETS } from '../../domain/ageing.ts';
import { assert } from '../../domain/operator-error.ts';
import type { StatementContent } from './statement-content.ts';

/** @throws BugError unless, per currency, rows, branches, and ages with credits each make the total. */
export function refuseWrongTotals({ statement, customer }: StatementContent): void {
  for (const { groups, minorByBucket, creditsMinor, totalMinor } of statement.currencies) {
    const rows = groups.flatMap(({ lines }) => lines).reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n);
    const ages = AGEING_BUCKETS.reduce((sum, bucket) => sum + minorByBucket[bucket], creditsMinor);
    const branches = groups.reduce((sum, group) => sum + group.totalMinor, 0n);
    assert(
      [rows, ages, branches].every((sum) => sum === totalMinor),
      `the statement of ${customer.code} does not add up`,
    );
  }
}
