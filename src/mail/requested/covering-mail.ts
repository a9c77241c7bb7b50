/**
 * The short letter around a file somebody asked for, in the customer's languages, as text and HTML laid out from the same words. Pure:
 * the same order gives the same bytes, so what was ordered and what leaves can be compared.
 */
import type { Language } from '../../domain/vocabulary.ts';
import { letterGreeting, letterSignature, type LetterParties } from '../half.ts';
import { STYLE } from '../html-style.ts';
import type { MailLanguage } from '../mail-language.ts';
import { esc } from '../html-text.ts';
import { RIGHT_TO_LEFT_MARK } from '../reading-order.ts';
import type { RenderedReminder } from '../reminder-mail.ts';
import { STATEMENT_LANGUAGES } from '../statement/statement-words.ts';
import { coveringWords, type CoveringTexts, type CoveringWords, type RequestedSubject } from './covering-words.ts';

export interface CoveringLetter extends LetterParties {
  readonly language: Language;
  readonly about: RequestedSubject;
}

interface Part extends CoveringWords {
  readonly language: MailLanguage;
  readonly greeting: readonly string[];
  readonly signature: readonly string[];
}

/** The subject is in the first language only: a subject in two directions is reordered by mail clients. */
export function coveringMail(letter: CoveringLetter, texts: Readonly<Record<'EN' | 'AR', CoveringTexts>>): RenderedReminder {
  const parts = STATEMENT_LANGUAGES[letter.language].map(({ mail }): Part => ({
    ...coveringWords(letter.about, mail, texts[mail.key]),
    language: mail,
    greeting: letterGreeting(letter, mail),
    signature: letterSignature(letter, mail),
  }));
  const [first] = parts as [Part, ...Part[]]; // every language has one part or two
  return { subject: first.subject, text: `${parts.map(textOf).join(`\n\n${'='.repeat(72)}\n\n`)}\n`, html: htmlOf(parts, first) };
}

function textOf({ language, greeting, paragraphs, list, closing, signature }: Part): string {
  const lines = [
    ...greeting,
    '',
    ...paragraphs.flatMap((paragraph) => [paragraph, '']),
    ...(list.length > 0 ? [...list.map((entry) => `- ${entry}`), ''] : []),
    closing,
    ...signature,
  ];
  return lines.map((line) => (language.dir === 'rtl' && line !== '' ? RIGHT_TO_LEFT_MARK + line : line)).join('\n');
}

const htmlOf = (parts: readonly Part[], first: Part): string => `<!doctype html>
<html lang="${first.language.code}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${esc(first.subject)}</title>
<style>${STYLE}</style></head>
<body><table role="presentation" class="o" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" class="p" width="100%" style="max-width:700px" cellpadding="0" cellspacing="0" border="0">
${parts.map(partHtml).join('\n<tr><td class="r"><hr color="#dfe3e8" size="1"></td></tr>\n')}
</table></td></tr></table></body></html>
`;

function partHtml({ language: { dir, code }, greeting, paragraphs, list, closing, signature }: Part): string {
  const items = list.map((entry) => `<li>${esc(entry)}</li>`).join('');
  return `<tr><td class="h ${code}" dir="${dir}" lang="${code}" align="${dir === 'rtl' ? 'right' : 'left'}">
<p>${greeting.map(esc).join('<br>')}</p>
${paragraphs.map((paragraph) => `<p>${esc(paragraph)}</p>`).join('\n')}
${items === '' ? '' : `<ul>${items}</ul>\n`}<p>${esc(closing)}<br>${signature.map(esc).join('<br>')}</p>
</td></tr>`;
}
