/** Typing into one line. Pure; the line never holds a control character or a line end, whatever is pasted. */
import type { Key } from './key.ts';
import type { Field } from '../state/console-state.ts';

const LONGEST_FIELD = 500;

export const emptyField: Field = { value: '', caret: 0 };

export const fieldOf = (value: string): Field => ({ value, caret: [...value].length });

/** Null when the key is none for typing. */
export function editField({ value, caret }: Field, key: Key): Field | null {
  const characters = [...value];
  const length = characters.length;
  const replaced = (start: number, end: number, by: string): Field => {
    const inserted = [...by];
    const all = [...characters.slice(0, start), ...inserted, ...characters.slice(end)].slice(0, LONGEST_FIELD);
    return { value: all.join(''), caret: Math.min(start + inserted.length, all.length) };
  };
  switch (key.chord) {
    case 'left':
      return { value, caret: Math.max(0, caret - 1) };
    case 'right':
      return { value, caret: Math.min(length, caret + 1) };
    case 'home':
    case 'ctrl+a':
      return { value, caret: 0 };
    case 'end':
    case 'ctrl+e':
      return { value, caret: length };
    case 'backspace':
      return caret === 0 ? { value, caret } : replaced(caret - 1, caret, '');
    case 'delete':
      return replaced(caret, Math.min(length, caret + 1), '');
    case 'ctrl+u':
      return replaced(0, caret, '');
    case 'ctrl+w':
      return replaced(wordStart(characters, caret), caret, '');
    default:
      return key.text === '' ? null : replaced(caret, caret, oneLine(key.text));
  }
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

function wordStart(characters: readonly string[], caret: number): number {
  let at = caret;
  while (at > 0 && characters[at - 1] === ' ') at -= 1;
  while (at > 0 && characters[at - 1] !== ' ') at -= 1;
  return at;
}
