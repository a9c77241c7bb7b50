/**
 * Counts the tests and says so in one plain line, `12 passed, 0 failed`, that needs no colours or boxes to be read by a machine. With
 * WAFA_TALLY_FILE the counts go to that file instead, for a caller who prints the line after everything else.
 */
import { writeFileSync } from 'node:fs';

import type { Reporter, SerializedError, TestModule } from 'vitest/node';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tally = tallyOf(modules, unhandledErrors.length);
    const file = process.env['WAFA_TALLY_FILE'];
    if (file === undefined) process.stdout.write(`${tallyText(tally)}\n`);
    else writeFileSync(file, JSON.stringify(tally));
  }
}

/** A file that cannot be loaded and an error outside any test each count as one failure: silence must not look like success. */
function tallyOf(modules: readonly TestModule[], unhandledErrors: number): Tally {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const brokenModules = modules.filter((module) => module.errors().length > 0).length;
  const count = (state: string): number => states.filter((each) => each === state).length;
  return {
    passed: count('passed'),
    failed: count('failed') + count('pending') + brokenModules + unhandledErrors,
    skipped: count('skipped'),
  };
}

function tallyText({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
