import { describe, expect, it, test } from 'vitest';

import { dayFromWords, dayInFull, daysFromWords } from '../../../src/console/input/day-words.ts';

const MONDAY = Temporal.PlainDate.from('2026-11-23');

describe('a day as people say it', () => {
  it.each([
    ['2026-11-26', '2026-11-26'],
    ['thursday', '2026-11-26'],
    ['Thu', '2026-11-26'],
    [' sunday ', '2026-11-29'],
    ['today', '2026-11-23'],
    ['tomorrow', '2026-11-24'],
    ['+5', '2026-11-28'],
    ['26 nov', '2026-11-26'],
    ['23 November', '2026-11-23'],
    ['1 march', '2027-03-01'],
  ])('%s is %s', (text, day) => {
    expect(dayFromWords(text, MONDAY)?.toString()).toBe(day);
  });

  it('said on a Monday, Monday is the next one', () => {
    expect(dayFromWords('monday', MONDAY)?.toString()).toBe('2026-11-30');
  });

  it.each(['', 'soon', 'th', 'thursdays', '2026-02-30', '30 feb', '3/4', '26.11.2026', '26', '-1', '+9999'])('%j is none', (text) => {
    expect(dayFromWords(text, MONDAY)).toBeNull();
  });

  it('is only a date in full while nobody knows what day it is', () => {
    expect(dayFromWords('thursday', null)).toBeNull();
    expect(dayFromWords('2026-11-26', null)?.toString()).toBe('2026-11-26');
  });
});

test('several days stand apart by commas or blanks, and one bad one spoils them all', () => {
  expect(daysFromWords('2027-03-09, 2027-03-10 2027-03-11', MONDAY)?.map(String)).toEqual(['2027-03-09', '2027-03-10', '2027-03-11']);
  expect(daysFromWords('2027-03-09, later', MONDAY)).toBeNull();
  expect(daysFromWords(' ', MONDAY)).toBeNull();
});

test('a day in full names the weekday', () => {
  expect(dayInFull(Temporal.PlainDate.from('2026-11-26'))).toBe('Thursday, 26 November 2026');
});
