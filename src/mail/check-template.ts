/**
 * Decides whether texts may become a template: both languages are there, each block is sound, nothing threatens, a FINAL names its date, the
 * subject carries the reference that answers are found by, and reminders of every kind come out whole, also for hostile names.
 * Gives every fault, not the first, since a person is waiting in front of an editor.
 */
import { OperatorError } from '../domain/operator-error.ts';
import { mentionedConsolidation, readReminderTexts, type LevelSources, type ReminderTexts } from './reminder-texts.ts';
import { renderReminder } from './reminder-mail.ts';
import { readTextBlock, type BlockKind, type TextBlock } from './text-blocks.ts';
import { threatIn } from './threatening-words.ts';
import { trialReminders, type Trial } from './trial-reminders.ts';

export interface TemplateFault {
  /** `EN body`, or `mail` for what only shows in a whole mail. */
  readonly place: string;
  readonly code: string;
  readonly message: string;
}

export interface TemplateDraft extends Trial {
  readonly texts: LevelSources;
}

export type TemplateCheck =
  | { readonly ok: true; readonly texts: ReminderTexts; readonly consolidationVariables: readonly string[] }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] };

const LANGUAGES = ['EN', 'AR'] as const;

/** Lists longer than this make no letter; they belong into the statement. */
const MOST_LISTED = 500;

/** @param closing The shipped closing of each language. */
export function checkTemplate(draft: TemplateDraft, closing: Readonly<Record<'EN' | 'AR', string>>): TemplateCheck {
  const faults = [...limitFaults(draft), ...LANGUAGES.flatMap((language) => languageFaults(draft, language))];
  if (faults.length > 0) return { ok: false, faults };
  const texts = readReminderTexts(draft.texts, closing, { ...draft, place: 'the template' });
  const inMail = mailFaults(draft, texts);
  if (inMail.length > 0) return { ok: false, faults: inMail };
  return { ok: true, texts, consolidationVariables: draft.supportsConsolidation ? mentionedConsolidation(texts) : [] };
}

function limitFaults({ supportsConsolidation, maxInvoiceCount }: TemplateDraft): readonly TemplateFault[] {
  if (!supportsConsolidation && maxInvoiceCount !== 1)
    return [{ place: 'max invoices', code: 'template.one-invoice', message: 'A text about one invoice lists one: write 1.' }];
  if (supportsConsolidation && (maxInvoiceCount < 2 || maxInvoiceCount > MOST_LISTED))
    return [{ place: 'max invoices', code: 'template.limit', message: `A consolidated text lists 2 to ${MOST_LISTED} invoices.` }];
  return [];
}

function languageFaults(draft: TemplateDraft, language: 'EN' | 'AR'): readonly TemplateFault[] {
  const { subject, body } = draft.texts[language];
  return [...blockFaults(draft, language, 'subject', subject), ...blockFaults(draft, language, 'body', body)];
}

function blockFaults(draft: TemplateDraft, language: 'EN' | 'AR', kind: BlockKind, source: string): readonly TemplateFault[] {
  const place = `${language} ${kind}`;
  const fault = (code: string, message: string): TemplateFault => ({ place, code: `template.${code}`, message });
  if (source.trim() === '') return [fault('empty', `The ${place} is empty: both languages are needed.`)];
  const read = readOrFault(source, draft, kind, place);
  if ('code' in read) return [read];
  const threat = threatIn(source);
  return [
    ...(threat ? [fault('threat', `The ${place} says ${JSON.stringify(threat.words)}, which ${threat.why}.`)] : []),
    ...requiredFaults(read, draft, kind, fault),
    ...(isInLanguage(source, language)
      ? []
      : [fault('language', `The ${place} holds no ${language === 'AR' ? 'Arabic' : 'Latin'} letters.`)]),
  ];
}

function readOrFault(source: string, draft: TemplateDraft, kind: BlockKind, place: string): TextBlock | TemplateFault {
  try {
    return readTextBlock(source, { ...draft, kind, place });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { place, code: error.code, message: `${error.message} ${error.tryThis}` };
  }
}

type Fault = (code: string, message: string) => TemplateFault;

function requiredFaults({ variables }: TextBlock, { level }: TemplateDraft, kind: BlockKind, fault: Fault): readonly TemplateFault[] {
  if (kind === 'subject' && !variables.includes('reference'))
    return [fault('no-reference', 'A subject needs {{ reference }}: answers and payments are found by it.')];
  if (kind === 'body' && level === 'FINAL' && !variables.includes('deadline'))
    return [fault('no-deadline', 'A FINAL names its date: say {{ deadline }}.')];
  return [];
}

/** What is between braces is English in both. */
const isInLanguage = (source: string, language: 'EN' | 'AR'): boolean => {
  const words = source.replace(/\{[{%][\s\S]*?[%}]\}/g, '');
  return language === 'AR' ? /\p{Script=Arabic}/u.test(words) : /[A-Za-z]/.test(words);
};

function mailFaults(draft: TemplateDraft, texts: ReminderTexts): readonly TemplateFault[] {
  const fault = (message: string): TemplateFault => ({ place: 'mail', code: 'template.mail', message });
  for (const mail of trialReminders(draft)) {
    const { subject, text, html } = renderReminder(mail, texts, { mostRows: draft.maxInvoiceCount === 1 ? 5 : draft.maxInvoiceCount });
    if (/\p{Cc}/u.test(subject) || subject.length > LONGEST_SUBJECT)
      return [fault(`A subject made from it is longer than ${LONGEST_SUBJECT} characters, or not one line.`)];
    if (/<img|<script|onerror="/i.test(html)) return [fault('A name became markup in a mail made from it.')];
    if (/[\u202A-\u202E]/.test(subject + text + html)) return [fault('A name reverses the text of a mail made from it.')];
  }
  return [];
}

/** What `composeMessage` takes. */
const LONGEST_SUBJECT = 250;
