/** `npm start`: from whatever state the folder is in to a running Wafa. */
import { runWafa } from './bootstrap/run-wafa.cjs';

await runWafa(['start', ...process.argv.slice(2)]);
