/**
 * From what a terminal sends to key presses. Terminals send several keys in one piece and one key in several; any cutting of the same
 * characters gives the same keys. A lone Escape is told from the start of a sequence only by silence after it: the caller waits a moment and
 * then calls {@link settleKeys}.
 *
 * No key of ours uses Alt, so Escape before an ordinary character is Escape and then that character: an operator who leaves a field and
 * types on at once is understood.
 */
import { pressed, typed, type Key } from './key.ts';

export interface DecodedKeys {
  readonly keys: readonly Key[];
  /** The beginning of a sequence whose rest has not come yet; goes in front of the next piece. */
  readonly rest: string;
}

const ESCAPE = '\u001B';
const PASTE_START = `${ESCAPE}[200~`;
const PASTE_END = `${ESCAPE}[201~`;

/** Longer than any sequence a terminal sends; what is longer is noise, and must not hold back the keys behind it. */
const LONGEST_SEQUENCE = 64;

/** A paste beyond this is no filter and no amount; it is cut rather than kept in memory. */
const LONGEST_PASTE = 100_000;

/** @param pending `rest` of the piece before, with the new characters behind it. */
export function decodeKeys(pending: string): DecodedKeys {
  const keys: Key[] = [];
  let at = 0;
  while (at < pending.length) {
    const read = pending[at] === ESCAPE ? readEscape(pending.slice(at)) : readPlain(pending, at);
    if (read === 'more') break;
    keys.push(...read.keys);
    at += read.length;
  }
  return { keys, rest: pending.slice(at) };
}

/** What an unfinished rest means once nothing more has come: Escape, and the characters behind it as typed. */
export function settleKeys(rest: string): readonly Key[] {
  if (!rest.startsWith(ESCAPE)) return characters(rest).map(plainKey);
  // A paste whose end never came is dropped: its text must not run as commands.
  if (rest.startsWith(PASTE_START)) return [];
  return [pressed('esc'), ...characters(rest.slice(1)).map(plainKey)];
}

interface Read {
  readonly keys: readonly Key[];
  readonly length: number;
}

function readEscape(text: string): Read | 'more' {
  if (text.length === 1) return 'more';
  const second = text[1] as string;
  if (second === '[') return readControlSequence(text);
  if (second === 'O') return text.length < 3 ? 'more' : { keys: namedKey(text[2] as string, ''), length: 3 };
  return { keys: [pressed('esc')], length: 1 };
}

function readControlSequence(text: string): Read | 'more' {
  if (text.startsWith(PASTE_START)) return readPaste(text);
  const match = /^\[([0-9;:<=>?]*)[ -/]*([@-~])/.exec(text.slice(1, LONGEST_SEQUENCE));
  if (match) return { keys: sequenceKey(match[1] ?? '', match[2] ?? ''), length: 1 + match[0].length };
  // Either cut off in the middle, or no sequence at all: then Escape was pressed before a bracket.
  if (/^\[[0-9;:<=>?]*[ -/]*$/.test(text.slice(1)) && text.length < LONGEST_SEQUENCE) return 'more';
  return { keys: [pressed('esc')], length: 1 };
}

function readPaste(text: string): Read | 'more' {
  const end = text.indexOf(PASTE_END);
  if (end < 0) return text.length < LONGEST_PASTE ? 'more' : { keys: [], length: text.length };
  return { keys: [{ chord: 'paste', text: text.slice(PASTE_START.length, end) }], length: end + PASTE_END.length };
}

function sequenceKey(parameters: string, final: string): readonly Key[] {
  const [first = '', second = ''] = parameters.split(';');
  const modifiers = second.split(':')[0] ?? '';
  if (final === '~') return namedKey(`${first.split(':')[0] ?? ''}~`, modifiers);
  if (final === 'u') return kittyKey(Number(first.split(':')[0]), modifiers);
  return namedKey(final, modifiers);
}

const NAMES: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'shift+tab',
  M: 'enter',
  '1~': 'home',
  '3~': 'delete',
  '4~': 'end',
  '5~': 'pageup',
  '6~': 'pagedown',
  '7~': 'home',
  '8~': 'end',
};

/** Sequences that mean nothing here (function keys, terminal reports) are swallowed, never taken for typed characters. */
function namedKey(code: string, modifiers: string): readonly Key[] {
  const name = NAMES[code];
  return name === undefined ? [] : [pressed(`${modifierWords(modifiers)}${name}`)];
}

/** xterm's numbering: one more than a bit each for Shift, Alt and Control. */
function modifierWords(modifiers: string): string {
  const bits = modifiers === '' ? 0 : Number(modifiers) - 1;
  return `${bits & 4 ? 'ctrl+' : ''}${bits & 1 ? 'shift+' : ''}`;
}

/** The kitty protocol's `CSI code ; modifiers u`. */
function kittyKey(code: number, modifiers: string): readonly Key[] {
  const special = { 9: 'tab', 13: 'enter', 27: 'esc', 127: 'backspace' }[code];
  if (special !== undefined) return [pressed(special === 'tab' ? `${modifierWords(modifiers)}tab` : special)];
  if (!Number.isInteger(code) || code < 32 || code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff)) return [];
  const character = String.fromCodePoint(code);
  return modifierWords(modifiers).includes('ctrl') ? [pressed(`ctrl+${character}`)] : [typed(character)];
}

/** Up to the next escape, one key per character. */
function readPlain(text: string, at: number): Read {
  const escape = text.indexOf(ESCAPE, at);
  const plain = text.slice(at, escape < 0 ? undefined : escape);
  return { keys: characters(plain).map(plainKey), length: plain.length };
}

const CONTROL_NAMES: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007F': 'backspace',
  '\b': 'backspace',
};

function plainKey(character: string): Key {
  const name = CONTROL_NAMES[character];
  if (name !== undefined) return pressed(name);
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 ? pressed(`ctrl+${String.fromCodePoint(code + 0x60)}`) : typed(character);
}

/** Code points, not clusters: a cluster depends on what comes next, and keys must not depend on where a piece was cut. */
const characters = (text: string): readonly string[] => [...text];
