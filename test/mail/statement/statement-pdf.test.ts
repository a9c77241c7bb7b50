import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { groupedText } from '../../../src/domain/money.ts';
import { BugError } from '../../../src/domain/operator-error.ts';
import { LANGUAGES } from '../../../src/domain/vocabulary.ts';
import type { StatementContent } from '../../../src/mail/statement/statement-content.ts';
import { statementPdf } from '../../../src/mail/statement/statement-pdf.ts';
import { creditNote, invoice } from '../../domain/builders.ts';
import { A_FEW_ITEMS, aStatement, manyItems } from '../../support/statements.ts';
import { badInputs, badText, hasBadInputs } from '../../support/bad-inputs.ts';

/** The pieces of each page in the order they were drawn, one to a line: what a reader can select. */
async function pagesOf(bytes: Buffer): Promise<readonly string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join('\n'));
  }
  return pages;
}

const textOf = async (content: StatementContent): Promise<string> => (await pagesOf(await statementPdf(content))).join('\n');

const FIGURE = /(?<![\w.,-])-?\d{1,3}(?:,\d{3})*\.\d{2,3}(?![\w,])/g;

/** Every amount with decimals that is written, whatever the order of the pieces. */
const figuresIn = (text: string): readonly string[] => [...text.matchAll(FIGURE)].map(([figure]) => figure).sort();

/** The amounts a reader must find: of each row, its total, what was settled of it and its balance; of each currency, ages and sums. */
function figuresOf({ statement }: StatementContent): readonly string[] {
  return statement.currencies
    .flatMap(({ currency, groups, minorByBucket, creditsMinor, totalMinor }) => {
      const lines = groups.flatMap((group) => group.lines);
      const rows = lines.flatMap((line) => [line.totalMinor, line.balanceMinor, ...(line.settledMinor === 0n ? [] : [line.settledMinor])]);
      const branches = groups.flatMap((group) => (group.branch ? [group.totalMinor] : []));
      return [...rows, ...branches, ...Object.values(minorByBucket), creditsMinor, totalMinor, totalMinor].map((minor) =>
        groupedText(minor, currency),
      );
    })
    .sort();
}

describe('a statement on paper', () => {
  test.each(LANGUAGES)('has the amounts of the account and no others, in %s', async (language) => {
    const content = aStatement({
      language,
      items: [...A_FEW_ITEMS, invoice('77.125', { id: 9, currency: 'KWD' }), invoice('12.30', { id: 10, currency: 'USD', overdueFor: -3 })],
    });
    expect(figuresIn(await textOf(content))).toEqual(figuresOf(content));
  });

  test('of 300 rows in three branches too', async () => {
    const content = aStatement({ items: manyItems(300, 3), language: 'AR_EN' });
    expect(figuresIn(await textOf(content))).toEqual(figuresOf(content));
  });

  test('names the company, the customer, the day, and how to be sure of the bank account', async () => {
    const english = await textOf(aStatement({ language: 'EN' }));
    for (const part of [
      'Falcon Building Materials LLC',
      '100123456789003',
      'Statement of account',
      'as of 23 November 2026',
      'Al Noor Trading LLC',
      'C-104',
      'LPO-45001',
      '14 July 2026',
      'AE07 0331 2345 6789 0123 456',
      'please check with us by phone',
      'Credit note',
      'Payment on account',
    ])
      expect(english).toContain(part);
    expect(english).not.toMatch(/\p{Script=Arabic}/u);
  });

  test.each(['AR', 'EN'] as const)('keeps numbers in order that stand behind Arabic letters, in %s', async (language) => {
    const named = 'شركة النور (فرع 2-B)';
    const text = await textOf(
      aStatement({
        language,
        customer: { code: 'ش-2026/104', name: named, nameAr: named, trn: null },
        items: [invoice('77', { id: 9, number: 'فاتورة/2026-1001', customerReference: 'أمر شراء 45-2026' })],
      }),
    );
    for (const part of ['2026-1001', '45-2026', '2-B', '2026/104', '2026-11-23']) expect(text).toContain(part);
  });

  test('in Arabic reads in order, letters and numbers', async () => {
    const arabic = (await textOf(aStatement({ language: 'AR' }))).normalize('NFKC');
    for (const part of [
      'كشف حساب',
      'شركة النور للتجارة',
      'نوفمبر',
      'إشعار دائن',
      'AE07 0331 2345 6789 0123 456',
      '2026-1001',
      '+971 4 123 4567',
      '100123456789003',
    ])
      expect(arabic).toContain(part);
    expect(arabic).not.toMatch(/Statement|Customer|Balance/);
  });

  test('repeats its headings and numbers its pages', async () => {
    const pages = await pagesOf(await statementPdf(aStatement({ items: manyItems(300), language: 'EN' })));
    expect(pages.length).toBeGreaterThan(5);
    for (const [index, page] of pages.entries()) expect(page).toContain(`${index + 1} / ${pages.length}`);
    for (const page of pages.slice(0, -1)) expect(page).toContain('Your reference');
  });

  test('of 3,000 rows is written whole', async () => {
    const text = await textOf(aStatement({ items: manyItems(3_000), language: 'EN' }));
    expect(new Set(text.match(/INV-2026-\d{5}/g)).size).toBe(3_000);
  }, 300_000);

  test('is the same bytes for the same account, whatever was written in between', async () => {
    const first = await statementPdf(aStatement());
    await statementPdf(aStatement({ items: manyItems(40), language: 'AR' }));
    expect((await statementPdf(aStatement())).equals(first)).toBe(true);
    expect((await statementPdf(aStatement({ items: A_FEW_ITEMS.slice(1) }))).equals(first)).toBe(false);
  });

  test('of an account with nothing open says so', async () => {
    expect(await textOf(aStatement({ items: [], language: 'EN' }))).toContain('Nothing is open on this account.');
  });

  test('that does not add up is never written', async () => {
    const content = aStatement();
    const [aed] = content.statement.currencies;
    for (const wrong of [{ totalMinor: 1n }, { creditsMinor: 0n }, { groups: [] }]) {
      const currencies = [{ ...(aed as NonNullable<typeof aed>), ...wrong }];
      expect(() => statementPdf({ ...content, statement: { ...content.statement, currencies } })).toThrow(BugError);
    }
  });
});

describe('names that mean harm', () => {
  test('a letter no font has is replaced by one that is seen', async () => {
    const text = await textOf(aStatement({ language: 'EN', customer: { code: 'C-1', name: '中文 Trading 😀', nameAr: null, trn: null } }));
    expect(text).toContain('?? Trading ?');
  });

  test('controls and direction marks go, long words break, nothing leaves the page', async () => {
    const name = `Evil\u0007\u001b[2K \u202egnidart ${'J'.repeat(400)}`;
    const content = aStatement({
      language: 'EN',
      customer: { code: 'C-\u202e1', name, nameAr: null, trn: null },
      items: [
        invoice('1', { number: 'N'.repeat(200), customerReference: '=HYPERLINK("http://evil.example")' }),
        creditNote('2', { number: '\u2066(1)\u2069' }),
      ],
    });
    const pdf = await getDocumentProxy(new Uint8Array(await statementPdf(content)));
    const page = await pdf.getPage(1);
    const { items } = await page.getTextContent();
    const drawn = items.filter((item) => 'transform' in item);
    for (const { transform, width, str } of drawn) {
      expect(str).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      const left = Number(transform[4]);
      expect(left).toBeGreaterThanOrEqual(35);
      expect(left + width).toBeLessThanOrEqual(561);
    }
    const joined = drawn.map(({ str }) => str).join('');
    expect([...joined].filter((letter) => letter === 'J')).toHaveLength(400);
    expect([...joined].filter((letter) => letter === 'N').length).toBeGreaterThanOrEqual(200);
    expect(await page.getAnnotations()).toEqual([]);
  });

  describe.skipIf(!hasBadInputs)('of the shared list of bad inputs', () => {
    test('no name stops a statement or reaches it with a control', async () => {
      for (const one of hasBadInputs ? badInputs('names') : []) {
        const name = (badText(one) ?? '').toWellFormed().slice(0, 2_000);
        const text = await textOf(aStatement({ language: 'EN_AR', customer: { code: 'C-1', name, nameAr: null, trn: null } }));
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }
    });
  });
});
