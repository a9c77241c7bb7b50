import { describe, expect, test } from 'vitest';

import { runFake } from './fake-verbs.ts';
import { BugError, OperatorError } from '../../src/domain/operator-error.ts';

const badAmount = new OperatorError({
  code: 'import.bad-amount',
  message: 'Row 4 of ledger.csv: "\u001B[31mabc" is not an amount.',
  tryThis: 'Correct it, then run `wafa import` again.',
  at: { file: 'ledger.csv', row: 4, column: 'amount' },
});

describe('a fault the operator can put right', () => {
  test('is told on stderr in words, with what to do, and no control code of the data reaches the terminal', async () => {
    const { stdout, stderr } = await runFake(['list'], { fails: badAmount, env: { PATH: '' } });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Row 4 of ledger\.csv: "␛\[31mabc" is not an amount\.\n {2}→ Correct it, then run `\S*wafa import` again\.\n$/);
  });

  test('is one JSON document on stderr with --json, in the documented shape', async () => {
    const { stdout, stderr, exitCode } = await runFake(['list', '--json'], { fails: badAmount });
    expect(stdout).toBe('');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stderr)).toEqual({
      wafa: 1,
      error: {
        code: 'import.bad-amount',
        message: badAmount.message,
        tryThis: badAmount.tryThis,
        at: { file: 'ledger.csv', row: 4, column: 'amount' },
      },
    });
    expect(stderr).not.toMatch(/\p{Cc}(?!$)/u);
  });

  test('in typing is JSON too when JSON was asked for', async () => {
    const { stderr, exitCode } = await runFake(['list', '--limt', '3', '--json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ wafa: 1, error: { code: 'usage.unknown-option' } });
  });
});

describe('a fault of ours', () => {
  const bug = new BugError('password hunter2 in row 7');

  test('names the file with its report, and shows neither its words nor its stack', async () => {
    const { stderr, exitCode } = await runFake(['list'], { fails: bug });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'Something went wrong inside Wafa; this is a fault of the program, not of your input.\n' +
        '  → Try again; if it stays, report it with /somewhere/log/bug.log.\n',
    );
  });

  test('has its own code in JSON', async () => {
    const { stderr } = await runFake(['list', '--json'], { fails: bug });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'wafa.bug' } });
    expect(stderr).not.toContain('hunter2');
  });
});
