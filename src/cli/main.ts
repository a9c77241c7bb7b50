/**
 * The command line's entry: loaded by bin/wafa and `npm start` for its effect. The version is answered before anything else is
 * loaded; everything else waits in `run-process.ts`.
 */
import { readFileSync } from 'node:fs';

import { packagePath } from '../package-root.ts';

const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string };

if (process.argv.length === 3 && process.argv[2] === '--version') {
  // A reader that closed the pipe wants no version, and no complaint either.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`wafa ${version}\n`);
} else {
  const { runProcess } = await import('./run-process.ts');
  await runProcess(version);
}
