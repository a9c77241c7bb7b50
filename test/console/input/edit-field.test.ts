import { describe, expect, it } from 'vitest';

import { editField, emptyField } from '../../../src/console/input/edit-field.ts';
import { pressed, typed, type Key } from '../../../src/console/input/key.ts';

const after = (...keys: readonly Key[]) => keys.reduce((field, key) => editField(field, key) ?? field, emptyField);
const text = (word: string): readonly Key[] => [...word].map(typed);

describe('typing into a field', () => {
  it('puts characters where the caret is, Arabic ones too', () => {
    expect(after(...text('ac'), pressed('left'), typed('b')).value).toBe('abc');
    expect(after(...text('شركة'), pressed('home'), typed('x'))).toEqual({ value: 'xشركة', caret: 1 });
  });

  it('deletes to both sides, a word at once, or all before the caret', () => {
    expect(after(...text('one two'), pressed('ctrl+w')).value).toBe('one ');
    expect(after(...text('abc'), pressed('left'), pressed('delete')).value).toBe('ab');
    expect(after(...text('abc'), pressed('left'), pressed('backspace')).value).toBe('ac');
    expect(after(...text('abc'), pressed('left'), pressed('ctrl+u')).value).toBe('c');
    expect(after(pressed('backspace')).value).toBe('');
  });

  it('takes a paste as one line without control characters', () => {
    expect(after({ chord: 'paste', text: 'a\r\nb\u001B[31mc' }).value).toBe('a b [31mc');
  });

  it('leaves keys that type nothing to others', () => {
    expect(editField(emptyField, pressed('up'))).toBeNull();
  });
});
