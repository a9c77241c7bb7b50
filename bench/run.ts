/**
 * The benchmarks by name: `npm run bench -- NAME [arguments]`, and without a name the list of them. Each prints a table and then one line of
 * JSON, beside a limit measured in the same run; none of them is a test, since a busy machine is no fault of the code.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** File and what it measures. */
const BENCHES: Readonly<Record<string, { readonly file: string; readonly about: string }>> = {
  'audit-verify': { file: './audit-verify.ts', about: 'verifying an audit chain [events]' },
  console: { file: './console.ts', about: 'how quick the console is, through a terminal [reminders]' },
  find: { file: './find.ts', about: 'finding a customer while somebody waits on the telephone [customers] [questions of each kind]' },
  import: { file: './import.ts', about: 'importing invoices and importing them again [invoices] [customers] [times]' },
  insight: { file: './insight.ts', about: 'figures on a large ledger [invoices] [accounts] [attempts]' },
  priority: { file: './priority.ts', about: 'how much of the cash that stays unpaid the queue puts first [customers per world]' },
  send: { file: './send.ts', about: 'sending approved reminders, and what a daemon costs [reminders]' },
  statement: { file: './statement.ts', about: 'writing statements of account as PDF and workbook' },
  validate: { file: './validate.ts', about: 'all checks of `wafa validate` on a large ledger [customers] [invoices]' },
  messages: { file: './messages.ts', about: 'rendering and composing reminders of ten items [reminders]' },
};

const [name = '', ...rest] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench === undefined) {
  for (const [known, { about }] of Object.entries(BENCHES)) process.stdout.write(`npm run bench -- ${known.padEnd(14)} ${about}\n`);
  process.exitCode = name === '' ? 0 : 2;
} else {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(bench.file, import.meta.url)), ...rest], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
