/**
 * Chaos in rounds, each with a company of its own, judged when it ends: memory stays that of one round however long the whole is. What each
 * round did is a line of a file, so that a run that was interrupted goes on from there.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

import type { ChaosReport } from './two-daemons.ts';

/** In `WAFA_CHAOS_LONG`, as JSON. */
const wanted = z.object({ deliveries: z.int().positive(), kills: z.int().positive(), report: z.string() });

const line = z.object({
  round: z.int(),
  tookSeconds: z.number(),
  taken: z.int(),
  kills: z.int(),
  freezes: z.int(),
  lostCommits: z.int(),
  droppedConnections: z.int(),
  payments: z.int(),
  cancelled: z.int(),
  statuses: z.record(z.string(), z.int()),
  violations: z.record(z.string(), z.array(z.unknown())),
});

type RoundLine = z.output<typeof line>;

export interface Round {
  readonly round: number;
  readonly reminders: number;
  readonly kills: number;
}

export interface LongRunTotal {
  readonly rounds: number;
  readonly taken: number;
  readonly kills: number;
  readonly uncertain: number;
  readonly hours: number;
  /** Of any round, by kind. */
  readonly violations: Readonly<Record<string, readonly unknown[]>>;
}

/** A minute or two: as long as a judgement of everything stays a matter of a second. */
const REMINDERS_PER_ROUND = 1_000;
/** Fewer would be through before a second daemon has started. */
const FEWEST_REMINDERS = 50;

export async function longRun(json: string, play: (round: Round) => Promise<ChaosReport>): Promise<LongRunTotal> {
  const { deliveries, kills, report } = wanted.parse(JSON.parse(json));
  const done = roundsSoFar(report);
  for (;;) {
    const total = totalOf(done);
    process.stdout.write(`${new Date().toISOString()} ${JSON.stringify(total)}\n`);
    if ((total.taken >= deliveries && total.kills >= kills) || Object.keys(total.violations).length > 0) return total;
    const startedMs = performance.now();
    const round = done.length + 1;
    // Some are paid, cancelled or refused instead of delivered.
    const reminders = Math.min(REMINDERS_PER_ROUND, Math.max(FEWEST_REMINDERS, Math.ceil((deliveries - total.taken) * 1.3)));
    const played = await play({ round, reminders, kills: Math.max(1, Math.ceil((kills * reminders) / deliveries)) });
    const violations = Object.fromEntries(Object.entries(played.violations).filter(([, found]) => found.length > 0));
    const entry = line.parse({ ...played, round, violations, tookSeconds: (performance.now() - startedMs) / 1_000 });
    appendFileSync(report, `${JSON.stringify(entry)}\n`);
    done.push(entry);
  }
}

const roundsSoFar = (report: string): RoundLine[] =>
  existsSync(report)
    ? readFileSync(report, 'utf8')
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => line.parse(JSON.parse(text)))
    : [];

function totalOf(done: readonly RoundLine[]): LongRunTotal {
  const sum = (of: (one: RoundLine) => number): number => done.reduce((total, one) => total + of(one), 0);
  const violations: Record<string, unknown[]> = {};
  for (const one of done) for (const [kind, found] of Object.entries(one.violations)) (violations[kind] ??= []).push(...found);
  return {
    rounds: done.length,
    taken: sum(({ taken }) => taken),
    kills: sum((one) => one.kills),
    uncertain: sum(({ statuses }) => statuses['UNCERTAIN'] ?? 0),
    hours: sum(({ tookSeconds }) => tookSeconds) / 3_600,
    violations,
  };
}
