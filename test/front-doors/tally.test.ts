/** The closing line is what machines and people in a hurry read: it must count what happened, and never take silence for success. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { packagePath } from '../../src/package-root.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wafa-tally-'));
  writeFileSync(
    join(folder, 'vitest.config.ts'),
    `import { TallyReporter } from ${JSON.stringify(packagePath('test/support/tally-reporter.ts'))};
     export default { test: { globals: true, reporters: [new TallyReporter()] } };`,
  );
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the given test files; `tallyFile` as `npm test` does it. */
function run(files: Record<string, string>, tallyFile?: string): { readonly lastLine: string | undefined; readonly status: number | null } {
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
  const { WAFA_TALLY_FILE: _, ...surroundings } = process.env;
  const env = { ...surroundings, ...(tallyFile === undefined ? {} : { WAFA_TALLY_FILE: tallyFile }) };
  const { stdout, status } = spawnSync(process.execPath, [packagePath('node_modules/vitest/vitest.mjs'), 'run', '--root', folder], {
    env,
    encoding: 'utf8',
  });
  return { lastLine: stdout.trimEnd().split('\n').at(-1), status };
}

it('counts what passed, failed and was skipped', () => {
  const code = `it('a', () => {}); it('b', () => {}); it('c', () => { throw new Error('no'); }); it.skipIf(true)('d', () => {});`;
  expect(run({ 'mixed.test.js': code })).toEqual({ lastLine: '2 passed, 1 failed, 1 skipped', status: 1 });
});

it('counts a file that cannot be loaded and an error outside any test as failures', () => {
  const files = {
    'good.test.js': `it('a', () => {});`,
    'broken.test.js': `throw new Error('no');`,
    'stray.test.js': `it('b', () => { setTimeout(() => { throw new Error('late'); }); return new Promise((done) => setTimeout(done, 50)); });`,
  };
  expect(run(files)).toEqual({ lastLine: '2 passed, 2 failed', status: 1 });
});

it('leaves the counts in a file for npm test, which has the last word', () => {
  const file = join(folder, 'tally.json');
  expect(run({ 'good.test.js': `it('a', () => {});` }, file)).toEqual({ lastLine: '', status: 0 });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ passed: 1, failed: 0, skipped: 0 });
});
