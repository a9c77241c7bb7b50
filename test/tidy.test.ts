/** The few house rules that no linter knows. Each names the files that break it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { describe, expect, it } from 'vitest';

import { packagePath } from '../src/package-root.ts';

/** Longer than 300 lines, and why that is better than splitting it. */
const LONG_FOR_A_REASON: Readonly<Record<string, string>> = {
  'src/app/commands/registry.ts': 'a flat table with one entry per verb',
  'src/app/configuration/settings-table.ts': 'a flat table with one entry per setting',
};

const MOST_LINES = 300;
const MOST_README_LINES = 150;

interface Source {
  readonly path: string;
  readonly text: string;
}

const sources = filesUnder('src');
const migrations = filesUnder('migrations');
const plain = filesUnder('bin');
/** This file quotes what it forbids. */
const tests = filesUnder('test').filter(({ path }) => path !== 'test/tidy.test.ts');
const everything = [...sources, ...migrations, ...plain, ...tests, ...filesUnder('bench')];

describe('the house rules', () => {
  it('a file is named after what is in it, never after a drawer', () => {
    const drawer = /^(utils?|helpers?|common|types?|misc|shared|manager)\.(tsx?|[cm]js)$/;
    expect(pathsOf(everything, ({ path }) => drawer.test(basename(path)))).toEqual([]);
  });

  it('SQL is written only in the store and in migrations', () => {
    expect(pathsOf(sources, ({ path, text }) => !path.startsWith('src/store/') && holdsSql(text))).toEqual([]);
  });

  it('nothing is left for later in a comment', () => {
    expect(pathsOf(everything, ({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text))).toEqual([]);
  });

  it('no test is skipped or run alone, unless by a condition that is written down', () => {
    expect(pathsOf(tests, ({ text }) => /\.(skip|only|todo)\(/.test(text))).toEqual([]);
  });

  it('no module of ours is replaced by a pretended one', () => {
    expect(pathsOf(tests, ({ text }) => /\bvi\.(mock|doMock|hoisted)\(/.test(text))).toEqual([]);
  });

  it('every file of the domain opens with its contract', () => {
    expect(pathsOf(sources, ({ path, text }) => path.startsWith('src/domain/') && !text.startsWith('/**'))).toEqual([]);
  });

  it(`a source file has at most ${MOST_LINES} lines, tables with a reason excepted`, () => {
    expect(pathsOf(sources, ({ path, text }) => lineCount(text) > MOST_LINES && !(path in LONG_FOR_A_REASON))).toEqual([]);
    const noLongerLong = Object.keys(LONG_FOR_A_REASON).filter(
      (long) => !sources.some(({ path, text }) => path === long && lineCount(text) > MOST_LINES),
    );
    expect(noLongerLong).toEqual([]);
  });

  it.runIf(existsSync(packagePath('README.md')))(`the README has at most ${MOST_README_LINES} lines`, () => {
    expect(lineCount(readFileSync(packagePath('README.md'), 'utf8'))).toBeLessThanOrEqual(MOST_README_LINES);
  });

  it('every dependency is pinned to one exact version', () => {
    const manifest = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as Record<string, Record<string, string> | undefined>;
    const versions = { ...manifest['dependencies'], ...manifest['devDependencies'] };
    const loose = Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });

  it('knows SQL when it sees it, and leaves prose alone', () => {
    expect(holdsSql('`select id from invoices`')).toBe(true);
    expect(holdsSql("'UPDATE invoices\n SET open_minor = 0'")).toBe(true);
    expect(holdsSql('`insert into payments values (1)`')).toBe(true);
    expect(holdsSql("'delete from blocks'")).toBe(true);
    expect(holdsSql("'Select a customer from the list, then update it.'")).toBe(false);
    expect(holdsSql('// Whoever selects one from many sets it aside.')).toBe(false);
  });
});

const STATEMENTS = ['select [^\'"`;]*? from [a-z_]', 'insert into ', 'update [a-z_]+ set ', 'delete from '].map((each) =>
  each.replaceAll(' ', String.raw`\s+`),
);
/** Told from prose by where it starts (right after a quote, or first on a line) and by its case: a sentence begins "Select", SQL does not. */
const SQL = new RegExp(String.raw`(?:['"\`]|^)\s*(?:${[...STATEMENTS, ...STATEMENTS.map(shouted)].join('|')})`, 'm');
const COMMENT_LINE = /^\s*(?:\*|\/\/|\/\*).*$/gm;

const holdsSql = (text: string): boolean => SQL.test(text.replaceAll(COMMENT_LINE, ''));

function shouted(statement: string): string {
  return statement.replaceAll(/\b(select|from|insert|into|update|set|delete)\b/g, (word) => word.toUpperCase());
}

const pathsOf = (files: readonly Source[], breaksRule: (file: Source) => boolean): readonly string[] =>
  files.filter(breaksRule).map(({ path }) => path);

const lineCount = (text: string): number => text.split('\n').length - 1;

function filesUnder(folder: string): readonly Source[] {
  if (!existsSync(packagePath(folder))) return [];
  return readdirSync(packagePath(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|[cm]js)$/.test(name))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(packagePath(folder, name), 'utf8') }));
}
