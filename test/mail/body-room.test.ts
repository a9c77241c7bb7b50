import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asId } from '../../src/domain/ids.ts';
import { LANGUAGES } from '../../src/domain/vocabulary.ts';
import { mayLeaveRowsOut } from '../../src/mail/body-room.ts';
import { renderReminder } from '../../src/mail/reminder-mail.ts';
import { aLine, aReminder, shippedTexts } from '../support/reminder-mails.ts';

const TEXTS = shippedTexts('FIRM');

describe('the room of a mail', () => {
  test('is never said to be enough for rows that are left out', () => {
    const words = fc.constantFrom('INV-1', '&'.repeat(64), 'فاتورة/2026-1001 '.repeat(4), '<"\'>'.repeat(16), 'LPO/2026-12');
    const rows = fc.record({ count: fc.integer({ min: 1, max: 140 }), number: words, reference: words, branches: fc.boolean() });
    fc.assert(
      fc.property(rows, fc.constantFrom(...LANGUAGES), ({ count, number, reference, branches }, language) => {
        const lines = Array.from({ length: count }, (_, index) => {
          const branch = branches ? { branchId: asId<'customer'>(index), branchCode: `B-${index}`, branchName: reference } : {};
          const paid = { totalMinor: 99_999_999n, balanceMinor: 88_888_888n, askedMinor: 77_777_777n };
          return aLine({ number, customerReference: reference, ...branch, ...paid });
        });
        const { text } = renderReminder(aReminder({ lines, language }), TEXTS);
        const leavesOut = /on request\)|عند الطلب\)/.test(text.replace(/\s+/g, ' '));
        expect(leavesOut && !mayLeaveRowsOut(lines, language)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('is enough for a usual list of twenty-five, and not for a hundred in both languages', () => {
    const usual = (count: number) => Array.from({ length: count }, () => aLine());
    for (const language of LANGUAGES) expect(mayLeaveRowsOut(usual(25), language)).toBe(false);
    expect(mayLeaveRowsOut(usual(100), 'EN_AR')).toBe(true);
  });
});
