/** Holds one mail that arrived against what was approved and against a harmless mail of the same shape. */
import type { ReceivedMail } from '../support/mail-inbox.ts';
import { HARMLESS, type HostileCustomer } from './hostile-ledger.ts';
import { htmlSkeleton, htmlWords, rawHeaders, terminalFaults, wireFaults } from './oracles.ts';

export interface Expected {
  readonly sender: { readonly name: string; readonly address: string };
  readonly customer: HostileCustomer;
  /** The text as the ledger keeps it. */
  readonly stored: string;
}

/** Everything wrong with the mail, in words. */
export function mailFaults(
  { recipients, sender, bytes, mail }: ReceivedMail,
  harmless: ReceivedMail,
  expected: Expected,
): readonly string[] {
  const { customer, stored } = expected;
  const faults: string[] = [...wireFaults(bytes)];
  const same = (what: string, found: unknown, wanted: unknown): void => {
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      faults.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
  };
  same('envelope', [sender, recipients], [expected.sender.address, [customer.address]]);
  same('From', [mail.from?.name, mail.from?.address], [expected.sender.name, expected.sender.address]);
  same('To', mail.to, [{ address: customer.address, name: inHeader(stored) }]);
  same('nobody else', [mail.cc ?? [], mail.bcc ?? [], mail.replyTo ?? []], [[], [], []]);
  same('Subject', withoutMarks(mail.subject ?? ''), subjectOf(harmless, customer.code, stored));
  same('fixed headers', fixedHeaders(bytes), fixedHeaders(harmless.bytes));
  same('attachments', mail.attachments.length, 0);
  same('HTML tags', htmlSkeleton(mail.html ?? ''), htmlSkeleton(harmless.mail.html ?? ''));
  if (!htmlWords(mail.html ?? '').includes(stored)) faults.push('the HTML does not show the text');
  if (!withoutMarks(mail.text ?? '').includes(stored)) faults.push('the plain text does not show the text');
  const html = htmlWords(mail.html ?? '');
  for (const [part, text] of Object.entries({ subject: mail.subject ?? '', text: mail.text ?? '', html })) {
    faults.push(...terminalFaults(text.replaceAll('\u200F', '').replaceAll('\r\n', '\n')).map((fault) => `${part}: ${fault}`));
  }
  return faults;
}

/** An encoded word is taken apart, so that no reader's client decodes it. */
const inHeader = (text: string): string => text.replaceAll('=?', '= ?');

/** The isolates and marks that the program puts around words. */
const withoutMarks = (text: string): string => text.replaceAll(/[\u200F\u2066-\u2069]/g, '');

const subjectOf = (harmless: ReceivedMail, code: string, stored: string): string => {
  const letters = [...stored];
  const shown = letters.length > 60 ? `${letters.slice(0, 59).join('').trimEnd()}…` : stored;
  return withoutMarks(harmless.mail.subject ?? '')
    .split(HARMLESS)
    .join(inHeader(shown))
    .replace('H-0', () => code);
};

const FIXED = new Set(['MIME-Version', 'Auto-Submitted', 'X-Auto-Response-Suppress', 'From', 'Date']);

const fixedHeaders = (bytes: Buffer): readonly string[] =>
  rawHeaders(bytes)
    .filter(({ name }) => FIXED.has(name))
    .map(({ name, value }) => `${name}: ${value}`)
    .toSorted();
