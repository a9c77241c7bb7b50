import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { keepBugReport } from '../../src/app/bug-report.ts';

const home = mkdtempSync(join(tmpdir(), 'wafa-bug-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const report = { programVersion: '1.2.3', verb: 'queue' };

test('a fault of ours is kept with its stack and its causes, for its owner only, without the rows a database error carries', async () => {
  const cause = Object.assign(new Error('duplicate key'), { detail: 'Key (address)=(mariam@example.test) already exists.' });
  const file = await keepBugReport({ ...report, error: new Error('impossible', { cause }), env: { WAFA_HOME: home } });
  const text = readFileSync(file ?? '', 'utf8');
  expect(text).toMatch(/wafa 1\.2\.3, node v26.*\n.* queue\n\nError: impossible\n {4}at [^]*caused by\nError: duplicate key/);
  expect(text).not.toContain('mariam');
  expect(statSync(file ?? '').mode & 0o777).toBe(0o600);
});

test('a report that cannot be written hides nothing: there is just no file', async () => {
  expect(await keepBugReport({ ...report, error: new Error('x'), env: { WAFA_HOME: '/dev/null/nowhere' } })).toBeUndefined();
});
