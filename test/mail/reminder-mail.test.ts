import bidiFactory from 'bidi-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReminderLine } from '../../src/domain/decision.ts';
import { asId } from '../../src/domain/ids.ts';
import { groupedText, sumByCurrency } from '../../src/domain/money.ts';
import { BugError } from '../../src/domain/operator-error.ts';
import { LANGUAGES } from '../../src/domain/vocabulary.ts';
import { renderReminder, type RenderedReminder } from '../../src/mail/reminder-mail.ts';
import type { ReminderMail } from '../../src/mail/reminder-content.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';
import { aCredit, aLine, aReminder, day, shippedTexts, THREE_INVOICES } from '../support/reminder-mails.ts';

const TEXTS = { POLITE: shippedTexts('POLITE'), FIRM: shippedTexts('FIRM'), URGENT: shippedTexts('URGENT'), FINAL: shippedTexts('FINAL') };
const render = (mail: ReminderMail, mostRows?: number): RenderedReminder => renderReminder(mail, TEXTS[mail.level], mostRows);

// Its types describe an ES module, but what is loaded is CommonJS: the function itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

/** A line as a reader of it sees it, left to right. */
function seen(line: string, base?: 'ltr' | 'rtl'): string {
  const levels = bidi.getEmbeddingLevels(line, base);
  return bidi.getReorderedString(line, levels).replace(/[\u200F\u2066-\u2069]/g, '');
}

const FINAL_IN_ARABIC = aReminder({
  level: 'FINAL',
  language: 'AR',
  finalDeadlineOn: day('2026-12-17'),
  lines: [...THREE_INVOICES, aCredit()],
});

describe('the letter', () => {
  test('a polite reminder of three invoices in English and Arabic', async () => {
    const { subject, text, html } = render(aReminder());
    expect(subject).toBe('Payment reminder – Al Noor Trading LLC – ref C-104-7');
    await expect(text).toMatchFileSnapshot('golden/polite-en-ar.txt');
    await expect(html).toMatchFileSnapshot('golden/polite-en-ar.html.txt');
  });

  test('a final reminder in Arabic with a credit note', async () => {
    const { subject, text, html } = render(FINAL_IN_ARABIC);
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot('golden/final-ar.txt');
    await expect(html).toMatchFileSnapshot('golden/final-ar.html.txt');
    expect(text).toContain('17 ديسمبر 2026');
    expect(text).not.toMatch(/Dear|Kind regards/);
  });

  test('languages come in the order asked, and none that was not', () => {
    const has = (text: string) => ({ english: text.indexOf('Kind regards'), arabic: text.indexOf('تحية طيبة') });
    for (const language of LANGUAGES) {
      const { english, arabic } = has(render(aReminder({ language })).text);
      expect({ language, english: english >= 0, arabic: arabic >= 0 }).toEqual({
        language,
        english: language.includes('EN'),
        arabic: language.includes('AR'),
      });
      expect(arabic < english).toBe(language === 'AR_EN' || language === 'EN');
    }
  });

  test('words agree in number: one invoice, two, many', () => {
    const words = (count: number) => render(aReminder({ lines: THREE_INVOICES.slice(0, count) })).text;
    expect(words(1)).toContain('the invoice below has passed its due date');
    expect(words(1)).toContain('الفاتورة المبينة أدناه قد حلّ موعد استحقاقها');
    expect(words(2)).toContain('الفاتورتين المبينتين أدناه قد حلّ موعد استحقاقهما');
    expect(words(3)).toContain('الفواتير المبينة أدناه');
  });

  test('forms of address follow the title, and no title is guessed', () => {
    const greeting = (recipient: ReminderMail['recipient']) => render(aReminder({ recipient })).text;
    expect(greeting({ name: 'Sara Khan', nameAr: null, title: 'Ms.' })).toContain('السيدة / \u2068Sara Khan\u2069 المحترمة');
    expect(greeting({ name: 'Sara Khan', nameAr: 'سارة خان', title: null })).toContain('عناية / \u2068سارة خان\u2069');
    expect(greeting({ name: 'Sara Khan', nameAr: null, title: null })).toContain('Dear Sara Khan,');
    expect(greeting({ name: 'Al Noor Trading LLC', nameAr: null, title: null })).toContain('Dear Al Noor Trading LLC accounts team,');
  });

  test('every mail gives the bank details and says to check changes by phone', () => {
    for (const { text, html } of [render(aReminder()), render(FINAL_IN_ARABIC)]) {
      expect(text).toContain('AE07 0331 2345 6789 0123 456');
      expect(html).toContain('AE07 0331 2345 6789 0123 456');
      expect(text).toMatch(/please check with us by phone|نرجو التحقق منا هاتفيًا/);
    }
  });

  test('a company without a phone or a named person still reads well', () => {
    const { company } = aReminder();
    const { text } = render(
      aReminder({
        company: { ...company, phone: null, contactPerson: null, contactPersonAr: null, address: null, trn: null, bankAccounts: [] },
      }),
    );
    expect(text).toContain('contact our accounts team.');
    expect(text).not.toMatch(/Phone|null|undefined|IBAN/);
  });
});

describe('rows and totals', () => {
  const amountsIn = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, amount = '']) => amount);

  test('a credit is a row with a negative amount, and the total falls by it', () => {
    const { text, html } = render(aReminder({ language: 'EN', lines: [...THREE_INVOICES, aCredit()] }));
    for (const part of [text, html]) {
      expect(part).toContain('CN-2026-07');
      expect(part).toContain('-1,000.00');
      expect(part).toContain('AED 9,000.00');
    }
  });

  test('the customer’s own reference stands in the row of its invoice', () => {
    expect(render(aReminder({ language: 'EN' })).text).toMatch(/^2026-1001 +LPO-45001 +4 November 2026 +30 +5,000\.00$/m);
  });

  test('an amount set aside is said, and only the rest is asked', () => {
    const { text } = render(aReminder({ language: 'EN', lines: [aLine({ askedMinor: 380_000n })] }));
    expect(text).toContain('AED 1,200.00 of this invoice is set aside');
    expect(text).toContain('AED 3,800.00');
  });

  test('each currency has its table and its total; they are never added', () => {
    const { text, html } = render(
      aReminder({
        language: 'EN',
        lines: [
          ...THREE_INVOICES,
          aLine({ currency: 'KWD', number: 'K-1', totalMinor: 1_234_567n, balanceMinor: 1_234_567n, askedMinor: 1_234_567n }),
        ],
      }),
    );
    expect(amountsIn(text, /^Total due +(.+)$/gm)).toEqual(['AED 10,000.00', 'KWD 1,234.567']);
    expect(html.match(/<table class="i"/g)).toHaveLength(2);
  });

  test('branches are groups with their own totals', () => {
    const branch = { branchId: asId<'customer'>(18), branchCode: 'C-104-SHJ', branchName: 'Al Noor Sharjah' };
    const { text } = render(
      aReminder({ language: 'EN', lines: THREE_INVOICES.map((line, index) => (index === 1 ? { ...line, ...branch } : line)) }),
    );
    expect(text).toContain('Al Noor Trading LLC (C-104) - branch total: AED 6,800.00');
    expect(text).toContain('Al Noor Sharjah (C-104-SHJ) - branch total: AED 3,200.00');
  });

  test('a very long list is summed in one row, and the mail stays under the size at which Gmail cuts it off', () => {
    const lines = Array.from({ length: 5_000 }, (_, index) =>
      aLine({ invoiceId: asId(index + 1), number: `INV-2026-${10_000 + index}`, customerReference: `LPO-2026-${index}` }),
    );
    const { text, html } = render(aReminder({ lines }));
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
    expect(text).toContain('and 4850 more');
    expect(html).toContain('AED 25,000,000.00');
    expect(html.match(/INV-2026-/g)).toHaveLength(300);
  });

  test('rows that do not add up to the totals are a fault, as is a deadline out of place', () => {
    expect(() => render(aReminder({ totals: [{ minor: 1n, currency: 'AED' }] }))).toThrow(BugError);
    expect(() => render(aReminder({ totals: [...aReminder().totals, { minor: 0n, currency: 'USD' }] }))).toThrow(BugError);
    expect(() => render(aReminder({ finalDeadlineOn: day('2026-12-17') }))).toThrow(BugError);
    expect(() => render(aReminder({ level: 'FINAL' }))).toThrow(BugError);
  });

  test('HTML and text show the same amounts as the composition, in both languages', () => {
    const amount = fc.bigInt({ min: 1n, max: 99_999_999_999n });
    const line = fc
      .record({ askedMinor: amount, currency: fc.constantFrom('AED', 'USD', 'KWD', 'JPY') })
      .map(({ askedMinor, currency }) => aLine({ askedMinor, balanceMinor: askedMinor, totalMinor: askedMinor, currency }));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...LANGUAGES),
        (lines: readonly ReminderLine[], language) => {
          const { text, html } = render(aReminder({ lines, language }));
          const plainHtml = html.replace(/<[^>]*>/g, '');
          const plainText = text.replace(/[\u200F\u2066-\u2069]/g, '');
          const asked = lines.map((each) => ({ minor: each.askedMinor, currency: each.currency }));
          for (const { minor, currency } of [...sumByCurrency(asked), ...asked]) {
            expect(plainHtml).toContain(groupedText(minor, currency));
            expect(plainText).toContain(groupedText(minor, currency));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('reading order', () => {
  const TOKENS = [
    '2026-1001',
    'LPO-45001',
    'C-104-7',
    '5,000.00',
    '-1,000.00',
    '+971 4 123 4567',
    'AE07 0331 2345 6789 0123 456',
    '100987654321003',
    'CN-2026-07',
  ];

  test('numbers in Arabic lines are seen as they are written', () => {
    const { text, subject } = render(FINAL_IN_ARABIC);
    const lines = [...text.split('\n'), subject];
    for (const token of TOKENS) {
      const holding = lines.filter((line) => line.replace(/[\u2066-\u2069]/g, '').includes(token));
      expect(holding.length, token).toBeGreaterThan(0);
      for (const line of holding) expect(seen(line)).toContain(token);
    }
  });

  test('without the isolates a reader would see another number', () => {
    const { text } = render(FINAL_IN_ARABIC);
    const line = text.split('\n').find((each) => each.includes('2026-1001')) ?? '';
    expect(seen(line.replace(/[\u2066-\u2069]/g, ''))).not.toContain('2026-1001');
  });

  test('every Arabic line is read from the right, every isolate is closed', () => {
    const { text, html } = render(FINAL_IN_ARABIC);
    for (const line of text.split('\n').filter((each) => each !== '')) {
      expect(bidi.getEmbeddingLevels(line).paragraphs[0]?.level).toBe(1);
      expect(line.match(/[\u2066-\u2068]/g)?.length ?? 0).toBe(line.match(/\u2069/g)?.length ?? 0);
    }
    expect(html).not.toMatch(/[\u2066-\u2069\u202A-\u202E]/);
    expect(html.match(/<bdi/g)?.length).toBe(html.match(/<\/bdi>/g)?.length);
  });
});

describe.skipIf(!hasBadInputs)('the shared list of bad names', () => {
  test.each(badInputs('names').filter((bad) => badText(bad) !== null))('$id changes neither markup, order nor words: $why', (bad) => {
    const hostile = badText(bad) ?? '';
    const calm = aReminder();
    const withName = (name: string): ReminderMail => ({
      ...calm,
      customer: { ...calm.customer, name, nameAr: name },
      recipient: { name: `To ${name}`, nameAr: `To ${name}`, title: null },
      lines: calm.lines.map((line) => ({ ...line, number: name, customerReference: name })),
    });
    const { subject, html, text } = render(withName(hostile));
    const skeleton = (markup: string): string =>
      markup.replace(/>[^<]*/g, '>').replaceAll(/ class="d" style="word-break:break-all"|<\/?bdi[^>]*>/g, '');
    expect(skeleton(html)).toBe(skeleton(render(withName('Plain')).html));
    expect(subject).not.toMatch(/\p{Cc}/u);
    for (const part of [html, text.replaceAll('\n', ''), subject])
      expect(part.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2028\u2029]|[\u{E0000}-\u{E007F}]/u);
    for (const part of [text, subject]) expect(part.match(/[\u2066-\u2068]/g)?.length ?? 0).toBe(part.match(/\u2069/g)?.length ?? 0);
  });
});
