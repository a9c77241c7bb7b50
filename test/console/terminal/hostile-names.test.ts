/** Customers with hostile names on a real terminal: only the console's own control codes reach it, and no two customers ever share a line. */
import { expect, test } from 'vitest';

import { badInputs, badText, hasBadInputs } from '../../support/bad-inputs.ts';
import { consoleWorld } from '../../support/console-world.ts';
import { KEYS } from '../../support/pty-console.ts';

const world = consoleWorld();

/** What PostgreSQL would not have as a name at all is no name of a customer. */
const NAMES = badInputs('names').flatMap((name) => {
  const text = badText(name);
  return text === null || text.trim() === '' || text.includes('\0') || !text.isWellFormed() ? [] : [text.slice(0, 150)];
});

test.skipIf(!hasBadInputs)('hostile names break no line (skipped without the shared cases)', { timeout: 120_000 }, async () => {
  const { admin } = world.database();
  const { rows } = await admin.query<{ id: string }>(
    'select customer_id as id from customer_consolidated_reminders order by at_risk_minor desc',
  );
  let refused = 0;
  for (const [at, { id }] of rows.entries())
    await admin.query('update customers set name = $2 where id = $1', [id, NAMES[at % NAMES.length]]).catch(() => (refused += 1));
  // The database itself refuses a few.
  expect(refused).toBeLessThan(rows.length / 2);
  const console = world.open({ columns: 110, rows: 40 });
  await console.shows('by money at risk');
  await console.shows(/❯ .*C-00379/);
  const broken: string[] = [];
  for (let page = 0; page < 5; page += 1) {
    const first = codes(console.lines())[0];
    broken.push(...console.lines().filter((line) => (line.match(/C-\d{5}/g) ?? []).length > 1));
    console.types('\u001B[6~');
    if (page < 4) await console.until(() => codes(console.lines())[0] !== first, 'the next page');
  }
  console.types(`g${KEYS.enter}`);
  await console.shows('Why');
  console.types('c');
  await console.shows('Ageing');
  console.types('1');
  await console.shows('what waits for a person');
  expect(broken).toEqual([]);
  expect(foreignCodes(console.output)).toEqual([]);
});

const codes = (lines: readonly string[]): readonly string[] => lines.slice(3, 36).flatMap((line) => /C-\d{5}/.exec(line)?.[0] ?? []);

/** Control codes beside those by which the console draws, moves and switches modes. */
function foreignCodes(output: string): readonly string[] {
  // oxlint-disable-next-line no-control-regex -- these are the very codes looked for
  const rest = output.replace(/\u001B\[[\d;?]*[A-Za-z]/g, '').replace(/\r\n|\r|\n/g, '');
  return [...new Set(rest.match(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu) ?? [])].map((code) => (code.codePointAt(0) ?? 0).toString(16));
}
