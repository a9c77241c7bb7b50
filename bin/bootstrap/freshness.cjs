/**
 * Decides whether what is installed and built is still what the sources say. Reads only; called on every start of `bin/wafa`,
 * so it costs a few milliseconds: it loads nothing but `fs`, and is CommonJS because ES modules take 20 ms more to get going.
 *
 * What is bundled: `src` and `migrations`. Everything else that is read at run time (templates, mappings, other data) stays
 * outside `src`, is never copied into `dist`, and is found from the package root: see `src/package-root.ts`.
 */
const { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');

const { isSystemError } = require('./front-door-error.cjs');

const BUNDLED = ['migrations', 'src'];
const DECISIVE = ['bin/bootstrap/bundle.mjs', 'package-lock.json', 'tsconfig.json'];

/**
 * Path, size and time of every file that a build depends on, one a line. Two equal stamps mean the same build.
 * @param {string} root
 */
function sourceStamp(root) {
  const paths = [...DECISIVE, ...BUNDLED.flatMap((folder) => filesUnder(root, folder))].sort();
  return paths.map((path) => lineFor(root, path)).join('');
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(root, path) : [path];
  });
}

/**
 * @param {string} root
 * @param {string} path
 */
function lineFor(root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  return stat === undefined ? '' : `${path} ${stat.size} ${stat.mtimeMs}\n`;
}

/** @param {string} built */
const stampFile = (built) => join(built, '.stamp');

/**
 * True when `dist` was built from these very sources, or when there are no sources to build from (an installed package).
 * @param {string} root
 */
function isBuildCurrent(root) {
  if (!existsSync(join(root, 'src'))) return true;
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const stamp = readIfPresent(stampFile(join(root, 'dist')));
  return stamp !== undefined && stamp === sourceStamp(root);
}

/**
 * True when `node_modules` holds each package of the lockfile in its version and Node 26 is in place. Compared with npm's own
 * record rather than a mark of ours, so that packages a developer installed by hand are not installed a second time. Optional
 * packages may be absent: most of them are for other platforms.
 * @param {string} root
 */
function isInstallCurrent(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules/.package-lock.json'));
  if (wanted === undefined || present === undefined || !isExecutable(ownNode(root))) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = present[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, {version?: string, optional?: boolean}> | undefined}
 */
function readPackages(path) {
  const text = readIfPresent(path);
  if (text === undefined) return undefined;
  return /** @type {{packages: Record<string, {version?: string, optional?: boolean}>}} */ (JSON.parse(text)).packages;
}

/** @param {string} path */
function readIfPresent(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Where npm's `node` package puts the runtime that Wafa is tested with: among Wafa's own packages, or beside Wafa among those of a project.
 * @param {string} root
 */
const ownNode = (root) => {
  const beside = join(dirname(root), 'node/bin/node');
  return isExecutable(beside) && basename(dirname(root)) === 'node_modules' ? beside : join(root, 'node_modules/node/bin/node');
};

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

module.exports = { sourceStamp, stampFile, isBuildCurrent, isInstallCurrent, ownNode, isExecutable };
