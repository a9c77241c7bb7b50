/**
 * Makes a bare clone runnable: installs the packages and builds `dist/`. Everything under `bin/` is plain JavaScript for Node 18 or
 * newer and needs no package, because it runs before there are any.
 *
 * Run directly (`npm run build`) it prepares and stops.
 */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildWhenStale } from './bootstrap/build.mjs';
import { isBuildCurrent } from './bootstrap/freshness.cjs';
import { guarded } from './bootstrap/front-door-error.cjs';
import { installWhenStale } from './bootstrap/install.mjs';
import { findNode } from './bootstrap/launch.cjs';

const THIS_FILE = realpathSync(fileURLToPath(import.meta.url));

export const ROOT = dirname(dirname(THIS_FILE));

/** Installs when `node_modules` does not hold what the lockfile says, builds when `dist` is not what the sources say. */
export async function prepare() {
  if (isBuildCurrent(ROOT)) return;
  await installWhenStale(ROOT);
  await buildWhenStale(ROOT, findNode(ROOT));
}

const isRunDirectly = process.argv[1] !== undefined && realpathSync(process.argv[1]) === THIS_FILE;
if (isRunDirectly) await guarded(prepare);
