import { describe, expect, test } from 'vitest';
import { ESCALATION_LEVELS } from '../../src/domain/vocabulary.ts';
import { checkTemplate, type TemplateDraft } from '../../src/mail/check-template.ts';
import { shippedTemplates } from '../../src/mail/shipped-templates.ts';
import { readTemplateFile, writeTemplateFile } from '../../src/mail/template-file.ts';
import { TEMPLATE_VARIABLES, variablesFor } from '../../src/mail/template-variables.ts';
import { threatIn } from '../../src/mail/threatening-words.ts';
import { packagePath } from '../../src/package-root.ts';
import { badInputs, hasBadInputs } from '../support/bad-inputs.ts';

const SHIPPED = shippedTemplates(packagePath('templates'));

const draft = (changes: Partial<TemplateDraft> = {}): TemplateDraft => ({
  level: 'FIRM',
  supportsConsolidation: true,
  maxInvoiceCount: 150,
  texts: SHIPPED.consolidated.FIRM,
  ...changes,
});

const withBody = (language: 'EN' | 'AR', body: string, changes: Partial<TemplateDraft> = {}): TemplateDraft => {
  const { texts, ...rest } = draft(changes);
  return { ...rest, texts: { ...texts, [language]: { ...texts[language], body } } };
};

const codes = (checked: TemplateDraft): readonly string[] => {
  const result = checkTemplate(checked, SHIPPED.closing);
  return result.ok ? [] : result.faults.map(({ place, code }) => `${place}: ${code}`);
};

describe('a template that is to be stored', () => {
  test.each(ESCALATION_LEVELS)('the shipped %s texts pass, about several invoices and about one', (level) => {
    expect(codes(draft({ level, texts: SHIPPED.consolidated[level] }))).toEqual([]);
    expect(codes(draft({ level, texts: SHIPPED.individual[level], supportsConsolidation: false, maxInvoiceCount: 1 }))).toEqual([]);
  });

  test('tells every fault at once, by language and part', () => {
    const faulty = draft({
      texts: {
        EN: { subject: 'Reminder', body: 'Pay {{ customer.balance }}' },
        AR: { subject: SHIPPED.consolidated.FIRM.AR.subject, body: '' },
      },
    });
    expect(codes(faulty)).toEqual(['EN subject: template.no-reference', 'EN body: template.unknown-variable', 'AR body: template.empty']);
  });

  test('speaks both languages', () => {
    expect(codes(withBody('AR', 'Kindly confirm the payment date.'))).toEqual(['AR body: template.language']);
    expect(codes(withBody('EN', 'نرجو {{ amount }}'))).toEqual(['EN body: template.language']);
  });

  test('about one invoice lists one and may name it; about several may count them', () => {
    const one = { supportsConsolidation: false, maxInvoiceCount: 1, texts: SHIPPED.individual.FIRM };
    expect(codes(draft({ ...one, maxInvoiceCount: 2 }))).toEqual(['max invoices: template.one-invoice']);
    expect(codes(draft({ maxInvoiceCount: 1 }))).toEqual(['max invoices: template.limit']);
    expect(codes(withBody('EN', 'These {{ invoices }} are due.', one))).toEqual(['EN body: template.unknown-variable']);
    expect(codes(withBody('EN', 'Our invoice {{ invoice.number }} is due.'))).toEqual(['EN body: template.unknown-variable']);
  });

  test('of a FINAL names its date; of other levels does not', () => {
    const final = { level: 'FINAL', texts: SHIPPED.consolidated.FINAL } as const;
    expect(codes(withBody('EN', 'This is our last reminder.', final))).toEqual(['EN body: template.no-deadline']);
    expect(codes(withBody('EN', 'Pay before {{ deadline }}.'))).toEqual(['EN body: template.unknown-variable']);
  });

  test('keeps which consolidation variables it mentions', () => {
    const checked = checkTemplate(draft(), SHIPPED.closing);
    expect(checked).toMatchObject({ ok: true, consolidationVariables: ['invoice_count', 'invoices'] });
  });

  test.each([
    'We will inform the police.',
    'Otherwise we ask for a TRAVEL  BAN.',
    'This is a court notice.',
    'You will be blacklisted, pay or else',
    'سنبلغ الشرطة بذلك.',
    'سنطلب منع السفر بحقكم.',
    'هذا إنذار قضائي.',
    'سنبلغ الشُّرْطَة',
    'سنبلغ الشـــرطة',
  ])('may not say: %s', (words) => {
    const language = /\p{Script=Arabic}/u.test(words) ? 'AR' : 'EN';
    expect(codes(withBody(language, words))).toEqual([`${language} body: template.threat`]);
  });

  test.each([
    'Please settle the balance; we police nothing'.replace('police', 'polish'),
    'We accept Visa and bank transfers for steel and cement.',
    'Our courteous team awaits your call about the courtyard project.',
  ])('may say: %s', (words) => {
    expect(threatIn(words)).toBeNull();
  });

  test('says what it is for in every variable of the vocabulary', () => {
    const every = variablesFor({ level: 'FINAL', kind: 'body', supportsConsolidation: true });
    const one = variablesFor({ level: 'FINAL', kind: 'body', supportsConsolidation: false });
    expect([...new Set([...every, ...one])].toSorted()).toEqual(TEMPLATE_VARIABLES.map(({ name }) => name).toSorted());
    expect(
      codes(withBody('EN', every.map((name) => `{{ ${name} }}`).join(' ') + ' x', { level: 'FINAL', texts: SHIPPED.consolidated.FINAL })),
    ).toEqual([]);
  });

  test
    .skipIf(!hasBadInputs)
    .each(
      badInputs('templates').filter(
        ({ expect: outcome, input }) => outcome.startsWith('reject') && input !== undefined && !outcome.includes('not_data'),
      ),
    )('refuses $id: $why', ({ input }) => {
    expect(codes(withBody('EN', input ?? ''))).not.toEqual([]);
  });
});

describe('a template file', () => {
  test('comes back as it was written', () => {
    const file = { texts: SHIPPED.consolidated.POLITE, maxInvoiceCount: 150 };
    expect(readTemplateFile(writeTemplateFile(file, ['consolidated/polite, version 1', 'A note']))).toEqual(file);
    expect(readTemplateFile(writeTemplateFile(file, []).replaceAll('\n', '\r\n'))).toEqual(file);
  });

  test.each([
    ['=== EN subject ===\nx', /no part "=== EN body ==="|no part/],
    ['=== EN titel ===\nx', /unknown part "EN titel" in line 1/],
    ['=== EN subject ===\nx\n=== EN subject ===\ny', /twice, again in line 3/],
    ['x'.repeat(64_001), /too long/],
    ['\uFFFD', /not UTF-8/],
  ])('that is none is refused', (text, message) => {
    expect(() => readTemplateFile(text)).toThrow(message);
  });
});
