/** Reads what a calibration learns from: examples of the accounts of a sample, a chunk of accounts at a time, so that memory stays bounded. */
import type { Act } from './act.ts';
import {
  exampleOn,
  HORIZON_DAYS,
  type AccountExample,
  type AccountHistory,
  type InvoiceLife,
} from '../domain/calibration/account-history.ts';
import type { CustomerId } from '../domain/ids.ts';
import { HISTORY_DAYS } from '../domain/item-risk.ts';
import type { PlanningDay } from '../domain/planning-day.ts';
import {
  brokenPromiseDays,
  calibrationAccounts,
  invoiceLives,
  invoiceParts,
  type CalibrationAccountRow,
} from '../store/sql/calibration-rows.ts';

/** Enough that the intervals no longer shrink by much; three million examples of a large book would teach nothing more. */
const MOST_ACCOUNTS = 10_000;
const CHUNK_ACCOUNTS = 1_000;
const SCRAMBLED = 2 ** 32;

export interface SampledExamples {
  readonly examples: readonly AccountExample[];
  readonly sampledAccounts: number;
}

interface Sampling {
  readonly accounts: number;
  /** Day numbers, rising. */
  readonly days: readonly number[];
  /** For ranking amounts in the base currency, by today's rates, and for what is a mere rest. */
  readonly planning: PlanningDay;
}

export async function sampledExamples({ tx }: Act, { accounts, days, planning }: Sampling): Promise<SampledExamples> {
  const below = accounts <= MOST_ACCOUNTS ? SCRAMBLED : Math.floor((SCRAMBLED * MOST_ACCOUNTS) / accounts);
  const since = (days[0] ?? 0) - HISTORY_DAYS;
  const residue = Number(planning.residueMinor);
  const examples: AccountExample[] = [];
  let sampledAccounts = 0;
  let afterId: CustomerId | 0 = 0;
  for (;;) {
    const chunk: readonly CalibrationAccountRow[] = await calibrationAccounts(tx, { afterId, limit: CHUNK_ACCOUNTS, below });
    const last = chunk.at(-1);
    if (last === undefined) return { examples, sampledAccounts };
    for (const history of await historiesOf(tx, { chunk, since, planning }))
      for (const asOn of days) {
        const example = exampleOn(history, { asOn, residue, horizonDays: HORIZON_DAYS });
        if (example !== null) examples.push(example);
      }
    sampledAccounts += chunk.length;
    afterId = last.id;
  }
}

interface Chunk {
  readonly chunk: readonly CalibrationAccountRow[];
  readonly since: number;
  readonly planning: PlanningDay;
}

async function historiesOf(tx: Act['tx'], { chunk, since, planning }: Chunk): Promise<readonly AccountHistory[]> {
  const ids = chunk.map(({ id }) => id);
  const parts = Map.groupBy(await invoiceParts(tx, ids, since), ({ invoiceId }) => invoiceId);
  const lives = Map.groupBy(await invoiceLives(tx, ids, since), ({ accountId }) => accountId);
  const broken = Map.groupBy(await brokenPromiseDays(tx, ids), ({ accountId }) => accountId);
  return chunk.map(({ id, customerSince }) => ({
    accountId: id,
    customerSince,
    brokenPromises: (broken.get(id) ?? []).map(({ promised }) => promised),
    invoices: (lives.get(id) ?? []).map((life): InvoiceLife => {
      const worth = (minor: bigint): number => Number(planning.base.rank(minor, life.currency));
      return {
        issued: life.issued,
        due: life.due,
        settled: life.settled,
        total: worth(life.totalMinor),
        parts: (parts.get(life.id) ?? []).map(({ on, amountMinor }) => ({ on, amount: worth(amountMinor) })),
      };
    }),
  }));
}
