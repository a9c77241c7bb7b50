import { existsSync } from 'node:fs';

import { defineConfig } from 'vitest/config';

import { TallyReporter } from './test/support/tally-reporter.ts';

// Before any worker starts: a test that depends on the zone of the machine is wrong, and this way wrong everywhere alike.
process.env['TZ'] = 'UTC';

// Prepares what all files share (the database server and its migrated template), once per run.
const globalSetup = ['./test/support/global-setup.ts'].filter((path) => existsSync(new URL(path, import.meta.url)));

export default defineConfig({
  test: {
    // `npm run chaos` is a run of its own, of hours.
    include: process.env['WAFA_CHAOS_LONG'] === undefined ? ['test/**/*.test.{ts,tsx}'] : ['test/chaos/*.chaos.ts'],
    globalSetup,
    // Processes rather than threads: tests change the environment, send signals and load native code.
    pool: 'forks',
    maxWorkers: 2,
    // Far above what a test needs, so that a busy machine is not a failure, and a hang still ends.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', new TallyReporter()],
  },
});
