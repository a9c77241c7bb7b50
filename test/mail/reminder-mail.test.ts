import bidiFactory from 'bidi-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReminderLine } from '../../src/domain/decision.ts';
import { asId } from '../../src/domain/ids.ts';
import { groupedText, sumByCurrency } from '../../src/domain/money.ts';
import { BugError } from '../../src/domain/operator-error.ts';
import { headerText } from '../../src/domain/safe-text.ts';
import { ESCALATION_LEVELS, LANGUAGES } from '../../src/domain/vocabulary.ts';
import { STYLE } from '../../src/mail/html-style.ts';
import { renderReminder, type RenderedReminder } from '../../src/mail/reminder-mail.ts';
import type { ReminderMail } from '../../src/mail/reminder-content.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';
import { aCredit, aLine, aReminder, day, shippedTexts, THREE_INVOICES } from '../support/reminder-mails.ts';

const TEXTS = { POLITE: shippedTexts('POLITE'), FIRM: shippedTexts('FIRM'), URGENT: shippedTexts('URGENT'), FINAL: shippedTexts('FINAL') };
const render = (mail: ReminderMail, mostRows?: number): RenderedReminder =>
  renderReminder(mail, TEXTS[mail.level], mostRows === undefined ? {} : { mostRows });

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
  const everyLetter = ESCALATION_LEVELS.flatMap((level) => LANGUAGES.map((language) => ({ level, language })));

  test.each(everyLetter)('of three invoices and a credit note, $level in $language, is the one that was looked at', async (of) => {
    const { subject, text, html } = render(
      aReminder({ ...of, finalDeadlineOn: of.level === 'FINAL' ? day('2026-12-17') : null, lines: [...THREE_INVOICES, aCredit()] }),
    );
    const name = `golden/${of.level}-${of.language}`.toLowerCase().replace('_', '-');
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`${name}.txt`);
    // The style sheet is the same for all.
    await expect(html.replace(STYLE, '')).toMatchFileSnapshot(`${name}.html.txt`);
  });

  test('a final reminder in Arabic names its date, and has no English in it', () => {
    const { text } = render(FINAL_IN_ARABIC);
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

  test('a family name that begins with Al stands alone after a title; other names stay whole', () => {
    const dear = (name: string, title: string | null) =>
      /^Dear .*$/m.exec(render(aReminder({ language: 'EN', recipient: { name, nameAr: null, title } })).text)?.[0];
    expect(dear('Ahmed Al Mansoori', 'Mr.')).toBe('Dear Mr. Al Mansoori,');
    expect(dear('Ahmed bin Rashid Al-Mansoori', 'Dr.')).toBe('Dear Dr. bin Rashid Al-Mansoori,');
    expect(dear('Ahmed Al Mansoori', null)).toBe('Dear Ahmed Al Mansoori,');
    expect(dear('Priya Raman', 'Ms.')).toBe('Dear Ms. Priya Raman,');
    expect(dear('Alan Turing', 'Mr.')).toBe('Dear Mr. Alan Turing,');
  });

  test('titles that tell a gender are agreed with in Arabic, others are kept before the name', () => {
    const arabic = (title: string) =>
      render(aReminder({ language: 'AR', recipient: { name: 'Sara Khan', nameAr: 'سارة خان', title } })).text;
    expect(arabic('Sheikha')).toContain('الشيخة / \u2068سارة خان\u2069 المحترمة');
    expect(arabic('H.E.')).toContain('سعادة / \u2068سارة خان\u2069\n');
    expect(arabic('Dr.')).toContain('عناية / د. \u2068سارة خان\u2069');
    expect(arabic('الأستاذة')).toContain('الأستاذة / \u2068سارة خان\u2069 المحترمة');
  });

  test('a customer who is a person is addressed as one', () => {
    const name = 'Sara Khan';
    const { text } = render(
      aReminder({ customer: { code: 'P-1', name, nameAr: null, trn: null }, recipient: { name, nameAr: null, title: 'Ms.' } }),
    );
    expect(text).toContain('Dear Ms. Sara Khan,');
    expect(text).not.toContain('السادة');
  });

  test('a reminder of one invoice names it, also beside a residue', () => {
    const residue = aLine({ number: 'OLD-1', dueOn: day('2026-01-01'), totalMinor: 100_000n, balanceMinor: 500n, askedMinor: 500n });
    for (const level of ['POLITE', 'FIRM', 'URGENT', 'FINAL'] as const) {
      const mail = aReminder({ level, lines: [residue, aLine()], finalDeadlineOn: level === 'FINAL' ? day('2026-12-17') : null });
      const { text } = renderReminder(mail, shippedTexts(level, 'individual'));
      expect(text).toContain('our invoice 2026-1001');
      expect(text).toContain('فاتورتنا رقم \u20662026-1001\u2069');
    }
  });

  test('a payment page is printed in full and leads where it says', () => {
    const { company } = aReminder();
    const { html, text } = render(aReminder({ company: { ...company, paymentLink: 'https://pay.falcon.example/a?b=1&c=2' } }));
    expect([...html.matchAll(/<a [^>]*href="([^"]*)">([^<]*)</g)].map(([, to, shown]) => [to, shown])).toEqual([
      ['https://pay.falcon.example/a?b=1&amp;c=2', 'https://pay.falcon.example/a?b=1&amp;c=2'],
      ['https://pay.falcon.example/a?b=1&amp;c=2', 'https://pay.falcon.example/a?b=1&amp;c=2'],
    ]);
    expect(text).toContain('Pay online: https://pay.falcon.example/a?b=1&c=2');
    expect(render(aReminder()).html).not.toContain('<a ');
  });

  test('a preview says so in its subject and first words, in both languages, and changes nothing else', () => {
    const preview = renderReminder(aReminder(), TEXTS.POLITE, { isPreview: true });
    expect(preview.subject).toBe(`[Preview] ${render(aReminder()).subject}`);
    expect(preview.text).toMatch(/^\*\*\* Preview: .*not sent to the customer.*\n\n\*\*\* معاينة/);
    expect(preview.text.endsWith(render(aReminder()).text)).toBe(true);
    expect(preview.html).toContain('Preview: this is how the message would read');
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

  test('what was paid or credited stands under the total of its invoice, and what was used under that of a credit', () => {
    const lines = [aLine({ totalMinor: 620_000n }), aCredit({ totalMinor: 150_000n })];
    const { text, html } = render(aReminder({ language: 'EN', lines }));
    for (const part of [text, html]) {
      expect(part).toContain('paid or credited: 1,200.00');
      expect(part).toContain('already applied: 500.00');
    }
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
    const shown = (html.match(/INV-2026-/g)?.length ?? 0) / 2;
    expect(shown).toBeGreaterThan(100);
    expect(text).toContain(`and ${5_000 - shown} more (the full list is yours on request)`);
    expect(html).toContain('AED 25,000,000.00');
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

  test('digits inside Arabic names and numbers keep their order too', () => {
    const lines = [aLine({ number: 'فاتورة/2026-1001', customerReference: 'أمر شراء 45/2026' })];
    const customer = { code: 'ش-2026/104', name: 'شركة النور (فرع 2-B)', nameAr: 'شركة النور (فرع 2-B)', trn: null };
    const { text, subject } = render({ ...FINAL_IN_ARABIC, customer, lines, totals: aReminder({ lines }).totals });
    const shown = [...text.split('\n'), subject].map((line) => seen(line)).join('\n');
    for (const token of ['2026-1001', '45/2026', '2026/104', '2-B']) expect(shown).toContain(token);
    for (const token of ['1001-2026', '2026/45', '104/2026', 'B-2']) expect(shown).not.toContain(token);
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
    expect(html.match(/<span dir=/g)?.length).toBe(html.match(/<\/span>/g)?.length);
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
      lines: calm.lines.map((line) => ({ ...line, number: name, customerReference: headerText(name) === '' ? null : name })),
    });
    const { subject, html, text } = render(withName(hostile));
    const skeleton = (markup: string): string => markup.replace(/>[^<]*/g, '>').replaceAll(/ class="d"|<span dir[^>]*>|<\/span>/g, '');
    // What shows nothing is no reference.
    const plain = withName('Plain');
    const lines = plain.lines.map((line) => ({ ...line, customerReference: headerText(hostile) === '' ? null : 'Plain' }));
    expect(skeleton(html)).toBe(skeleton(render({ ...plain, lines }).html));
    expect(subject).not.toMatch(/\p{Cc}/u);
    for (const part of [html, text.replaceAll('\n', ''), subject])
      expect(part.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2028\u2029]|[\u{E0000}-\u{E007F}]/u);
    for (const part of [text, subject]) expect(part.match(/[\u2066-\u2068]/g)?.length ?? 0).toBe(part.match(/\u2069/g)?.length ?? 0);
  });
});
