/**
 * How well an order of accounts finds the cash that stays unpaid: the share of it in the first tenth, and the chance that an account that
 * goes on owing stands before one that pays (AUC). Intervals come from drawing customers anew with replacement, because a customer's
 * days resemble each other and would otherwise count as independent. Knows nothing of how an order came about.
 */
import { Draws } from './draws.ts';

/** One account on one day. */
export interface RankedRow {
  readonly accountId: number;
  readonly asOn: number;
  /** Still unpaid after the horizon. */
  readonly unpaid: number;
}

/** The tenth a person gets through before lunch; the share is a share of all days' unpaid cash. */
const FIRST_PART = 0.1;

export interface Interval {
  readonly estimate: number;
  /** The middle 95 of 100 draws. */
  readonly low: number;
  readonly high: number;
}

export interface RankingFigures {
  readonly share: number;
  readonly auc: number;
}

/** An order of rows by falling keys, sorted once, so that any number of draws only walks it. */
export class Ranking {
  private readonly rows: readonly RankedRow[];
  /** Row numbers of each day, best first. */
  private readonly days: readonly (readonly number[])[];
  /** All rows, lowest key first, with the position after the last of equal keys. */
  private readonly rising: readonly number[];
  private readonly keys: readonly number[];

  constructor(rows: readonly RankedRow[], keys: readonly number[]) {
    this.rows = rows;
    this.keys = keys;
    const key = (row: number): number => keys[row] ?? 0;
    const byDay = new Map<number, number[]>();
    for (const [row, { asOn }] of rows.entries()) {
      const day = byDay.get(asOn);
      if (day) day.push(row);
      else byDay.set(asOn, [row]);
    }
    this.days = [...byDay.values()].map((day) => day.sort((a, b) => key(b) - key(a) || a - b));
    this.rising = rows.map((_, row) => row).sort((a, b) => key(a) - key(b));
  }

  /** @param times how often each row counts; once when left out. */
  figures(times?: Uint16Array): RankingFigures {
    return { share: this.share(times), auc: this.auc(times) };
  }

  private share(times: Uint16Array | undefined): number {
    let [found, all] = [0, 0];
    for (const day of this.days) {
      const count = day.reduce((sum, row) => sum + (times?.[row] ?? 1), 0);
      let room = Math.ceil(count * FIRST_PART);
      for (const row of day) {
        const counted = times?.[row] ?? 1;
        const unpaid = this.rows[row]?.unpaid ?? 0;
        found += Math.min(counted, room) * unpaid;
        all += counted * unpaid;
        room -= Math.min(counted, room);
      }
    }
    return all === 0 ? Number.NaN : found / all;
  }

  /** Equal keys count half (the rank-sum statistic of Mann and Whitney, divided by the pairs). */
  private auc(times: Uint16Array | undefined): number {
    let [unpaid, paid, won] = [0, 0, 0];
    for (let from = 0; from < this.rising.length;) {
      const key = this.keys[this.rising[from] ?? 0];
      let [tiedUnpaid, tiedPaid] = [0, 0];
      let to = from;
      for (; to < this.rising.length && this.keys[this.rising[to] ?? 0] === key; to += 1) {
        const row = this.rising[to] ?? 0;
        const counted = times?.[row] ?? 1;
        if ((this.rows[row]?.unpaid ?? 0) > 0) tiedUnpaid += counted;
        else tiedPaid += counted;
      }
      won += tiedUnpaid * (paid + tiedPaid / 2);
      unpaid += tiedUnpaid;
      paid += tiedPaid;
      from = to;
    }
    return unpaid === 0 || paid === 0 ? Number.NaN : won / (unpaid * paid);
  }
}

/** So many draws put the ends of an interval within a few thousandths; more would only cost time. */
const DRAWS = 400;

/** Each ranking's figures over the same draws of customers, and draw by draw, so that two can be compared pair by pair. */
export function resampled<Name extends string>(
  rows: readonly RankedRow[],
  rankings: Readonly<Record<Name, Ranking>>,
  seed = 1,
): Readonly<Record<Name, readonly RankingFigures[]>> {
  const draws = new Draws(seed);
  const place = new Map<number, number>();
  for (const { accountId } of rows) if (!place.has(accountId)) place.set(accountId, place.size);
  const customers = rows.map(({ accountId }) => place.get(accountId) ?? 0);
  const names = Object.keys(rankings) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as RankingFigures[]])) as Record<Name, RankingFigures[]>;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const drawn = new Uint16Array(place.size);
    for (let count = 0; count < place.size; count += 1) {
      const customer = draws.below(place.size);
      drawn[customer] = (drawn[customer] ?? 0) + 1;
    }
    const times = Uint16Array.from(customers, (customer) => drawn[customer] ?? 0);
    for (const name of names) figures[name].push(rankings[name].figures(times));
  }
  return figures;
}

export function interval(estimate: number, drawn: readonly number[]): Interval {
  const sorted = drawn.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { estimate, low: at(0.025), high: at(0.975) };
}
