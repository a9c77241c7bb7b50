/**
 * How sure a share or a difference is. Customers' invoices are not independent of each other (who pays one late pays the next one late), so the
 * number that counts is nearer to that of accounts than that of invoices; both intervals here allow for it. Figures of statistics, not of
 * money: these are floats.
 */

/** Both ends of a 95 % interval, and the value it is about. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959964;

/** Wilson's interval of a share (E. B. Wilson, JASA 22, 1927): stays within 0 and 1 and is honest about few and about none. */
export function wilson(share: number, count: number): Estimate {
  if (count <= 0) return { value: share, low: 0, high: 1 };
  const z2 = (Z * Z) / count;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count));
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Sums over accounts, of each account's number of cases `m` and the sum `s` of its values. */
export interface ClusterSums {
  readonly accounts: number;
  /** Σ m, Σ s, Σ s², Σ s·m, Σ m². */
  readonly cases: number;
  readonly sum: number;
  readonly sumSquares: number;
  readonly crossSum: number;
  readonly caseSquares: number;
}

/** Variance of the mean over cases when accounts, not cases, were drawn (ratio estimator; Cochran, Sampling Techniques, 1977, §9A). */
function clusterVariance({ accounts, cases, sum, sumSquares, crossSum, caseSquares }: ClusterSums): number {
  if (accounts < 2 || cases === 0) return Number.POSITIVE_INFINITY;
  const mean = sum / cases;
  const spread = sumSquares - 2 * mean * crossSum + mean * mean * caseSquares;
  return (Math.max(0, spread) / (cases * cases)) * (accounts / (accounts - 1));
}

/**
 * A share with Wilson's interval on the number of independent cases that would be as sure (Korn and Graubard, Survey Methodology 24, 1998), never
 * more than there are. Where all cases are alike their spread tells nothing, and the accounts are counted instead.
 */
export function clusteredShare(sums: ClusterSums): Estimate {
  const share = sums.cases === 0 ? 0 : sums.sum / sums.cases;
  const variance = clusterVariance(sums);
  const effective = variance > 0 ? Math.min(sums.cases, (share * (1 - share)) / variance) : sums.accounts;
  return wilson(share, Number.isFinite(variance) && share > 0 && share < 1 ? effective : sums.accounts);
}

/** A mean difference with its interval by the same variance. */
export function clusteredMean(sums: ClusterSums): Estimate {
  const mean = sums.cases === 0 ? 0 : sums.sum / sums.cases;
  const half = Z * Math.sqrt(clusterVariance(sums));
  return { value: mean, low: mean - half, high: mean + half };
}
