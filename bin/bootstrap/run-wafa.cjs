/** The way into Wafa that `bin/wafa` and `npm start` share. CommonJS for the same reason as `freshness.cjs`. */
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const { isBuildCurrent } = require('./freshness.cjs');
const { guarded } = require('./front-door-error.cjs');
const { findNode, launch } = require('./launch.cjs');

const ROOT = dirname(dirname(__dirname));

/**
 * Prepares what is stale, then runs the command line under Node 26.
 * @param {string[]} args
 */
const runWafa = (args) =>
  guarded(async () => {
    if (args.length === 1 && args[0] === '--version') return sayVersion();
    if (!isBuildCurrent(ROOT)) {
      const { prepare } = await import('../bootstrap.mjs');
      await prepare();
    }
    await launch({ root: ROOT, node: findNode(ROOT), script: join(ROOT, 'dist/main.js'), args });
  });

/** Needs no build and no Node 26: whoever asks is often not sure that the rest works. A reader that closed the pipe wants no complaint. */
function sayVersion() {
  const { version } = /** @type {{version: string}} */ (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  process.stdout.on('error', () => undefined);
  process.stdout.write(`wafa ${version}\n`);
}

module.exports = { runWafa };
