/**
 * `npm test`: every check, then every test, ending in a line of its own with the tally. Stops at the first check that fails; a check
 * is not a test, so it counts as one failure only when it fails. `npm test -- test/domain` runs all checks and those tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { prepare, ROOT } from './bootstrap.mjs';
import { FrontDoorError } from './bootstrap/front-door-error.cjs';
import { installWhenStale } from './bootstrap/install.mjs';
import { findNode } from './bootstrap/launch.cjs';
import { runInherited } from './bootstrap/run-inherited.mjs';

/** Named one by one: without paths oxlint also reads `node_modules`, for minutes. */
const CODE = ['bin', 'src', 'migrations', 'test', 'bench', 'mikro-orm.config.ts', 'vitest.config.ts'];

const CHECKS = [
  { name: 'types', tool: 'typescript/bin/tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'format', tool: 'oxfmt/bin/oxfmt', args: ['--check', ...present(CODE)] },
  { name: 'lint', tool: 'oxlint/bin/oxlint', args: ['-c', '.oxlintrc.json', '--type-aware', '--deny-warnings', ...present(CODE)] },
  { name: 'unused code', tool: 'knip/bin/knip.js', args: ['--no-progress'] },
];

/** @typedef {{passed: number, failed: number, skipped: number}} Tally */

/** @type {Tally} */
const FAILED = { passed: 0, failed: 1, skipped: 0 };

const tally = await checkAndTest(process.argv.slice(2)).catch((/** @type {unknown} */ error) => {
  if (!(error instanceof FrontDoorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return FAILED;
});
process.exitCode = tally.failed === 0 ? 0 : 1;
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}\n`);

/**
 * @param {string[]} testPaths
 * @returns {Promise<Tally>}
 */
async function checkAndTest(testPaths) {
  await installWhenStale(ROOT);
  const node = findNode(ROOT);
  for (const check of CHECKS) {
    if (!passes(check, node)) return FAILED;
  }
  await prepare();
  console.log('build ok\ntests');
  return await runTests(node, testPaths);
}

/**
 * @param {{name: string, tool: string, args: string[]}} check
 * @param {string} node
 */
function passes({ name, tool, args }, node) {
  const startedMs = Date.now();
  const { status, stdout, stderr } = spawnSync(node, [packageFile(tool), ...args], { cwd: ROOT, encoding: 'utf8', env: environment() });
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  console.log(`${name} ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (status !== 0) process.stdout.write(`${stdout}${stderr}`);
  return status === 0;
}

/**
 * The reporter leaves its counts in a file, so that the tally is our last word whatever vitest still has to say.
 * @param {string} node
 * @param {string[]} testPaths
 */
async function runTests(node, testPaths) {
  const folder = mkdtempSync(join(tmpdir(), 'wafa-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const vitest = [packageFile('vitest/vitest.mjs'), 'run', ...testPaths];
    const { code } = await runInherited(node, vitest, { cwd: ROOT, env: { ...environment(), WAFA_TALLY_FILE: file } });
    const counted = existsSync(file) ? /** @type {Tally} */ (JSON.parse(readFileSync(file, 'utf8'))) : FAILED;
    return code === 0 ? counted : { ...counted, failed: Math.max(1, counted.failed) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tools and tests that start `node` get Node 26. */
function environment() {
  return { ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter) };
}

/** @param {string} path */
function packageFile(path) {
  return join(ROOT, 'node_modules', path);
}

/** @param {string[]} paths */
function present(paths) {
  return paths.filter((path) => existsSync(join(ROOT, path)));
}
