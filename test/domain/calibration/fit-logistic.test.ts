import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitLogistic, type Examples } from '../../../src/domain/calibration/fit-logistic.ts';
import { Draws } from '../../../src/domain/calibration/draws.ts';

const uniform = (draws: Draws): number => draws.below(1_000_000) / 1_000_000;

/** Outcomes drawn from known weights. */
function drawnFrom(intercept: number, weights: readonly number[], count: number, seed = 7): Examples {
  const draws = new Draws(seed);
  const features = new Float64Array(count * weights.length);
  const outcomes = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    let logit = intercept;
    for (const [index, weight] of weights.entries()) {
      const value = uniform(draws) * 4 - 1;
      features[row * weights.length + index] = value;
      logit += weight * value;
    }
    outcomes[row] = uniform(draws) < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  }
  return { features, width: weights.length, outcomes };
}

describe('the fit', () => {
  test('finds the weights that made the outcomes', () => {
    const { intercept, weights } = fitLogistic(drawnFrom(-1.5, [1.2, 0.4, 0], 40_000), { ridge: 1e-6 });
    expect(intercept).toBeCloseTo(-1.5, 1);
    for (const [index, weight] of [1.2, 0.4, 0].entries()) expect(weights[index]).toBeCloseTo(weight, 1);
  });

  test('never makes a weight negative, and leaves the others as if that feature were not there', () => {
    const both = drawnFrom(-1, [1, -0.8], 20_000);
    const { weights, intercept } = fitLogistic(both, { ridge: 1e-6 });
    expect(weights[1]).toBe(0);
    const alone = {
      features: Float64Array.from({ length: 20_000 }, (_, row) => both.features[row * 2] ?? 0),
      width: 1,
      outcomes: both.outcomes,
    };
    const single = fitLogistic(alone, { ridge: 1e-6 });
    expect(weights[0]).toBeCloseTo(single.weights[0] ?? 0, 6);
    expect(intercept).toBeCloseTo(single.intercept, 6);
  });

  test('separable examples end, held by the ridge', () => {
    const { weights } = fitLogistic(
      { features: Float64Array.of(-1, -2, 1, 2), width: 1, outcomes: Float64Array.of(0, 0, 1, 1) },
      { ridge: 0.01 },
    );
    expect(weights[0]).toBeGreaterThan(1);
    expect(weights[0]).toBeLessThan(20);
  });

  test('weights nothing is known about rest where they were', () => {
    const { weights } = fitLogistic(
      { features: new Float64Array(200), width: 2, outcomes: Float64Array.from({ length: 100 }, (_, row) => row % 2) },
      { ridge: 0.01, towards: [0.7, 0.3] },
    );
    expect(weights).toEqual([0.7, 0.3]);
  });

  test('an example of importance two is the same as two examples', () => {
    const { features, outcomes, width } = drawnFrom(-1, [1], 300);
    const doubled = fitLogistic(
      {
        features: Float64Array.from([...features, ...features.subarray(0, 100)]),
        width,
        outcomes: Float64Array.from([...outcomes, ...outcomes.subarray(0, 100)]),
      },
      { ridge: 0.001 },
    );
    const weighed = fitLogistic(
      { features, outcomes, width, importance: Float64Array.from({ length: 300 }, (_, row) => (row < 100 ? 2 : 1)) },
      { ridge: 0.001 },
    );
    expect(weighed.weights[0]).toBeCloseTo(doubled.weights[0] ?? 0, 8);
    expect(weighed.intercept).toBeCloseTo(doubled.intercept, 8);
  });

  test('no small change of an allowed weight makes it better', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const examples = drawnFrom(-1, [0.8, -0.3, 0.1], 200, seed);
        const fitted = fitLogistic(examples, { ridge: 0.01 });
        const best = penalised(examples, [fitted.intercept, ...fitted.weights]);
        for (let index = 0; index < 4; index += 1)
          for (const change of [-0.01, 0.01]) {
            const moved = [fitted.intercept, ...fitted.weights].map((weight, at) => (at === index ? weight + change : weight));
            if (index > 0 && (moved[index] ?? 0) < 0) continue;
            expect(penalised(examples, moved)).toBeGreaterThanOrEqual(best - 1e-9);
          }
      }),
      { numRuns: 50 },
    );
  });
});

function penalised({ features, outcomes, width }: Examples, point: readonly number[]): number {
  let loss = 0;
  for (const [row, outcome] of outcomes.entries()) {
    let logit = point[0] ?? 0;
    for (let index = 0; index < width; index += 1) logit += (point[index + 1] ?? 0) * (features[row * width + index] ?? 0);
    loss += Math.log1p(Math.exp(logit)) - outcome * logit;
  }
  return loss / outcomes.length + 0.01 * point.slice(1).reduce((sum, weight) => sum + weight ** 2, 0);
}
