/**
 * Installs the packages of the lockfile with npm, quietly: one line while it works, npm's own words only when it fails.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { isInstallCurrent } from './freshness.cjs';
import { FrontDoorError, isSystemError } from './front-door-error.cjs';
import { withLock } from './lock.mjs';

/**
 * Each option answers a setting that a person's own npm may carry. Without `include`, NODE_ENV=production would leave out the
 * compiler; without `ignore-scripts=false` Node 26 would be a package without its binary; with `engine-strict` npm would refuse
 * on the system's older Node, which only runs npm.
 */
const NPM_ARGUMENTS = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--ignore-scripts=false',
  '--engine-strict=false',
  '--loglevel=error',
  '--no-progress',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
];

/** @param {string} root */
export async function installWhenStale(root) {
  if (isInstallCurrent(root)) return;
  await withLock(root, async () => {
    if (!isInstallCurrent(root)) await install(root);
  });
}

/** @param {string} root */
async function install(root) {
  const isFirst = !existsSync(join(root, 'node_modules/.package-lock.json'));
  process.stderr.write(isFirst ? 'Installing… (first time only, about a minute)\n' : 'Installing changed packages…\n');
  const { code, output } = await runNpm(root);
  if (code !== 0) {
    throw new FrontDoorError(
      `${output.trim()}\n\nWafa's packages could not be installed; npm says why above. Check the network (or proxy), then run the same command again.`,
    );
  }
  if (!isInstallCurrent(root)) {
    throw new FrontDoorError(
      `npm finished, but packages are still missing in ${join(root, 'node_modules')}. Delete that folder and try again.`,
    );
  }
}

/**
 * @param {string} root
 * @returns {Promise<{code: number | null, output: string}>}
 */
function runNpm(root) {
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', NPM_ARGUMENTS, { cwd: root, env: withoutOwnNode(root), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    npm.stdout.on('data', (chunk) => (output += chunk));
    npm.stderr.on('data', (chunk) => (output += chunk));
    npm.on('close', (code) => resolve({ code, output }));
    npm.on('error', (error) => {
      const isMissing = isSystemError(error, 'ENOENT');
      reject(
        isMissing
          ? new FrontDoorError('Wafa needs npm to install its packages, and there is none on the PATH. Install Node with npm.')
          : error,
      );
    });
  });
}

/**
 * `npm start` puts our own Node first on the PATH; npm must not run on the very files it is about to replace.
 * @param {string} root
 */
function withoutOwnNode(root) {
  const ownBin = join(root, 'node_modules/.bin');
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ownBin);
  return { ...process.env, PATH: path.join(delimiter) };
}
