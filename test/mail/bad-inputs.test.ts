/**
 * Every case of the shared list that can reach a message, group by group: names, addresses, templates and headers. Each is brought about
 * here with the outcome the list requires, or names the test that holds it, and none may be left out.
 */
import { readFileSync } from 'node:fs';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { checkEmailAddress } from '../../src/domain/email-address.ts';
import { BugError, type OperatorError } from '../../src/domain/operator-error.ts';
import { headerText, refuseUnsafeText } from '../../src/domain/safe-text.ts';
import { composeMessage, type ComposedMessage } from '../../src/mail/compose-message.ts';
import { renderedHash } from '../../src/mail/rendered-hash.ts';
import { fileNameFrom } from '../../src/mail/mail-attachment.ts';
import { renderReminder } from '../../src/mail/reminder-mail.ts';
import { readTextBlock } from '../../src/mail/text-blocks.ts';
import { badInputs, badText, hasBadInputs, type BadInput } from '../support/bad-inputs.ts';
import { aLine, aReminder, shippedTexts } from '../support/reminder-mails.ts';
import { aContent, aFrame, aMessage } from '../support/sending.ts';

/** A case some other test holds: the file, and words of that test. */
interface HeldBy {
  readonly file: string;
  readonly words: string;
}
type Check = (bad: BadInput) => void | Promise<void>;

const isHeldBy = (answer: Check | HeldBy): answer is HeldBy => typeof answer === 'object';

/** Throws unless the case has the outcome it should. */
async function holds(bad: BadInput, answers: readonly (Check | HeldBy | undefined)[]): Promise<true> {
  for (const answer of answers) {
    if (answer === undefined) throw new Error(`nothing answers ${bad.id}`);
    await answered(bad, answer);
  }
  return true;
}

async function answered(bad: BadInput, answer: Check | HeldBy): Promise<void> {
  if (!isHeldBy(answer)) return await answer(bad);
  expect(readFileSync(new URL(`../${answer.file}`, import.meta.url), 'utf8')).toContain(answer.words);
}

const headerNames = ({ bytes }: ComposedMessage): readonly string[] =>
  [...(bytes.toString('latin1').split('\r\n\r\n', 1)[0] ?? '').matchAll(/^([^\s:]+):/gm)].map(([, name = '']) => name);

const CALM = aMessage();
const TEXTS = shippedTexts('FIRM');

/** A reminder with the text wherever a ledger or a company could have brought it in. */
function messageNamed(text: string): ComposedMessage & { readonly html: string } {
  const base = aReminder();
  const rendered = renderReminder(
    aReminder({
      customer: { ...base.customer, name: text, nameAr: text },
      company: { ...base.company, contactPerson: text },
      recipient: { name: text, nameAr: text, title: null },
      lines: [aLine({ number: text, customerReference: text })],
    }),
    TEXTS,
  );
  const content = aContent({
    ...rendered,
    from: { name: text, address: 'billing@falcon.example' },
    to: { name: text, address: 'ahmed@noor.example' },
  });
  return { html: rendered.html, ...composeMessage(content, aFrame()) };
}

const tagsOf = (html: string): ReadonlySet<string> => new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag = '']) => tag));
const CALM_TAGS = tagsOf(messageNamed('Acme').html);

/** Whatever the name is: the same headers, the one recipient, no tag of its own, and no sign that turns text or ends a line. */
async function isMereWords(text: string): Promise<string> {
  const message = messageNamed(text);
  expect(headerNames(message)).toEqual(headerNames(CALM));
  expect(message.envelope).toEqual(CALM.envelope);
  const parsed = await PostalMime.parse(message.bytes);
  expect(parsed.to?.map(({ address }) => address)).toEqual(['ahmed@noor.example']);
  expect([...tagsOf(message.html)].filter((tag) => !CALM_TAGS.has(tag))).toEqual([]);
  const shown = `${parsed.subject ?? ''}\n${parsed.text ?? ''}`;
  expect(shown).not.toMatch(/(?![\r\n])\p{Cc}|[\u202A-\u202E\u2028\u2029]|[\u{E0000}-\u{E007F}]/u);
  const withoutIsolates = shown.replace(/[\u200F\u2066-\u2069]/g, '');
  expect((shown.match(/[\u2066-\u2068]/g) ?? []).length).toBe((shown.match(/\u2069/g) ?? []).length);
  return withoutIsolates;
}

const UNREADABLE: HeldBy = { file: 'app/import/bad-inputs.test.ts', words: 'cases.filter(({ b64 }) => b64 !== undefined)' };

async function nameHolds(bad: BadInput): Promise<void> {
  const text = badText(bad);
  // Bytes that are no text become none on their way in; a message only ever holds text.
  if (text === null) return await answered(bad, UNREADABLE);
  const check = refuseUnsafeText(text);
  expect(check).toMatchObject(required(bad));
  const shown = (await isMereWords(text)).replace(/\s+/g, ' ');
  const kept = check.ok ? headerText(check.text) : '';
  expect(shown).toContain(kept.replace(/\s+/g, ' '));
  expect(fileNameFrom(text, 'pdf')).toMatch(/^[^\\/:*?"<>|.-][^\\/:*?"<>|]*\.pdf$/);
}

/** The verdict of a check, as the list words it. */
function required({ expect: outcome }: BadInput): object {
  const [verdict = '', detail = ''] = outcome.split(':');
  if (verdict === 'reject') return { ok: false, why: detail };
  return { ok: true, flags: expect.arrayContaining(verdict === 'accept_flag' ? [detail] : []) as unknown };
}

describe.skipIf(!hasBadInputs)('a bad name, in a message', () => {
  test.each(badInputs('names').map((bad) => [bad.id, bad.expect, bad] as const))('%s: %s', async (_id, _outcome, bad) => {
    expect(await holds(bad, [nameHolds])).toBe(true);
  });
});

function addressHolds(bad: BadInput): void {
  const text = badText(bad) ?? '';
  const check = checkEmailAddress(text, ['our-own-company.example']);
  expect(check).toMatchObject(required(bad));
  // Only in its one canonical form, also as the address of answers and of the sender: what has to be normalised first was not approved.
  const isCanonical = check.ok && check.address === text;
  const raw = [recipientOf({ to: text }), recipientOf({ replyTo: text }), recipientOf({ from: text })];
  expect(raw).toEqual(isCanonical ? [text, CALM.envelope.to, CALM.envelope.to] : ['refused', 'refused', 'refused']);
  expect(recipientOf({ to: check.ok ? check.address : text })).toBe(check.ok ? check.address : 'refused');
}

function recipientOf({ to, replyTo, from }: { readonly to?: string; readonly replyTo?: string; readonly from?: string }): string {
  const content = aContent({
    ...(to === undefined ? {} : { to: { name: '', address: to } }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(from === undefined ? {} : { from: { name: '', address: from } }),
  });
  try {
    return composeMessage(content, aFrame(to === undefined ? {} : { approvedAddress: to })).envelope.to;
  } catch (error) {
    if (error instanceof BugError) return 'refused';
    throw error;
  }
}

describe.skipIf(!hasBadInputs)('a bad address, of a message', () => {
  test.each(badInputs('emails').map((bad) => [bad.id, bad.expect, bad] as const))('%s: %s', async (_id, _outcome, bad) => {
    expect(await holds(bad, [addressHolds])).toBe(true);
  });
});

describe.skipIf(!hasBadInputs)('a bad header, of a message', () => {
  const attached = (changes: object) => () =>
    composeMessage(
      aContent({
        attachments: [{ fileName: 'a.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-'), ...changes }],
      }),
      aFrame(),
    );
  const CASES: Readonly<Record<string, Check>> = {
    'SH-002': ({ input = '' }) => {
      expect(() => composeMessage(aContent({ subject: input }), aFrame())).toThrow(BugError);
      expect(() => composeMessage(aContent(), aFrame({ messageId: `<${input}@falcon.example>` }))).toThrow(BugError);
      expect(() => aMessage({ thread: { inReplyTo: `<${input}@x.example>`, references: [] } })).toThrow(BugError);
      const named = composeMessage(aContent({ from: { name: input, address: 'billing@falcon.example' } }), aFrame());
      expect(headerNames(named)).toEqual(headerNames(CALM));
    },
    'SH-003': ({ input = '' }) => expect(() => composeMessage(aContent({ replyTo: input }), aFrame())).toThrow(BugError),
    'SH-005': ({ input = '' }) => {
      expect(attached({ fileName: input })).toThrow(BugError);
      expect(attached({ fileName: fileNameFrom(input, 'pdf') })).not.toThrow();
    },
    'SH-006': ({ input = '' }) => {
      expect(attached({ fileName: input })).toThrow(BugError);
      expect(fileNameFrom(input, 'pdf')).not.toMatch(/[\\/]|^\./);
    },
    'SH-008': ({ input = '' }) => expect(attached({ mediaType: input })).toThrow(BugError),
    'SH-009': () => {
      // Nothing takes headers: those given are not written, and the one header that could grow is bounded.
      const flood = Array.from({ length: 1_000 }, () => ({ key: 'X-A', value: 'b' }));
      const flooded = composeMessage(Object.assign(aContent(), { headers: flood }), aFrame());
      expect(headerNames(flooded)).toEqual(headerNames(CALM));
      const references = Array.from({ length: 1_000 }, (_, index) => `<rem.${index}@falcon.example>`);
      expect(() => aMessage({ thread: { inReplyTo: '<rem.1@falcon.example>', references } })).toThrow(BugError);
    },
  };

  test.each(badInputs('smtp_headers').map((bad) => [bad.id, bad.why, bad] as const))('%s is refused: %s', async (id, _, bad) => {
    expect(await holds(bad, [CASES[id]])).toBe(true);
  });
});

describe.skipIf(!hasBadInputs)('a bad template, of a message', () => {
  const read = (source: string, kind: 'subject' | 'body' = 'body') =>
    readTextBlock(source, { kind, level: 'FIRM', supportsConsolidation: true, place: 'template 12' });
  const refused =
    (code: string, kind?: 'subject' | 'body'): Check =>
    ({ input = '' }) =>
      expect(() => read(input, kind)).toThrow(expect.objectContaining({ code }) as OperatorError);
  const renderedWith = (source: string) => {
    const body = { ...TEXTS.EN, body: read(source) };
    return renderReminder(aReminder({ language: 'EN' }), { ...TEXTS, EN: body });
  };
  const isText: Check = async ({ input = '' }) => {
    const rendered = renderedWith(input);
    expect([...tagsOf(rendered.html)].filter((tag) => !CALM_TAGS.has(tag))).toEqual([]);
    const { bytes } = composeMessage(aContent(rendered), aFrame());
    expect(bytes.toString('latin1')).not.toMatch(/\r(?!\n)|(?<!\r)\n|^\./m);
    // Single line ends are only how a text was typed, so words are compared.
    const words = (text: string): string => text.replace(/[\u200F\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
    expect(words((await PostalMime.parse(bytes)).text ?? '')).toContain(words(input).trim());
  };
  const CASES: Readonly<Record<string, Check>> = {
    'T-002': refused('template.raw-output'),
    'T-003': refused('template.syntax'),
    'T-005': refused('template.syntax'),
    'T-006': isText,
    'T-008': refused('template.syntax'),
    'T-009': refused('template.syntax'),
    'T-011': () =>
      expect(() => read('x'.repeat(10_000_000))).toThrow(expect.objectContaining({ code: 'template.too-long' }) as OperatorError),
    'T-012': () => {
      const lines = Array.from({ length: 5_000 }, () => aLine());
      const { html, text } = renderReminder(aReminder({ lines, attachesStatement: true, language: 'EN_AR' }), TEXTS);
      expect(Buffer.byteLength(html)).toBeLessThan(102_000);
      expect(text).toMatch(/and [\d,]+ more/i);
      expect(composeMessage(aContent({ html, text }), aFrame()).bytes.length).toBeLessThan(1_000_000);
    },
    'T-014': refused('template.invisible-character', 'subject'),
    'T-015': () => {
      expect(() => read('x'.repeat(2_000), 'subject')).toThrow(expect.objectContaining({ code: 'template.too-long' }) as OperatorError);
      expect(() => composeMessage(aContent({ subject: 'x'.repeat(2_000) }), aFrame())).toThrow(BugError);
    },
    'T-017': isText,
    'T-018': isText,
    'T-020': refused('template.unsafe-link'),
    'T-021': refused('template.unsafe-link'),
    'T-023': refused('template.unsafe-link'),
    'T-024': async (bad) => {
      // As words it is words; as an object instead of words it is no mail.
      await isText(bad);
      const object = JSON.parse(bad.input ?? '') as string;
      expect(() => composeMessage(aContent({ text: object }), aFrame())).toThrow(BugError);
      expect(() => composeMessage(aContent({ html: object }), aFrame())).toThrow(BugError);
    },
    'T-026': refused('template.syntax'),
    // A note is not for templates, so the text is refused before the question arises; values that look like templates stay words.
    'T-027': async ({ input = '' }) => {
      expect(() => read(input)).toThrow(expect.objectContaining({ code: 'template.unknown-variable' }) as OperatorError);
      expect(await isMereWords("note='{{secret}}' {{ amount }}")).toContain("note='{{secret}}' {{ amount }}");
    },
    'T-029': ({ input = '' }) => {
      const { text } = renderedWith(input);
      expect(text).toContain('مرحبا');
      expect(text).toContain(aReminder().customer.name);
    },
    'T-030': () => {
      const [approved, edited] = ['Version three.', 'Version four.'].map((source) => aContent(renderedWith(source)));
      expect(renderedHash(approved ?? aContent())).not.toBe(renderedHash(edited ?? aContent()));
    },
  };
  const ALSO: Readonly<Record<string, HeldBy>> = {
    'T-030': { file: 'app/attached-statement.test.ts', words: 'goes back to a person when its statement would read differently' },
  };

  test.each(badInputs('templates').map((bad) => [bad.id, bad.expect, bad] as const))('%s: %s', async (id, _, bad) => {
    expect(await holds(bad, id in ALSO ? [CASES[id], ALSO[id]] : [CASES[id]])).toBe(true);
  });
});
