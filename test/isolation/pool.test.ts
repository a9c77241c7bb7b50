/** Many companies over few connections: what one transaction was set to is never the next one's. */
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';

import { asId, type CompanyId } from '../../src/domain/ids.ts';
import { openDatabase } from '../../src/store/connection/pool.ts';
import { withCompany, withInstallation, type CompanyTx } from '../../src/store/connection/with-company.ts';
import { testDatabase } from '../support/database.ts';
import { createSmallCompany } from '../support/fixtures.ts';

const database = testDatabase();
const COMPANIES = 12;
const TASKS = 1_000;
let companies: readonly CompanyId[];

beforeAll(async () => {
  const made = [];
  for (let index = 0; index < COMPANIES; index += 1) made.push(await createSmallCompany(database().app, `C${index}`));
  companies = made.map(({ companyId }) => companyId);
});

const any = (random: () => number): CompanyId => companies[Math.floor(random() * COMPANIES)] ?? asId<'company'>(1);

interface Seen {
  readonly companyId: CompanyId;
  readonly code: string;
}

/** No company in the statement: what it shows is what the connection is set to. */
const seenBy = (tx: Pick<CompanyTx, 'query'>): Promise<readonly Seen[]> => tx.query<Seen>('select company_id, code from companies');

describe('a thousand tasks over two connections', () => {
  it('each see their own company alone, whatever failed before them on the same connection', async () => {
    const app = openDatabase(database().target, { mostConnections: 2 });
    const seed = 20_261_123;
    const random = randomFrom(seed);
    const endings = { kept: 0, thrown: 0, broken: 0, refused: 0, nobody: 0 };
    const strangers: string[] = [];
    await Promise.all(
      Array.from({ length: TASKS }, async (_, task) => {
        const [mine, other, ending] = [any(random), any(random), random()];
        if (ending < 0.1) {
          endings.nobody += 1;
          const seen = await withInstallation(app, seenBy);
          if (seen.length > 0) strangers.push(`task ${task} of nobody saw ${seen.length}`);
          return;
        }
        await withCompany(app, mine, async (tx) => {
          const seen = await seenBy(tx);
          if (seen.length !== 1 || seen[0]?.companyId !== mine) strangers.push(`task ${task} of ${mine} saw ${JSON.stringify(seen)}`);
          if (ending < 0.2) throw new Error('changed its mind');
          if (ending < 0.3) await tx.query('select 1 / 0');
          // Into the rows of another company, which the policy refuses.
          if (ending < 0.4 && other !== mine)
            await tx.execute(
              "insert into exchange_rates (company_id, currency, rate_ppm, quoted_on, source) values ($1, 'EUR', 1, '2026-01-01', 'x')",
              [other],
            );
          await tx.execute('update companies set version = version + 1');
          endings.kept += 1;
        }).catch((error: unknown) => {
          const message = String(error);
          if (message.includes('changed its mind')) endings.thrown += 1;
          else if (message.includes('division by zero')) endings.broken += 1;
          else if (message.includes('row-level security')) endings.refused += 1;
          else throw error;
        });
      }),
    );
    expect(strangers, `seed ${seed}`).toEqual([]);
    for (const [name, count] of Object.entries(endings)) expect([name, count > 20]).toEqual([name, true]);
    expect(app.busyConnections).toBe(0);
    await app.close();
    // The unqualified update of each kept task touched one company's row, once.
    const { rows } = await database().admin.query<{ updates: number }>('select sum(version - 1)::int as updates from companies');
    expect(rows[0]?.updates).toBe(endings.kept);
  });
});

describe('a setting of the session instead of the transaction', () => {
  const url = (): string => database().env.DATABASE_URL;

  it('stays behind for whoever gets the connection next', async () => {
    const shared = new pg.Pool({ connectionString: url(), max: 1 });
    await shared.query("select set_config('wafa.company_id', $1, false)", [String(companies[3])]);
    const { rows } = await shared.query<{ company_id: string }>('select company_id from companies');
    expect(rows).toEqual([{ company_id: String(companies[3]) }]);
    await shared.end();
  });

  it('is what the door to a company never makes: the next on its connection sees nothing', async () => {
    const app = openDatabase(database().target, { mostConnections: 1 });
    for (const work of [async () => undefined, () => Promise.reject(new Error('failed'))]) {
      await withCompany(app, any(Math.random), work).catch(() => undefined);
      expect(await withInstallation(app, seenBy)).toEqual([]);
    }
    await app.close();
  });

  it('of somebody else on the very same connection is overruled by the door, and is not what it leaves behind', async () => {
    const [mine, left] = [companies[1] as CompanyId, companies[2] as CompanyId];
    const app = openDatabase(database().target, { mostConnections: 1 });
    await withInstallation(app, (sql) => sql.query("select set_config('wafa.company_id', $1, false)", [String(left)]));
    expect((await withCompany(app, mine, seenBy)).map(({ companyId }) => companyId)).toEqual([mine]);
    await app.close();
  });
});

/** A small repeatable generator (mulberry32): a failure is found again with its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
