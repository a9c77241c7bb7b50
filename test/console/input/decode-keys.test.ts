import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeKeys, settleKeys } from '../../../src/console/input/decode-keys.ts';
import type { Key } from '../../../src/console/input/key.ts';

const chords = (keys: readonly Key[]): readonly string[] => keys.map(({ chord }) => chord);

/** All keys of pieces that came one after the other, with silence at the end. */
function keysOf(pieces: readonly string[]): readonly Key[] {
  let rest = '';
  const keys = pieces.flatMap((piece) => {
    const decoded = decodeKeys(rest + piece);
    rest = decoded.rest;
    return decoded.keys;
  });
  return [...keys, ...settleKeys(rest)];
}

describe('keys from a terminal', () => {
  it.each([
    ['jjj', ['j', 'j', 'j']],
    ['abc\r', ['a', 'b', 'c', 'enter']],
    ['\u001B[A\u001B[B\u001B[C\u001B[D', ['up', 'down', 'right', 'left']],
    ['\u001BOA\u001BOH', ['up', 'home']],
    ['\u001B[5~\u001B[6~\u001B[3~\u001B[1~\u001B[4~', ['pageup', 'pagedown', 'delete', 'home', 'end']],
    ['\u001B[1;2A\u001B[1;5B\u001B[Z', ['shift+up', 'ctrl+down', 'shift+tab']],
    ['\u0003\u0010\u007F\t ', ['ctrl+c', 'ctrl+p', 'backspace', 'tab', 'space']],
    ['\u001B[27u\u001B[13u\u001B[106u\u001B[112;5u', ['esc', 'enter', 'j', 'ctrl+p']],
    ['\u001Bj', ['esc', 'j']],
    ['\u001B\u001B', ['esc', 'esc']],
    ['\u001B', ['esc']],
    ['شركة', ['ش', 'ر', 'ك', 'ة']],
  ])('%j are %j', (text, expected) => {
    expect(chords(keysOf([text]))).toEqual(expected);
  });

  it('function keys and reports of the terminal are no typed characters', () => {
    expect(keysOf(['\u001B[15~\u001BOP\u001B[?62;22c\u001B[12;40R'])).toEqual([]);
  });

  it('a paste is one key, whatever is in it, and never runs as commands', () => {
    expect(keysOf(['\u001B[200~aaa\ry\u001B[A\u001B[201~j'])).toEqual([
      { chord: 'paste', text: 'aaa\ry\u001B[A' },
      { chord: 'j', text: 'j' },
    ]);
    expect(keysOf(['\u001B[200~approve all\r'])).toEqual([]);
  });

  it('noise that never ends holds nothing back', () => {
    const keys = chords(keysOf([`\u001B[${'1;'.repeat(80)}`, 'q']));
    expect(keys.at(-1)).toBe('q');
  });

  it('any cutting of the same characters gives the same keys', () => {
    const part = fc.constantFrom(
      'j',
      'é',
      '\r',
      '\u001B[A',
      '\u001BOB',
      '\u001B[5~',
      '\u001B[200~x y\r\u001B[201~',
      '\u001B[1;2C',
      '؟',
      '\u0010',
      '\u001B[106u',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), fc.array(fc.nat(200), { maxLength: 12 }), (parts, cuts) => {
        const text = parts.join('');
        const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
        const pieces = [0, ...at].map((from, index) => text.slice(from, [...at, text.length][index]));
        expect(keysOf(pieces)).toEqual(keysOf([text]));
      }),
      { numRuns: 500 },
    );
  });
});
