import { describe, expect, it } from 'vitest';

import { splitWords } from '../../../src/console/input/split-words.ts';

describe('a typed command line', () => {
  it.each([
    ['', []],
    ['  plan  ', ['plan']],
    ['hold 41 --reason "call first"', ['hold', '41', '--reason', 'call first']],
    ["block C-1 --reason 'it''s theirs'", ['block', 'C-1', '--reason', 'its theirs']],
    ['note a\\ b \\"c\\"', ['note', 'a b', '"c"']],
    ['x ""', ['x', '']],
    ['unfinished "quote here', ['unfinished', 'quote here']],
  ])('%j is read as %j', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});
