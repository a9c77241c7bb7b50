/** Checks the parts of a company's identity as an operator gives them: what is printed in its mails and decides its days. */
import { ADDRESS_FAULTS, checkEmailAddress } from '../domain/email-address.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import { readTrn } from '../domain/trn.ts';
import { EMIRATES, LANGUAGES, type Emirate, type Language } from '../domain/vocabulary.ts';

/** @throws OperatorError `company.bad-code` */
export function readCompanyCode(text: string): string {
  const code = text.trim().toUpperCase();
  if (/^[A-Z0-9][A-Z0-9_-]{0,31}$/.test(code)) return code;
  throw refused(
    'bad-code',
    `The company code ${quoted(text)} cannot be used`,
    'Use up to 32 letters, digits, hyphens and underscores, for example ACME.',
  );
}

/** @throws OperatorError `company.bad-address` */
export function readMailbox(text: string): string {
  const check = checkEmailAddress(text);
  if (check.ok) return check.address;
  throw refused(
    'bad-address',
    `The address ${quoted(text)} ${ADDRESS_FAULTS[check.why]}`,
    'Give one plain address, for example accounts@acme.ae.',
  );
}

/** @throws OperatorError `company.bad-trn` */
export function readCompanyTrn(text: string): string {
  const reading = readTrn(text);
  if (reading.kind !== 'error') return reading.trn;
  throw refused(
    'bad-trn',
    `The TRN ${quoted(text)} cannot be right. ${reading.message.replace(/\.$/, '')}`,
    'Copy it from the tax registration certificate: fifteen digits.',
  );
}

/**
 * A page where customers can pay, as it will be printed: https, a plain public host and nothing that hides where it leads.
 * @throws OperatorError `company.bad-link`
 */
export function readPaymentLink(text: string): string {
  const given = text.trim();
  const url = URL.canParse(given) ? new URL(given) : null;
  const isPlain = /^https:\/\/[!-~]{1,480}$/.test(given) && !/["'<>\\^`{|}]/.test(given);
  const isPublic = url !== null && /^(?!xn--)[a-z0-9-]+(?:\.(?!xn--)[a-z0-9-]+)*\.[a-z]{2,}$/.test(url.hostname);
  if (url && isPlain && isPublic && url.username === '' && url.password === '' && url.port === '') return given;
  throw refused(
    'bad-link',
    `The payment page ${quoted(text)} cannot be printed in mails`,
    'Give a plain address such as https://pay.acme.ae/account, without a user name, a port or letters outside A-Z.',
  );
}

/** @throws OperatorError `company.bad-switch` */
export function readYesOrNo(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (word === 'yes' || word === 'true' || word === 'on') return true;
  if (word === 'no' || word === 'false' || word === 'off' || word === '') return false;
  throw refused('bad-switch', `${quoted(text)} is neither yes nor no`, 'Use yes or no.');
}

/** @throws OperatorError `company.bad-zone` */
export function readTimeZone(text: string): string {
  try {
    return new Temporal.ZonedDateTime(0n, text.trim()).timeZoneId;
  } catch {
    throw refused('bad-zone', `There is no time zone ${quoted(text)}`, 'Give an IANA zone name, for example Asia/Dubai.');
  }
}

/** @throws OperatorError `company.bad-emirate` */
export const readEmirate = (text: string): Emirate => readWord(text, EMIRATES, 'bad-emirate', 'emirate');

/** @throws OperatorError `company.bad-language` */
export const readLanguage = (text: string): Language => readWord(text, LANGUAGES, 'bad-language', 'language');

function readWord<Word extends string>(text: string, words: readonly Word[], code: string, what: string): Word {
  const word = text.trim().toUpperCase().replaceAll('-', '_');
  const found = words.find((each) => each === word);
  if (found !== undefined) return found;
  throw refused(code, `${quoted(text)} is no ${what} here`, `Use one of ${words.join(', ')}.`);
}

const quoted = (text: string): string => JSON.stringify(safeText(text.slice(0, 60)));

const refused = (code: string, says: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `company.${code}`, kind: 'usage', message: `${says}.`, tryThis });
