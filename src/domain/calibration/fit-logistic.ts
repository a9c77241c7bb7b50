/**
 * Fits a logistic regression whose weights may not be negative: ridge-regularised maximum likelihood by projected Newton steps.
 * Small and our own, because it is a page of arithmetic, has to give the same weights on every machine, and because "worse facts
 * never lower a score" is a bound on every weight, which ready-made fits do not offer. Knows nothing of money or reminders.
 *
 * Each step minimises the second-order model of the penalised likelihood over the allowed weights, one weight after the other
 * (coordinate descent on a convex quadratic, so the order does not matter), then is halved until the likelihood improves.
 */

/** Examples in columns, so that hundreds of thousands stay small. */
export interface Examples {
  /** One row of `width` features for each example, one after the other. */
  readonly features: Float64Array;
  readonly width: number;
  /** 1: the event came, 0: it did not; shares in between are allowed. */
  readonly outcomes: Float64Array;
  /** How much each example counts; all alike when left out. */
  readonly importance?: Float64Array;
}

export interface FitOptions {
  /** Penalty per squared distance of a weight from `towards`, against a mean log-likelihood; the intercept is free. */
  readonly ridge: number;
  /** Where weights rest that the examples say nothing about; 0 when left out. */
  readonly towards?: readonly number[];
}

export interface FittedLogistic {
  readonly intercept: number;
  /** One for each feature, none negative. */
  readonly weights: readonly number[];
}

/** Newton's method on a logistic likelihood needs fewer than ten; separable examples stop here, held by the ridge. */
const MOST_STEPS = 50;
const MOST_HALVINGS = 30;
const SWEEPS = 200;
/** Improvement of the mean log-likelihood below which the third decimal of a weight no longer moves. */
const ENOUGH = 1e-10;

export function fitLogistic(examples: Examples, options: FitOptions): FittedLogistic {
  const problem = new Problem(examples, options);
  let at: Float64Array = problem.start();
  let value = problem.loss(at);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const direction = problem.step(at);
    let next = at;
    let lower = value;
    for (let halving = 0, length = 1; halving < MOST_HALVINGS; halving += 1, length /= 2) {
      const tried = at.map((weight, index) => weight + length * (direction[index] ?? 0));
      const loss = problem.loss(tried);
      if (loss < lower) {
        [next, lower] = [tried, loss];
        break;
      }
    }
    const gained = value - lower;
    [at, value] = [next, lower];
    if (gained < ENOUGH) break;
  }
  return { intercept: at[0] ?? 0, weights: [...at.subarray(1)] };
}

/** The penalised likelihood of some examples; position 0 of a point is the intercept. */
class Problem {
  private readonly examples: Examples;
  private readonly ridge: number;
  private readonly towards: Float64Array;
  private readonly size: number;
  private readonly total: number;

  constructor(examples: Examples, { ridge, towards = [] }: FitOptions) {
    this.examples = examples;
    this.ridge = ridge;
    this.size = examples.width + 1;
    this.towards = Float64Array.from({ length: this.size }, (_, index) => (index === 0 ? 0 : (towards[index - 1] ?? 0)));
    this.total = examples.importance === undefined ? examples.outcomes.length : examples.importance.reduce((sum, each) => sum + each, 0);
  }

  start(): Float64Array {
    return this.towards.slice();
  }

  loss(at: Float64Array): number {
    const { outcomes } = this.examples;
    let loss = 0;
    for (let row = 0; row < outcomes.length; row += 1) {
      const logit = this.logit(at, row);
      // ln(1 + e^z) without overflow.
      loss += this.importanceOf(row) * (Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - (outcomes[row] ?? 0) * logit);
    }
    return loss / this.total + this.penalty(at);
  }

  /** The step to the least point of the quadratic model, no weight ending below zero. */
  step(at: Float64Array): Float64Array {
    const { gradient, curvature } = this.slopes(at);
    const step = new Float64Array(this.size);
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      let moved = 0;
      for (let index = 0; index < this.size; index += 1) {
        let slope = gradient[index] ?? 0;
        for (let other = 0; other < this.size; other += 1) slope += (curvature[index * this.size + other] ?? 0) * (step[other] ?? 0);
        const bend = curvature[index * this.size + index] ?? 0;
        if (bend <= 0) continue;
        const wanted = (step[index] ?? 0) - slope / bend;
        const allowed = index === 0 ? wanted : Math.max(wanted, -(at[index] ?? 0));
        moved = Math.max(moved, Math.abs(allowed - (step[index] ?? 0)));
        step[index] = allowed;
      }
      if (moved < 1e-9) break;
    }
    return step;
  }

  private slopes(at: Float64Array): { readonly gradient: Float64Array; readonly curvature: Float64Array } {
    const { outcomes, features, width } = this.examples;
    const gradient = new Float64Array(this.size);
    const curvature = new Float64Array(this.size * this.size);
    const row = new Float64Array(this.size);
    row[0] = 1;
    for (let example = 0; example < outcomes.length; example += 1) {
      row.set(features.subarray(example * width, (example + 1) * width), 1);
      const chance = 1 / (1 + Math.exp(-this.logit(at, example)));
      const share = this.importanceOf(example) / this.total;
      const error = share * (chance - (outcomes[example] ?? 0));
      const bend = share * chance * (1 - chance);
      for (let index = 0; index < this.size; index += 1) {
        const value = row[index] ?? 0;
        gradient[index] = (gradient[index] ?? 0) + error * value;
        for (let other = 0; other < this.size; other += 1) {
          const cell = index * this.size + other;
          curvature[cell] = (curvature[cell] ?? 0) + bend * value * (row[other] ?? 0);
        }
      }
    }
    for (let index = 1; index < this.size; index += 1) {
      const cell = index * this.size + index;
      gradient[index] = (gradient[index] ?? 0) + 2 * this.ridge * ((at[index] ?? 0) - (this.towards[index] ?? 0));
      curvature[cell] = (curvature[cell] ?? 0) + 2 * this.ridge;
    }
    return { gradient, curvature };
  }

  private logit(at: Float64Array, example: number): number {
    const { features, width } = this.examples;
    let logit = at[0] ?? 0;
    for (let index = 0; index < width; index += 1) logit += (at[index + 1] ?? 0) * (features[example * width + index] ?? 0);
    return logit;
  }

  private importanceOf(example: number): number {
    return this.examples.importance?.[example] ?? 1;
  }

  private penalty(at: Float64Array): number {
    let sum = 0;
    for (let index = 1; index < this.size; index += 1) sum += ((at[index] ?? 0) - (this.towards[index] ?? 0)) ** 2;
    return this.ridge * sum;
  }
}
