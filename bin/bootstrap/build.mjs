/**
 * Bundles `src` into `dist/`. The bundler writes into a folder of its own, which then takes the place of `dist` as a whole: another
 * process sees the old build or the new one, never half of one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isBuildCurrent, sourceStamp, stampFile } from './freshness.cjs';
import { FrontDoorError } from './front-door-error.cjs';
import { withLock } from './lock.mjs';

/**
 * @param {string} root
 * @param {string} node
 */
export async function buildWhenStale(root, node) {
  if (isBuildCurrent(root)) return;
  await withLock(root, async () => {
    if (!isBuildCurrent(root)) build(root, node);
  });
}

/**
 * @param {string} root
 * @param {string} node
 */
function build(root, node) {
  process.stderr.write('Building…\n');
  // Taken before bundling: a file saved meanwhile makes the build stale instead of going unnoticed.
  const stamp = sourceStamp(root);
  // Directly under the root, so that the paths in the source maps stay right after the move.
  const fresh = join(root, `.build-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  try {
    bundle(root, node, fresh);
    writeFileSync(stampFile(fresh), stamp);
    putInPlace(root, fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} node
 * @param {string} into
 */
function bundle(root, node, into) {
  const bundler = join(root, 'bin/bootstrap/bundle.mjs');
  const { status, stdout, stderr } = spawnSync(node, [bundler, root, into], { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    throw new FrontDoorError(`${stdout}${stderr}\nWafa could not be built: the bundler's reasons are above. Nothing was replaced.`);
  }
}

/**
 * @param {string} root
 * @param {string} fresh
 */
function putInPlace(root, fresh) {
  const dist = join(root, 'dist');
  const old = `${fresh}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}
