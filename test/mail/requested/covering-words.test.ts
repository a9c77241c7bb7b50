import { describe, expect, test } from 'vitest';
import { ARABIC, ENGLISH } from '../../../src/mail/mail-language.ts';
import { coveringWords, readCoveringTexts } from '../../../src/mail/requested/covering-words.ts';
import { shippedTemplates } from '../../../src/mail/shipped-templates.ts';
import { packagePath } from '../../../src/package-root.ts';
import { day } from '../../support/reminder-mails.ts';

const { requested } = shippedTemplates(packagePath('templates'));
const english = readCoveringTexts(requested.EN, 'templates/en');
const arabic = readCoveringTexts(requested.AR, 'templates/ar');
const copies = (count: number) => ({ kind: 'COPY', numbers: Array.from({ length: count }, (_, index) => `INV-${index + 1}`) }) as const;
const statement = (answersRequest: boolean) => ({ kind: 'STATEMENT', account: 'C-17', asOn: day('2026-11-23'), answersRequest }) as const;

describe('the letter around a statement', () => {
  test('names the account and the day, and says whether it was asked for', () => {
    const asked = coveringWords(statement(true), ENGLISH, english);
    expect(asked).toMatchObject({ subject: 'Statement of account C-17 as of 23 November 2026', list: [], closing: 'Kind regards,' });
    expect(asked.paragraphs).toHaveLength(2);
    expect(asked.paragraphs[0]).toMatch(/^As you asked, please find attached the statement of your account C-17/);
    expect(coveringWords(statement(false), ENGLISH, english).paragraphs[0]).toMatch(/^For your records, /);
    expect(coveringWords(statement(true), ARABIC, arabic).paragraphs[0]).toContain('كشف حسابكم \u2066C-17\u2069');
  });
});

describe('the letter around copies', () => {
  test('speaks of one as of one, and names no more than three in its subject', () => {
    expect(coveringWords(copies(1), ENGLISH, english)).toMatchObject({ subject: 'Copy of invoice INV-1', list: ['INV-1'] });
    expect(coveringWords(copies(3), ENGLISH, english).subject).toBe('Copies of invoices INV-1, INV-2, INV-3');
    const many = coveringWords(copies(4), ENGLISH, english);
    expect([many.subject, many.list.length]).toEqual(['Copies of invoices (4)', 4]);
    expect(coveringWords(copies(1), ARABIC, arabic).subject).toBe('نسخة الفاتورة \u2066INV-1\u2069');
    expect(coveringWords(copies(4), ARABIC, arabic).subject).toBe('نسخ الفواتير (\u20664\u2069)');
  });

  test('shows a number that looks like a template as it is', () => {
    const { subject } = coveringWords({ kind: 'COPY', numbers: ['{{ account }}'] }, ENGLISH, english);
    expect(subject).toBe('Copy of invoice {{ account }}');
  });
});

describe('a damaged text on request', () => {
  test.each([
    [{ statement: 'Your balance is {{ amount }}.' }, 'template.unknown-variable'],
    [{ copy: '{% include "x" %}' }, 'template.syntax'],
    [{ copySubject: 'two\nlines' }, 'template.subject-lines'],
    [{ closing: 'Kind\u202Eregards' }, 'template.invisible-character'],
  ])('%j is refused with its place', (change, code) => {
    expect(() => readCoveringTexts({ ...requested.EN, ...change }, 'templates/en/requested')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining('templates/en/requested (') as string }) as Error,
    );
  });
});
