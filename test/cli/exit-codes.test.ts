import { expect, test } from 'vitest';

import { runFake } from './fake-verbs.ts';
import { OperatorError, type OperatorErrorKind } from '../../src/domain/operator-error.ts';
import type { CommandEnding } from '../../src/app/commands/command.ts';

const ENDINGS: readonly (readonly [CommandEnding, number])[] = [
  ['ok', 0],
  ['partly', 3],
  ['nothing-to-do', 4],
  ['refused', 5],
];

test.each(ENDINGS)('a command that ended "%s" exits with %i', async (ending, code) => {
  const { exitCode } = await runFake(['list'], { result: { data: {}, ending } });
  expect(exitCode).toBe(code);
});

const FAULTS: readonly (readonly [OperatorErrorKind, number])[] = [
  ['failed', 1],
  ['usage', 2],
  ['nothing-to-do', 4],
  ['refused', 5],
  ['configuration', 78],
];

test.each(FAULTS)('a fault of kind "%s" exits with %i', async (kind, code) => {
  const { exitCode } = await runFake(['list'], { fails: new OperatorError({ code: 'x.y', kind, message: 'No.', tryThis: 'Do.' }) });
  expect(exitCode).toBe(code);
});

test('the installation is closed once, whether the command succeeds or fails', async () => {
  expect(await runFake(['list'])).toMatchObject({ opened: 1, closed: 1 });
  expect(await runFake(['list'], { fails: new Error('broken') })).toMatchObject({ opened: 1, closed: 1 });
});
