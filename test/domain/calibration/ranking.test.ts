import { describe, expect, test } from 'vitest';
import { interval, Ranking, resampled, type RankedRow } from '../../../src/domain/calibration/ranking.ts';

const rows = (unpaid: readonly number[], asOn = 1): readonly RankedRow[] =>
  unpaid.map((amount, index) => ({ accountId: index, asOn, unpaid: amount }));

describe('the first tenth', () => {
  test('is counted for each day by itself, and its share is of all days together', () => {
    const two = [...rows([100, 0, 0, 0, 0, 0, 0, 0, 0, 100], 1), ...rows([0, 0, 0, 0, 0, 0, 0, 0, 0, 200], 2)];
    const falling = two.map((_, row) => -(row % 10));
    expect(new Ranking(two, falling).figures().share).toBe(100 / 400);
    expect(
      new Ranking(
        two,
        falling.map((key) => -key),
      ).figures().share,
    ).toBe(300 / 400);
  });

  test('of eleven accounts is two', () => {
    const eleven = rows([10, 20, 0, 0, 0, 0, 0, 0, 0, 0, 70]);
    expect(
      new Ranking(
        eleven,
        eleven.map((_, row) => -row),
      ).figures().share,
    ).toBe(0.3);
  });
});

describe('the chance to stand before one that pays', () => {
  test.each([
    [[0, 0, 5, 5], [1, 2, 3, 4], 1],
    [[5, 5, 0, 0], [1, 2, 3, 4], 0],
    [[0, 5, 0, 5], [1, 1, 1, 1], 0.5],
    [[0, 5, 0, 5], [1, 2, 2, 3], 3.5 / 4],
  ])('unpaid %j by keys %j is %d', (unpaid, keys, auc) => {
    expect(new Ranking(rows(unpaid), keys).figures().auc).toBe(auc);
  });

  test('is unknown when everybody paid', () => {
    expect(new Ranking(rows([0, 0]), [1, 2]).figures().auc).toBeNaN();
  });
});

describe('drawing customers anew', () => {
  /** Each customer always pays or never does: forty days tell no more than one. */
  const days = Array.from({ length: 40 }, (_, day) =>
    rows(
      Array.from({ length: 20 }, (_each, index) => ((index * 13) % 20 > 7 + (index % 3) ? 5 : 0)),
      day,
    ),
  ).flat();
  const rankings = {
    up: new Ranking(
      days,
      days.map(({ accountId }) => accountId),
    ),
    down: new Ranking(
      days,
      days.map(({ accountId }) => -accountId),
    ),
  };

  test('gives the same draws for the same seed, and others for another', () => {
    expect(resampled(days, rankings, 3)).toEqual(resampled(days, rankings, 3));
    expect(resampled(days, rankings, 3).up).not.toEqual(resampled(days, rankings, 4).up);
  });

  test('gives an interval around the estimate, far wider than if every day were another customer', () => {
    const drawn = resampled(days, rankings).up.map(({ auc }) => auc);
    const { low, high, estimate } = interval(rankings.up.figures().auc, drawn);
    expect(low).toBeLessThan(estimate);
    expect(high).toBeGreaterThan(estimate);
    const independent = days.map((row, index) => ({ ...row, accountId: index }));
    const alone = interval(
      estimate,
      resampled(independent, {
        up: new Ranking(
          independent,
          days.map(({ accountId }) => accountId),
        ),
      }).up.map(({ auc }) => auc),
    );
    expect(high - low).toBeGreaterThan((alone.high - alone.low) * 3);
  });
});
