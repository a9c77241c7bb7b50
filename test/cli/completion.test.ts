/** What the shells offer after Tab, asked of the shells themselves. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { allVerbs } from '../../src/cli/all-verbs.ts';
import { completedVerb, type CompletedVerb } from '../../src/cli/completion/completed-verb.ts';
import { bashScript } from '../../src/cli/completion/bash.ts';
import { fishScript } from '../../src/cli/completion/fish.ts';
import { zshScript } from '../../src/cli/completion/zsh.ts';

const isMissing = (shell: string): boolean => spawnSync('sh', ['-c', `command -v ${shell}`]).status !== 0;

let folder: string;
let verbs: readonly CompletedVerb[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wafa-tab-'));
  verbs = (await Promise.all(allVerbs.map((entry) => entry.load()))).map(completedVerb);
  for (const [name, script] of [
    ['bash', bashScript],
    ['zsh', zshScript],
    ['fish', fishScript],
  ] as const)
    writeFileSync(join(folder, name), script(verbs));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash offers for the last of these words. */
const offeredByBash = (...words: readonly string[]): readonly string[] =>
  execFileSync(
    'bash',
    ['-c', 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _wafa; echo "${COMPREPLY[@]}"', join(folder, 'bash'), 'wafa', ...words],
    {
      encoding: 'utf8',
    },
  )
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');

describe.skipIf(isMissing('bash'))('bash completes', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['pol'], ['policy']],
    [['help', 'pol'], ['policy']],
    [['--company', 'ACME', 'pol'], ['policy']],
    [['--vers'], ['--version']],
    [
      ['policy', ''],
      ['show', 'set', 'diff', 'preset', 'history'],
    ],
    [['policy', 'show', ''], []],
    [['policy', '--pre'], ['--preset']],
    [
      ['import', 'a.csv', '--dates', ''],
      ['dmy', 'mdy'],
    ],
    [['import', '--rejects', 'x'], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['daem'], ['daemon']],
  ])('%j with %j', (words, offered) => {
    expect(offeredByBash(...words)).toEqual(offered);
  });

  it('every verb and every option of it', () => {
    expect(offeredByBash('')).toEqual(['help', ...verbs.map(({ name }) => name)]);
    for (const { name, options } of verbs.slice(0, 5)) {
      expect(offeredByBash(name, '--')).toHaveLength(options.length + '--company --json --csv --no-color --help'.split(' ').length);
    }
  });
});

describe.skipIf(isMissing('fish'))('fish completes', () => {
  it.each([
    ['wafa pol', ['policy']],
    ['wafa policy ', ['diff', 'history', 'preset', 'set', 'show']],
    ['wafa import --dates ', ['dmy', 'mdy']],
    ['wafa policy show --pre', ['--preset']],
  ])('%j with %j', (typed, offered) => {
    const said = execFileSync('fish', ['--no-config', '-c', `source ${join(folder, 'fish')}; complete -C ${JSON.stringify(typed)}`], {
      encoding: 'utf8',
    });
    expect(
      said
        .split('\n')
        .map((line) => line.split('\t')[0] ?? '')
        .filter((word) => word !== ''),
    ).toEqual(offered);
  });
});

describe.skipIf(isMissing('zsh'))('zsh', () => {
  it('reads the script and completes wafa by it', () => {
    const script = join(folder, 'zsh');
    const said = execFileSync(
      'zsh',
      ['-f', '-c', `autoload -Uz compinit; compinit -u -d ${join(folder, 'dump')}; source ${script}; print $_comps[wafa]`],
      { encoding: 'utf8' },
    );
    expect(said.trim()).toBe('_wafa');
  });
});
