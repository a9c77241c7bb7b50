/**
 * Learns the weights of the risk from examples of what became of overdue items. Each account on a day counts as one, however many items
 * it has, so that a chain with a thousand invoices does not teach what a hundred small shops contradict.
 */
import { RISK_WEIGHTS, type RiskWeights } from '../item-risk.ts';
import type { AccountExample } from './account-history.ts';
import { fitLogistic, type FittedLogistic } from './fit-logistic.ts';

export function learnRisk(examples: readonly AccountExample[], towards: RiskWeights): FittedLogistic {
  const width = RISK_WEIGHTS.length;
  const count = examples.reduce((sum, { items }) => sum + items.length, 0);
  const features = new Float64Array(count * width);
  const outcomes = new Float64Array(count);
  const importance = new Float64Array(count);
  let row = 0;
  for (const { items } of examples) {
    for (const item of items) {
      features.set(item.features, row * width);
      outcomes[row] = item.unpaid / item.open;
      importance[row] = 1 / items.length;
      row += 1;
    }
  }
  const accounts = new Set(examples.map(({ accountId }) => accountId)).size;
  // As a belief that each weight lies within about one of the present one, shared out over the accounts: an account's days repeat it.
  const ridge = 1 / (2 * Math.max(1, accounts));
  return fitLogistic({ features, width, outcomes, importance }, { ridge, towards: RISK_WEIGHTS.map((name) => towards[name]) });
}
