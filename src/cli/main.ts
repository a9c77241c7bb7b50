/** The command line's entry: loaded by bin/wafa and `npm start` for its effect. */
import { runProcess } from './run-process.ts';
import { packageVersion } from '../package-root.ts';

await runProcess(packageVersion());
