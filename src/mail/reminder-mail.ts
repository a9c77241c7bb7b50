/**
 * Turns one frozen reminder into its subject, HTML and plain text. A pure function of its input: no clock, no settings, no
 * ledger, so what a person approved and what is sent later are the same bytes. Amounts come from the composition's own
 * rows; a composition whose rows do not add up to its totals is a fault and is never rendered.
 */
import { sumByCurrency } from '../domain/money.ts';
import { assert } from '../domain/operator-error.ts';
import type { Language } from '../domain/vocabulary.ts';
import { writeHalf, type Half } from './half.ts';
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

/**
 * Rows a body shows, per language. Two languages of 150 rows stay under the 102 KB at which Gmail cuts a mail off; the rest
 * is summed in one row, so the table still adds up.
 */
export const MOST_ROWS = 150;

const ORDER: Readonly<Record<Language, readonly MailLanguage[]>> = {
  EN: [ENGLISH],
  AR: [ARABIC],
  EN_AR: [ENGLISH, ARABIC],
  AR_EN: [ARABIC, ENGLISH],
};

/** Renders a reminder. The subject is in the first language only: a subject in two directions is reordered by mail clients. */
export function renderReminder(mail: ReminderMail, texts: ReminderTexts, mostRows: number = MOST_ROWS): RenderedReminder {
  refuseInconsistent(mail);
  const halves = ORDER[mail.language].map((language) => writeHalf(mail, language, texts[language.key], mostRows));
  const [first] = halves as [Half, ...Half[]];
  return { subject: first.subject, text: textPart(halves), html: htmlPart(halves) };
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
