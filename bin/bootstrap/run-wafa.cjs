/** The way into Wafa that `bin/wafa` and `npm start` share. CommonJS for the same reason as `freshness.cjs`. */
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
    if (!isBuildCurrent(ROOT)) {
      const { prepare } = await import('../bootstrap.mjs');
      await prepare();
    }
    await launch({ root: ROOT, node: findNode(ROOT), script: join(ROOT, 'dist/src/cli/main.js'), args });
  });

module.exports = { runWafa };
