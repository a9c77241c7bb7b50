/**
 * Turns one frozen reminder into its subject, HTML and plain text. A pure function of its input: no clock, no settings, no
 * ledger, so what a person approved and what is sent later are the same bytes. Amounts come from the composition's own
 * rows; a composition whose rows do not add up to its totals is a fault and is never rendered.
 */
import { sumByCurrency } from '../domain/money.ts';
import { assert } from '../domain/operator-error.ts';
import type { Language } from '../domain/vocabulary.ts';
import { speak, writeHalf, writeSubject, type Spoken } from './half.ts';
import { htmlPart } from './html-part.ts';
import { ARABIC, ENGLISH, type MailLanguage } from './mail-language.ts';
import type { ReminderMail } from './reminder-content.ts';
import type { ReminderTexts } from './reminder-texts.ts';
import { textPart } from './text-part.ts';

export interface RenderedReminder {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Rows a body shows, per language, unless the template says fewer: a longer list is worked from in a statement, not in a mail. */
export const MOST_ROWS = 150;

/**
 * Gmail cuts a mail off at about 102 kB of HTML, total and bank details with it. Two languages, long numbers and Arabic can pass that
 * with few rows, so the rows shown are lowered until the whole stays below.
 */
export const MOST_HTML_BYTES = 98_000;

export interface RenderOptions {
  readonly mostRows?: number;
  /** Marks subject and both parts as a preview; nobody can take it for the reminder itself. */
  readonly isPreview?: boolean;
}

const ORDER: Readonly<Record<Language, readonly [MailLanguage, ...MailLanguage[]]>> = {
  EN: [ENGLISH],
  AR: [ARABIC],
  EN_AR: [ENGLISH, ARABIC],
  AR_EN: [ARABIC, ENGLISH],
};

/** Renders a reminder. The subject is in the first language only: a subject in two directions is reordered by mail clients. */
export function renderReminder(mail: ReminderMail, texts: ReminderTexts, options: RenderOptions = {}): RenderedReminder {
  refuseInconsistent(mail);
  const [first, ...others] = ORDER[mail.language];
  const spoken = [speak(mail, first), ...others.map((language) => speak(mail, language))] as const;
  const subject = writeSubject(spoken[0], texts[first.key]);
  for (let rows = options.mostRows ?? MOST_ROWS; ; rows = Math.floor(rows * 0.8)) {
    const rendered = renderWith(spoken, texts, { subject, mostRows: rows, isPreview: options.isPreview ?? false });
    if (rows <= FEWEST_ROWS || Buffer.byteLength(rendered.html) <= MOST_HTML_BYTES) return rendered;
  }
}

/** Below this the rows are not what makes a mail large. */
const FEWEST_ROWS = 5;

interface Shape {
  readonly subject: string;
  readonly mostRows: number;
  readonly isPreview: boolean;
}

function renderWith(spoken: readonly Spoken[], texts: ReminderTexts, { subject, mostRows, isPreview }: Shape): RenderedReminder {
  const halves = spoken.map((each) => writeHalf(each, texts[each.language.key], mostRows));
  const notices = isPreview ? halves.map(({ language }) => language.labels.preview) : [];
  return {
    subject: isPreview ? `[Preview] ${subject}` : subject,
    text: textPart(halves, notices),
    html: htmlPart(subject, halves, notices),
  };
}

function refuseInconsistent(mail: ReminderMail): void {
  assert(mail.lines.length > 0, `a reminder to ${mail.customer.code} has no rows`);
  assert(
    (mail.level === 'FINAL') === (mail.finalDeadlineOn !== null),
    `a ${mail.level} reminder to ${mail.customer.code} has the wrong deadline`,
  );
  const sums = sumByCurrency(mail.lines.map(({ askedMinor, currency }) => ({ minor: askedMinor, currency })));
  const asked = new Map(sums.map(({ currency, minor }) => [currency, minor]));
  const agrees = asked.size === mail.totals.length && mail.totals.every(({ currency, minor }) => asked.get(currency) === minor);
  assert(agrees, `the rows of a reminder to ${mail.customer.code} do not add up to its totals`);
}
