/** Preloaded into a process under test: writes the address of every module it loaded into the file named by NOTE_MODULES when it ends. */
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded: string[] = [];
registerHooks({
  load: (url, context, nextLoad) => {
    loaded.push(url);
    return nextLoad(url, context);
  },
});
process.on('exit', () => writeFileSync(process.env['NOTE_MODULES'] ?? 'modules', loaded.join('\n')));
