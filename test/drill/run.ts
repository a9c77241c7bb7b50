/** `npm run drill -- restore` or `upgrade`: rehearses on databases of its own what one hopes never to need, and says step by step what was seen. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const DRILLS: Readonly<Record<string, string>> = { restore: './restore.drill.ts', upgrade: './upgrade.drill.ts' };
const [name = ''] = process.argv.slice(2);
const file = Object.hasOwn(DRILLS, name) ? DRILLS[name] : undefined;
if (file === undefined) {
  process.stdout.write('npm run drill -- restore    kill everything, bring a backup back, check it\n');
  process.stdout.write("npm run drill -- upgrade    bring the first release's database to this one, and to another server\n");
  process.exitCode = name === '' ? 0 : 2;
} else {
  process.exitCode = spawnSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], { stdio: 'inherit' }).status ?? 1;
}
