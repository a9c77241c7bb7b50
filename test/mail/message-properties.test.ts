/** What must hold for every message, whatever the ledger says: read back by a mail parser that shares no code with the one that wrote it. */
import bidiFactory from 'bidi-js';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { asId } from '../../src/domain/ids.ts';
import { groupedText, sumByCurrency } from '../../src/domain/money.ts';
import { ESCALATION_LEVELS, LANGUAGES } from '../../src/domain/vocabulary.ts';
import { composeMessage } from '../../src/mail/compose-message.ts';
import type { ReminderMail } from '../../src/mail/reminder-content.ts';
import { renderReminder } from '../../src/mail/reminder-mail.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';
import { aCredit, aLine, aReminder, day, shippedTexts } from '../support/reminder-mails.ts';
import { aContent, aFrame } from '../support/sending.ts';

const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

const seen = (line: string): string => bidi.getReorderedString(line, bidi.getEmbeddingLevels(line)).replace(/[\u200F\u2066-\u2069]/g, '');

const amount = fc.bigInt({ min: 100n, max: 99_999_999_999n });
const number = fc.oneof(
  fc.stringMatching(/^(?:INV|2026|C)[-/][0-9]{2,6}$/),
  fc.constantFrom('فاتورة/2026-1001', '2026-1001', 'INV/26/7', '#1001', '50%', '1-5'),
);
const line = fc
  .record({
    askedMinor: amount,
    paidMinor: fc.bigInt({ min: 0n, max: 90_000n }),
    currency: fc.constantFrom('AED', 'USD', 'KWD', 'JPY'),
    number,
    branch: fc.integer({ min: 1, max: 3 }),
    isCredit: fc.boolean(),
  })
  .map(({ askedMinor, paidMinor, currency, number: named, branch, isCredit }) => {
    const shared = { currency, number: named, branchId: asId<'customer'>(branch), branchCode: `B-${branch}`, branchName: `فرع ${branch}` };
    return isCredit
      ? aCredit({ ...shared, totalMinor: askedMinor + paidMinor, balanceMinor: -askedMinor, askedMinor: -askedMinor })
      : aLine({ ...shared, totalMinor: askedMinor + paidMinor, balanceMinor: askedMinor, askedMinor });
  });

/** The first line is an invoice: planning never asks for credits alone. */
const reminder: fc.Arbitrary<ReminderMail> = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    language: fc.constantFrom(...LANGUAGES),
    level: fc.constantFrom(...ESCALATION_LEVELS),
  })
  .map(({ lines, language, level }) =>
    aReminder({ lines: [aLine(), ...lines], language, level, finalDeadlineOn: level === 'FINAL' ? day('2026-12-17') : null }),
  );

const TEXTS = Object.fromEntries(ESCALATION_LEVELS.map((level) => [level, shippedTexts(level)] as const));

const messageOf = (mail: ReminderMail) => {
  const texts = TEXTS[mail.level];
  if (!texts) throw new Error('every level has texts');
  const rendered = renderReminder(mail, texts);
  return { ...rendered, ...composeMessage(aContent(rendered), aFrame()) };
};

/** Amounts with two, three or no decimals, in the order of reading; the sign is part of them. */
const amountsIn = (text: string): readonly string[] => text.match(/-?\d{1,3}(?:,\d{3})*(?:\.\d{2,3})?(?![\d-])/g) ?? [];

describe('every message', () => {
  test('shows in both parts the amounts of the rows and the sums they add up to', async () => {
    await fc.assert(
      fc.asyncProperty(reminder, async (mail) => {
        const parsed = await PostalMime.parse(messageOf(mail).bytes);
        const text = (parsed.text ?? '').replace(/[\u200F\u2066-\u2069]/g, '');
        const html = (parsed.html ?? '').replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]*>/g, ' ');
        const sums = sumByCurrency(mail.lines.map(({ askedMinor, currency }) => ({ minor: askedMinor, currency })));
        expect(sums.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))).toEqual(
          [...mail.totals].toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
        );
        const halves = mail.language.length > 2 ? 2 : 1;
        for (const part of [text, html]) {
          const shown = amountsIn(part);
          const wanted = Map.groupBy(
            mail.lines.map((each) => groupedText(each.askedMinor, each.currency)),
            (each) => each,
          );
          for (const [figure, rows] of wanted)
            expect(shown.filter((each) => each === figure).length, figure).toBeGreaterThanOrEqual(rows.length * halves);
          for (const { minor, currency } of sums) expect(part).toContain(groupedText(minor, currency));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('keeps every number of an Arabic line in the order it is written', () => {
    fc.assert(
      fc.property(reminder, (mail) => {
        const { text, subject } = messageOf({ ...mail, language: 'AR' });
        const lines = [...text.split('\n'), subject];
        const tokens = [
          ...mail.lines.flatMap((each) => [groupedText(each.askedMinor, each.currency), each.number.replace('فاتورة/', '')]),
          '+971 4 123 4567',
          'AE07 0331 2345 6789 0123 456',
          '100987654321003',
          'C-104-7',
          'accounts@falcon.example',
        ];
        for (const token of tokens) {
          const holding = lines.filter((each) => each.replace(/[\u2066-\u2069]/g, '').includes(token));
          expect(holding.length, token).toBeGreaterThan(0);
          for (const each of holding) expect(seen(each)).toContain(token);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('has no script, no picture, no style of its data, and no link but the payment page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const hostile = `${name}"><a href="javascript:x">{{ amount }}{% raw %}`;
        const base = aReminder();
        const { html } = messageOf(
          aReminder({
            customer: { ...base.customer, name: hostile, nameAr: hostile },
            company: { ...base.company, paymentLink: 'https://pay.falcon.example/' },
            lines: [aLine({ number: hostile, customerReference: hostile, branchName: hostile })],
          }),
        );
        expect(html.match(/<(?:script|img|iframe|link|object|svg|form)\b/gi)).toBeNull();
        expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual(
          Array.from({ length: 2 }, () => 'https://pay.falcon.example/'),
        );
        expect(html).toContain('{{ amount }}{% raw %}');
      }),
      { numRuns: 40 },
    );
  });
});

describe.skipIf(!hasBadInputs)('the shared list of bad mail headers', () => {
  test.each(badInputs('smtp_headers').filter((bad) => badText(bad) !== null))('$id adds no header and no recipient: $why', (bad) => {
    const text = badText(bad) ?? '';
    const calm = composeMessage(aContent(), aFrame());
    const names = (bytes: Buffer): readonly string[] =>
      [...(bytes.toString('latin1').split('\r\n\r\n', 1)[0] ?? '').matchAll(/^([^\s:]+):/gm)].map(([, name = '']) => name);
    for (const change of [{ subject: text }, { replyTo: text }, { from: { name: text, address: 'billing@falcon.example' } }]) {
      let composed;
      try {
        composed = composeMessage(aContent(change), aFrame());
      } catch {
        continue;
      }
      expect(names(composed.bytes)).toEqual(names(calm.bytes));
      expect(composed.envelope).toEqual(calm.envelope);
    }
  });
});
