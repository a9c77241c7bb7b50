import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../src/domain/operator-error.ts';
import { readTextBlock, type BlockKind, type BlockValues } from '../../src/mail/text-blocks.ts';
import { badInputs, hasBadInputs } from '../support/bad-inputs.ts';
import { shippedTexts } from '../support/reminder-mails.ts';

const VALUES: BlockValues = {
  customer: { name: 'Al Noor {{ company.phone }}', code: 'C-104' },
  company: { name: 'Falcon', contact_person: 'Mariam', phone: '+971 4 123 4567' },
  reference: 'C-104-7',
  level: 'FIRM',
  amount: 'AED 1.00',
  as_of: '4 December 2026',
  invoice_count: 3,
  invoices: '3 invoices',
  oldest_days: '30 days',
  branch_count: 1,
  invoice: { number: '2026-1001', reference: 'LPO-45001', due: '4 November 2026', days: '30 days' },
};

const read = (source: string, kind: BlockKind = 'body', level: 'FIRM' | 'FINAL' = 'FIRM') =>
  readTextBlock(source, { kind, level, supportsConsolidation: true, place: 'template 12' });

const faultOf = (source: string, kind?: BlockKind): string => {
  try {
    read(source, kind);
    return 'none';
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    expect(error.message).toContain('template 12');
    expect(error.message).not.toMatch(/\p{Cc}/u);
    return error.code;
  }
};

describe('a text an operator may edit', () => {
  test('fills in its values, and never reads a value as a template', () => {
    expect(read('Dear {{ customer.name }}: {{ amount }}').fill(VALUES)).toBe('Dear Al Noor {{ company.phone }}: AED 1.00');
  });

  test.each([
    ['{{ customer.note }}', 'template.unknown-variable'],
    ['{{ deadline }}', 'template.unknown-variable'],
    ['{% include "x" %}', 'template.syntax'],
    ['{% for i in (1..100000000) %}x{% endfor %}', 'template.syntax'],
    ['{{ amount | raw }}', 'template.syntax'],
    ['{{ amount | date: "%s" }}', 'template.syntax'],
    ['{% if invoice_count == 1 %}x', 'template.syntax'],
    ['{{ customer.constructor }}', 'template.unknown-variable'],
    ['{{ customer["constructor"] }}', 'template.unknown-variable'],
    ['{% assign a = customer.__proto__ %}{{ a }}', 'template.unknown-variable'],
    ['x'.repeat(4_001), 'template.too-long'],
    ['a\u2066b', 'template.invisible-character'],
    ['pay at //bank.example@evil.test/', 'template.unsafe-link'],
  ])('%s is refused: %s', (source, code) => {
    expect(faultOf(source)).toBe(code);
  });

  test('filled in for a thousand customers gives each their own name, and nobody the words of the one before', () => {
    const block = read('{% if invoice_count == 1 %}one{% else %}{{ invoices }}{% endif %} of {{ customer.name }}');
    for (let index = 0; index < 1_000; index += 1) {
      const name = `Customer ${index % 300}`;
      const count = (index % 3) + 1;
      const values = { ...VALUES, customer: { ...VALUES.customer, name }, invoice_count: count, invoices: `${count} invoices` };
      expect(block.fill(values)).toBe(`${count === 1 ? 'one' : `${count} invoices`} of ${name}`);
    }
  });

  test('a text that only names variables reads as the engine would fill it in, also where it is strange', () => {
    const texts = [
      'Payment – {{ customer.name }} – ref {{reference}}',
      '{{ invoice_count }}{{ invoice_count }} % } { x',
      'nothing',
      '{{- reference -}} x {{ amount | strip }}',
      '{{ reference | default: "none" }}',
    ];
    for (const text of texts)
      expect(read(text, 'subject').fill(VALUES)).toBe(read(`${text}{% if false %}x{% endif %}`, 'subject').fill(VALUES));
    expect(read('{{ true }}{{ nil }}{{ reference }}').fill(VALUES)).toBe('trueC-104-7');
  });

  test('"raw" is a word like any other; only FINAL may name its date', () => {
    expect(read('for raw materials').fill(VALUES)).toBe('for raw materials');
    expect(read('before {{ deadline }}', 'body', 'FINAL').fill({ ...VALUES, deadline: '17 December 2026' })).toBe(
      'before 17 December 2026',
    );
  });

  test('a subject is one short line', () => {
    expect(faultOf('a\nb', 'subject')).toBe('template.subject-lines');
    expect(faultOf('x'.repeat(251), 'subject')).toBe('template.too-long');
  });

  test.each(['POLITE', 'FIRM', 'URGENT', 'FINAL'] as const)('the shipped %s texts are sound and threaten nobody', (level) => {
    const texts = shippedTexts(level);
    const values = { ...VALUES, level, ...(level === 'FINAL' ? { deadline: '17 December 2026' } : {}) };
    const all = (['EN', 'AR'] as const).flatMap((language) =>
      [texts[language].subject, texts[language].body, texts[language].closing].map((block) => block.fill(values)),
    );
    expect(all.join('\n')).not.toMatch(/police|travel ban|blacklist|\bcourt\b|lawsuit|شرطة|محكمة|منع السفر|القائمة السوداء/i);
    expect(all.every((text) => text.length > 10)).toBe(true);
  });
});

describe.skipIf(!hasBadInputs)('the shared list of bad templates', () => {
  const VERDICTS: Readonly<Record<string, string>> = {
    raw_output: 'template.raw-output',
    syntax: 'template.syntax',
    too_long: 'template.too-long',
    bidi_control: 'template.invisible-character',
    url_scheme: 'template.unsafe-link',
    url_userinfo: 'template.unsafe-link',
  };
  // T-012, T-015 and T-030 are about a whole mail, its subject and its approval. T-024 (a JSON object as a text) is plain text here, and
  // an object instead of a text is refused when the mail is composed. T-027 and T-029 name variables of their own: `note`, `amount`.
  const cases = badInputs('templates').filter(({ id }) => !['T-012', 'T-015', 'T-030', 'T-024', 'T-027'].includes(id));

  test.each(cases)('$id: $why', ({ id, input, expect: expected }) => {
    const source = id === 'T-011' ? 'x'.repeat(10_000_000) : (input ?? '');
    const [verdict = '', detail = ''] = expected.split(':');
    // A variable nobody may use is as much a fault of the text as a torn brace.
    const code = faultOf(source).replace('unknown-variable', 'syntax');
    expect(code).toBe(verdict === 'reject' ? VERDICTS[detail] : 'none');
  });
});
