import { describe, expect, test } from 'vitest';

import { runFake } from './fake-verbs.ts';

describe('what is typed', () => {
  test.each([
    [['list'], { limit: 50 }],
    [['list', '--limit', '3', '--sort-by', 'score'], { limit: 3, sortBy: 'score' }],
    [['list', '--limit=3'], { limit: 3 }],
    [['--json', 'list'], { limit: 50 }],
    [['list', '--json'], { limit: 50 }],
    [['--company', 'ACME', 'list'], { limit: 50 }],
    [['list', '--company', 'acme'], { limit: 50 }],
    [['approve', '41', '42'], { ids: ['41', '42'], all: false }],
    [['note', 'C-17', 'called', '--tag', 'phone', '--tag', 'friendly'], { customer: 'C-17', text: 'called', tag: ['phone', 'friendly'] }],
    [['note', '--', '--odd', '-1'], { customer: '--odd', text: '-1', tag: [] }],
  ])('%j is understood', async (argv, input) => {
    expect(await runFake(argv)).toMatchObject({ exitCode: 0, input });
  });

  test.each([
    ['a verb that does not exist, with the nearest one', ['aprove', '41'], /Unknown verb 'aprove'\.\n.*Did you mean approve\?/],
    [
      'an option that does not exist, with the nearest one',
      ['list', '--limits', '3'],
      /Unknown option '--limits'\.\n.*Did you mean --limit\?/,
    ],
    ['the beginning of an option', ['list', '--lim', '3'], /Unknown option '--lim'/],
    ['an option without its value', ['list', '--limit'], /'--limit <N>' argument missing/],
    ['an option given twice', ['list', '--limit', '3', '--limit', '4'], /--limit <N> is given twice/],
    ['an argument left out', ['note', 'C-17'], /Missing required argument 'text'/],
    ['an argument too many', ['list', 'all'], /Too many arguments/],
    ['a value the verb refuses, named as typed', ['list', '--limit', '-1'], /--limit "-1" is not accepted: Too small/],
    [
      'a word outside a closed list',
      ['list', '--sort-by', 'name; drop table invoice'],
      /--sort-by "name; drop table invoice" is not accepted/,
    ],
    ['an argument the verb refuses', ['approve', 'REM-1'], /The argument ids "REM-1" is not an id\./],
    ['CSV from what is no list', ['list', '--csv'], /has no CSV/],
    ['two formats at once', ['list', '--csv', '--json'], /exclude each other/],
    ['an option the verb needs, in its own words', ['note', 'C-17', 'called', '--tag'], /'--tag <WORD>' argument missing/],
    ['options without a verb', ['--json'], /No verb was given/],
  ])('refused with exit 2 and nothing done: %s', async (_case, argv, message) => {
    const { exitCode, stdout, stderr, input, opened } = await runFake(argv, { env: { PATH: '' } });
    expect({ exitCode, stdout, input, opened }).toEqual({ exitCode: 2, stdout: '', input: undefined, opened: 0 });
    const told = stderr.startsWith('{') ? (JSON.parse(stderr) as { error: { message: string } }).error.message : stderr;
    expect(told).toMatch(message);
  });

  test('a password typed into an unknown option is not repeated', async () => {
    const { stderr } = await runFake(['list', '--database-url=postgres://u:hunter2@h/db']);
    expect(stderr).toContain("Unknown option '--database-url'");
    expect(stderr).not.toContain('hunter2');
  });

  test('a company set in the environment is checked like a typed one', async () => {
    const { exitCode, stderr } = await runFake(['list'], { env: { WAFA_COMPANY: '1,2' } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('WAFA_COMPANY "1,2" is not a company code');
  });
});

describe('rolling the database back', () => {
  test('needs --yes, and looking at it does not', async () => {
    expect(await runFake(['db', 'rollback'])).toMatchObject({ exitCode: 2, opened: 0 });
    expect(await runFake(['db', 'rollback', '--yes'])).toMatchObject({ exitCode: 0, input: { word: 'rollback' } });
    expect(await runFake(['db'])).toMatchObject({ exitCode: 0, input: { word: 'status' } });
  });
});

describe('everything at once', () => {
  test('needs --yes when nobody is there to be asked', async () => {
    expect(await runFake(['approve', '--all'])).toMatchObject({ exitCode: 2, input: undefined });
    expect(await runFake(['approve', '--all', '--yes'])).toMatchObject({ exitCode: 0, input: { all: true } });
  });

  test('asks the person at the terminal, and does nothing unless they type yes', async () => {
    expect(await runFake(['approve', '--all'], { answer: 'y' })).toMatchObject({ exitCode: 2, input: undefined });
    expect(await runFake(['approve', '--all'], { answer: 'yes' })).toMatchObject({ exitCode: 0, input: { all: true } });
  });

  test('named ids need no --yes', async () => {
    expect(await runFake(['approve', '41'])).toMatchObject({ exitCode: 0 });
  });
});

describe('help', () => {
  test('without a verb, all verbs by group and how to start', async () => {
    const { stdout, exitCode } = await runFake([], { env: { PATH: '/nowhere' } });
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/`\S*wafa/g, '`wafa')).toMatchInlineSnapshot(`
      "Usage: wafa [--company CODE] [--json] VERB …

      Reminds customers of what is overdue: one well-judged email each, approved by a
      person, sent once.

      Options:
        --company <CODE>  the company to work for (or set WAFA_COMPANY)
        --json            print one JSON document
        --csv             print lists as CSV
        --no-color        print without colour
        --version         show the version
        -h, --help        show help

      Reminders:
        list              list what there is
        approve           approve what is named
        who               say for whom
        db                look after the database

      Ledger:
        note              write a note

      To begin: \`wafa demo\` for a sample ledger, \`wafa init\` for a company of your own, \`wafa help VERB\` for one verb.
      "
    `);
  });

  test('of one verb has its arguments, options and an example that can be typed', async () => {
    const { stdout } = await runFake(['help', 'approve']);
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: wafa approve [options] [ids...]

      approve what is named

      Arguments:
        ids               which ones

      Options:
        --all             all of them

      For every verb:
        --company <CODE>  the company to work for (or set WAFA_COMPANY)
        --json            print one JSON document
        --csv             print lists as CSV
        --no-color        print without colour
        --yes             do it without asking
        -h, --help        show help

      Example:
        wafa approve 41 42
      "
    `);
  });

  test.each([[['approve', '--help']], [['--help', 'approve']], [['approve', '--nonsense', '--help']], [['approve', '-h']]])(
    'wins over every mistake beside it: %j',
    async (argv) => {
      const { stdout, exitCode } = await runFake(argv);
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: (await runFake(['help', 'approve'])).stdout });
    },
  );

  test('after -- is an argument like any other', async () => {
    expect(await runFake(['note', '--', 'C-17', '--help'])).toMatchObject({ exitCode: 0, input: { text: '--help' } });
  });

  test('the version', async () => {
    expect(await runFake(['--version'])).toMatchObject({ exitCode: 0, stdout: 'wafa 1.2.3\n' });
  });
});
