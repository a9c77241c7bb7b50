import { describe, expect, it } from 'vitest';

import { isSamePhone, phoneKey, searchKey } from '../../src/domain/search-key.ts';

describe('a name is looked for as it is said', () => {
  it.each([
    ['أحمد', 'احمد'],
    ['إبراهيم الآغا', 'ابراهيم الاغا'],
    ['شَرِكَة النُّور', 'شركه النور'],
    ['شركة', 'شركه'],
    ['مصطفى', 'مصطفي'],
    ['مؤسسة', 'موسسه'],
    ['هناء', 'هنا'],
    ['الـنـــور', 'النور'],
    ['کریم', 'كريم'],
    ['AL-NOOR', 'al noor'],
    ["L'Étoile", 'letoile'],
    ['C-٠١٧', 'c017'],
  ])('%s is found by %s', (name, typed) => {
    expect(searchKey(name)).toBe(searchKey(typed));
  });

  it('but other letters stay other letters', () => {
    expect(searchKey('سعيد')).not.toBe(searchKey('صعيد'));
    expect(searchKey('C-17')).not.toBe(searchKey('C-71'));
  });
});

describe('a telephone number is found however it is written', () => {
  const WRITTEN = [
    '+971 50 123 4567',
    '00971501234567',
    '050-123 4567',
    '(0)50 1234567',
    '٠٥٠١٢٣٤٥٦٧',
    'Tel. 050 1234567 ext. 12',
    '+971(0)501234567',
  ];
  it.each(WRITTEN)('%s', (text) => {
    expect(phoneKey(text)).toBe('1234567');
    expect(isSamePhone(text, '050 123 4567')).toBe(true);
  });

  it('by its local part alone, but not as another subscriber’s of the same ending', () => {
    expect(isSamePhone('1234567', '+971 50 123 4567')).toBe(true);
    expect(isSamePhone('055 123 4567', '050 123 4567')).toBe(false);
    expect(isSamePhone('+971 4 123 4567', '050 123 4567')).toBe(false);
  });

  it.each(['', 'call me', '12345', '+971'])('and %j is none', (text) => {
    expect(phoneKey(text)).toBeNull();
  });
});
