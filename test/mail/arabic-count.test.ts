import { describe, expect, test } from 'vitest';
import { ARABIC, ENGLISH } from '../../src/mail/mail-language.ts';

const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

describe('counting in Arabic', () => {
  test.each([
    [1, 'فاتورة واحدة', 'تأخير يوم واحد'],
    [2, 'فاتورتان', 'تأخير يومين'],
    [3, '3 فواتير', 'تأخير 3 أيام'],
    [10, '10 فواتير', 'تأخير 10 أيام'],
    [11, '11 فاتورة', 'تأخير 11 يومًا'],
    [99, '99 فاتورة', 'تأخير 99 يومًا'],
    [100, '100 فاتورة', 'تأخير 100 يوم'],
    [102, '102 فاتورة', 'تأخير 102 يوم'],
    [103, '103 فواتير', 'تأخير 103 أيام'],
    [111, '111 فاتورة', 'تأخير 111 يومًا'],
    [200, '200 فاتورة', 'تأخير 200 يوم'],
  ])('%i', (count, invoices, late) => {
    expect(plain(ARABIC.invoices(count))).toBe(invoices);
    expect(plain(ARABIC.pastDue(count))).toBe(late);
  });

  test('the word follows the category that the Unicode tables give the number', () => {
    const rules = new Intl.PluralRules('ar');
    const words = { one: 'بند واحد', two: 'بندان', few: 'بنود', many: 'بندًا', other: 'بند', zero: 'بند' };
    for (let count = 1; count <= 1_000; count += 1) {
      expect(plain(ARABIC.andMore(count)), String(count)).toMatch(new RegExp(`(?:^|[ و])${words[rules.select(count)]} آخر|أخرى|آخران`));
    }
  });

  test('English knows one and many', () => {
    expect([1, 2].map(ENGLISH.invoices)).toEqual(['1 invoice', '2 invoices']);
    expect([1, 2].map(ENGLISH.pastDue)).toEqual(['1 day past due', '2 days past due']);
  });
});
