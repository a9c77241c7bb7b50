/**
 * `npm run chaos [-- --deliveries 50000 --kills 1000 --report FILE]`: the chaos suite until so many mails were taken and so many daemons
 * killed. Told a file that is there already, it goes on where that one ended.
 */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '50000' },
    kills: { type: 'string', default: '1000' },
    report: { type: 'string', default: join(tmpdir(), `wafa-chaos-${Date.now()}.jsonl`) },
  },
});
const report = resolve(values.report);
process.stdout.write(`Rounds are written to ${report}\n`);
const long = JSON.stringify({ deliveries: Number(values.deliveries), kills: Number(values.kills), report });
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/chaos/long-run.chaos.ts'], {
  stdio: 'inherit',
  env: { ...process.env, WAFA_CHAOS_LONG: long },
});
process.exitCode = status ?? 1;
