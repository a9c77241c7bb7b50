/** The page that says what may go wrong names every fault and every promise once, and a test that is there, or says why there is none. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readDocument } from './markdown.ts';

const TESTS = join(import.meta.dirname, '..');

interface Line {
  readonly name: string;
  readonly shownBy: string;
}

const lines: readonly Line[] = readDocument('docs/reliability.md')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const name = /^([FI]\d+)\b/.exec(cells[1] ?? '')?.[1];
    return name === undefined ? [] : [{ name, shownBy: cells.at(-2) ?? '' }];
  });

/** Files named in backticks without their ending, below `test/`; a folder ends in `/*`. */
const named = ({ shownBy }: Line): readonly string[] =>
  [...shownBy.matchAll(/`([a-z][\w/*.-]*)`/g)].map(([, path = '']) => path).filter((path) => !path.startsWith('src/'));

const isThere = (path: string): boolean =>
  path.endsWith('/*') ? existsSync(join(TESTS, path.slice(0, -2))) : existsSync(join(TESTS, `${path}.test.ts`));

const numbers = (letter: string, last: number): readonly string[] => Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);

describe('the page about reliability', () => {
  it('has every fault and every invariant once', () => {
    const of = (letter: string) => lines.map(({ name }) => name).filter((name) => name.startsWith(letter));
    expect(of('F')).toEqual(numbers('F', 42));
    expect(of('I')).toEqual(numbers('I', 28));
  });

  it('names tests that are there', () => {
    expect(lines.flatMap(named).filter((path) => !isThere(path))).toEqual([]);
  });

  it('leaves none without a test or a reason', () => {
    expect(
      lines.filter((line) => named(line).length === 0 && !/chaos|not made here: \S/.test(line.shownBy)).map(({ name }) => name),
    ).toEqual([]);
    // Of the promises none may do without.
    expect(lines.filter((line) => line.name.startsWith('I') && named(line).length === 0 && !line.shownBy.includes('chaos'))).toEqual([]);
  });
});
