/** Arguments and environments meant to mislead, from the shared list of bad inputs when it is at hand and from our own tables always. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { runFake, type FakeRun } from './fake-verbs.ts';
import { sharedMaterial } from '../support/shared-material.ts';

const ESCAPE = '\u001B]52;c;AAAA\u0007';

describe('an argument is refused before anything is opened', () => {
  test.each([
    ['empty', [''], /Argument 1 is empty/],
    ['endless', ['list', '--filter', 'A'.repeat(131_072)], /is 131072 characters long/],
    ['carrying a terminal command', ['note', 'C-17', ESCAPE], /Argument 3 \("␛\]52;c;AAAA␇"\) contains a control character/],
    ['carrying a line break', ['note', 'C-17', 'a\nb.csv'], /"a␤b\.csv"/],
    ['reversing text', ['note', 'C-17', 'abc\u202Efdp.exe'], /reverses text/],
    ['half a character', ['list', '--filter', '\uD800'], /not valid Unicode/],
    ['invisible', ['list', '--filter', '\u200B'], /holds nothing but invisible/],
  ])('%s', async (_case, argv, message) => {
    const run = await runFake(argv);
    expect(run).toMatchObject({ exitCode: 2, stdout: '', opened: 0, input: undefined });
    expect(run.stderr).toMatch(message);
    expect(run.stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('Arabic is no reason to refuse', async () => {
    expect(await runFake(['note', 'C-17', 'وعد بالدفع يوم الأحد'])).toMatchObject({ exitCode: 0 });
  });
});

describe('an environment that reaches into the libraries', () => {
  test.each([{ PGOPTIONS: '-c role=postgres -c row_security=off' }, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }])(
    '%j stops every verb',
    async (env) => {
      const run = await runFake(['list'], { env });
      expect(run).toMatchObject({ exitCode: 78, opened: 0 });
      expect(run.stderr).not.toContain('row_security');
    },
  );

  test('is no reason to withhold help', async () => {
    expect(await runFake(['help', 'list'], { env: { PGOPTIONS: '-c x=y' } })).toMatchObject({ exitCode: 0 });
  });
});

interface BadInput {
  readonly id: string;
  readonly input?: string | readonly string[];
  readonly expect: string;
}

const FILE = sharedMaterial('bad-inputs.json');
const isHere = existsSync(FILE);
const casesOf = (group: string): readonly BadInput[] =>
  isHere ? (JSON.parse(readFileSync(FILE, 'utf8')) as { groups: Record<string, { cases: readonly BadInput[] }> }).groups[group]!.cases : [];

/** How each listed case is put to the command line here. The list names verbs of its own; `list` and `note` stand for them. */
const PUT: Readonly<Record<string, (input: readonly string[]) => readonly string[]>> = {
  '--company': (input) => (input.length === 1 ? input : [...input, 'who']),
  approve: (input) => input.map((argument) => argument.replace('REM-', '')),
  list: (input) => input.map((argument) => (argument === '--sort' ? '--sort-by' : argument)),
  note: ([, , , text = '']) => ['note', 'C-17', text],
};

/** Numbers are no company ids here: a company is named by its code, and `0X1` could be one. It is looked for exactly, and not found. */
const LOOKED_FOR = new Set(['CA-011', 'CA-014']);

describe.skipIf(!isHere)('the shared list of bad command lines', () => {
  const cases = casesOf('cli_args').filter(
    ({ input }) => Array.isArray(input) && !['export', 'import', 'send'].includes(input[0] as string),
  );

  test.each(cases.map((one) => [one.id, one.expect, one] as const))('%s: %s', async (id, outcome, { input }) => {
    const typed = input as readonly string[];
    const run = await runFake((PUT[typed[0] ?? ''] ?? ((same) => same))(typed));
    expect(run).toMatchObject(expected(LOOKED_FOR.has(id) ? 'not_found_exact' : outcome, typed));
  });

  test.each(casesOf('ids_and_search').flatMap((one) => (typeof one.input === 'string' ? [[one.id, one.expect, one.input] as const] : [])))(
    '%s typed as a search: %s',
    async (_id, outcome, text) => {
      const run = await runFake(['list', '--filter', text]);
      expect(run).toMatchObject(expected(outcome, [text]));
    },
  );
});

/** What a run must look like for the outcome that the list asks for. */
function expected(outcome: string, typed: readonly string[]): Partial<FakeRun> {
  const nothingDone = { exitCode: 2, opened: 0, input: undefined };
  switch (outcome.split(':')[0]) {
    case 'exit2':
    case 'reject':
      return nothingDone;
    case 'exit0':
      return { exitCode: 0, opened: 0 };
    case 'not_found_exact':
      return { exitCode: 2, company: typed[1], input: undefined };
    case 'literal_match':
      return { exitCode: 0, input: { filter: typed[2] } };
    case 'literal':
      return { exitCode: 0, input: { filter: typed[0] } };
    case 'idempotent':
      return { exitCode: 0 };
    default:
      throw new Error(`no check for the outcome ${outcome}`);
  }
}
