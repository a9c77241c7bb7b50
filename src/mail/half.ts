/**
 * One language's half of a reminder as finished words, before any layout: the HTML and the plain-text part are both laid out
 * from it, so they cannot disagree. All strings are text (never HTML), with isolates around numbers and names.
 */
import type { ReminderLine } from '../domain/decision.ts';
import { headerText } from '../domain/safe-text.ts';
import { itemTables, type ItemTable } from './item-tables.ts';
import type { MailLanguage } from './mail-language.ts';
import { remembered } from './remembered.ts';
import type { ReminderMail } from './reminder-content.ts';
import type { LanguageTexts } from './reminder-texts.ts';
import type { BlockValues } from './text-blocks.ts';

/** A row's cells in words; an empty cell means "does not apply" (a credit has no due date). */
export interface Row {
  readonly number: string;
  /** What a credit is; empty for invoices. */
  readonly kind: string;
  readonly reference: string;
  readonly issued: string;
  readonly due: string;
  /** Days past due as a bare number, and as a phrase. */
  readonly days: string;
  readonly pastDue: string;
  readonly total: string;
  /** What was paid or credited of an invoice, or used of a credit, with its label; empty when nothing was. */
  readonly paid: string;
  readonly asked: string;
  readonly note: string;
}

export interface RowGroup {
  readonly heading: { readonly branch: string; readonly total: string } | null;
  readonly rows: readonly Row[];
}

export interface Table {
  readonly currency: string;
  /** Read aloud by screen readers before the table. */
  readonly caption: string;
  readonly hasReferences: boolean;
  readonly groups: readonly RowGroup[];
  readonly rest: { readonly label: string; readonly total: string } | null;
  readonly total: string;
}

export interface Half {
  readonly language: MailLanguage;
  readonly sender: string;
  /** Account and case reference, for the top of the letter. */
  readonly heading: readonly { readonly label: string; readonly value: string }[];
  readonly greeting: readonly string[];
  readonly opening: readonly string[];
  /** The sum asked, one per currency, with its day and what it is made of. */
  readonly summary: { readonly label: string; readonly amounts: readonly string[]; readonly asOf: string; readonly of: string };
  readonly tables: readonly Table[];
  readonly bankAccounts: readonly (readonly { readonly label: string; readonly value: string }[])[];
  readonly bankNote: string;
  /** Where to pay online, exactly as it is printed; `null` when the company named no page. */
  readonly payOnline: { readonly label: string; readonly url: string } | null;
  readonly closing: readonly string[];
  readonly signature: readonly string[];
}

/** One reminder in one language, with what its texts may mention: subject and half are filled in from the same. */
export interface Spoken {
  readonly mail: ReminderMail;
  readonly language: MailLanguage;
  readonly values: BlockValues;
}

export const speak = (mail: ReminderMail, language: MailLanguage): Spoken => ({ mail, language, values: blockValues(mail, language) });

export function writeHalf({ mail, language, values }: Spoken, blocks: LanguageTexts, mostRows: number): Half {
  const { labels } = language;
  return {
    language,
    sender: language.name(senderName(mail, language)),
    heading: [
      { label: labels.account, value: `${language.name(customerName(mail, language))} (${language.id(mail.customer.code)})` },
      ...(mail.customer.trn ? [{ label: labels.trn, value: language.id(mail.customer.trn) }] : []),
      { label: labels.ourReference, value: language.id(mail.caseKey) },
    ],
    greeting: letterGreeting(mail, language),
    opening: [...paragraphs(blocks.body.fill(values)), ...(mail.attachesStatement ? [labels.statementAttached] : [])],
    summary: {
      label: labels.amountDue,
      amounts: mail.totals.map(({ minor, currency }) => language.amount(minor, currency)),
      asOf: `${labels.asOf} ${language.day(mail.asOn)}`,
      of: summaryOf(mail, language),
    },
    tables: itemTables(mail.lines, mail.totals, mostRows).map((table) => writeTable(table, language, mail.attachesStatement)),
    bankAccounts: bankAccounts(mail, language),
    bankNote: labels.bankNote,
    payOnline: mail.company.paymentLink === null ? null : { label: labels.payOnline, url: mail.company.paymentLink },
    closing: paragraphs(blocks.closing.fill(values)),
    signature: letterSignature(mail, language),
  };
}

/** The subject line of a reminder. */
export function writeSubject({ mail, language, values }: Spoken, blocks: LanguageTexts): string {
  return blocks.subject.fill({
    ...values,
    customer: { ...values.customer, name: language.name(clipped(customerName(mail, language))) },
  });
}

/** Who writes to whom: what every letter has in common, whatever it is about. */
export type LetterParties = Pick<ReminderMail, 'company' | 'customer' | 'recipient'>;

export const letterGreeting = (mail: LetterParties, language: MailLanguage): readonly string[] =>
  language.greeting(customerName(mail, language), person(mail, language));

const inLanguage = (language: MailLanguage, english: string, arabic: string | null): string =>
  language.code === 'ar' ? (arabic ?? english) : english;
const senderName = (mail: LetterParties, language: MailLanguage): string => inLanguage(language, mail.company.name, mail.company.nameAr);
const customerName = (mail: LetterParties, language: MailLanguage): string =>
  inLanguage(language, mail.customer.name, mail.customer.nameAr);

/** Mail clients show about 70 characters of a subject; a longer name would push the reference out of sight. */
const clipped = (name: string): string => {
  const letters = [...name];
  return letters.length > 60 ? `${letters.slice(0, 59).join('').trimEnd()}…` : name;
};

const invoicesOf = ({ lines }: ReminderMail): readonly ReminderLine[] => lines.filter((line) => line.kind === 'INVOICE');

const oldestDays = (invoices: readonly ReminderLine[]): number => invoices.reduce((most, line) => Math.max(most, line.daysPastDue), 0);

function summaryOf(mail: ReminderMail, language: MailLanguage): string {
  const invoices = invoicesOf(mail);
  const count = invoices.length;
  const oldest = language.pastDue(oldestDays(invoices));
  if (language.code === 'ar') return count === 1 ? oldest : `${language.invoices(count)}، أقدمها: ${oldest}`;
  return count === 1 ? oldest : `${language.invoices(count)}, the oldest ${oldest}`;
}

/** A contact that merely repeats the company's name, without a title, is no person; greeting it twice would read badly. */
function person(mail: LetterParties, language: MailLanguage): { readonly name: string; readonly title: string | null } | null {
  const { name, nameAr, title } = mail.recipient;
  if (name.trim() === '' || (name === mail.customer.name && !title)) return null;
  return { name: inLanguage(language, name, nameAr), title };
}

const contactPerson = ({ company }: LetterParties, language: MailLanguage): string =>
  company.contactPerson
    ? language.name(inLanguage(language, company.contactPerson, company.contactPersonAr))
    : language.labels.accountsTeam;

function blockValues(mail: ReminderMail, language: MailLanguage): BlockValues {
  const invoices = invoicesOf(mail);
  return {
    customer: { name: language.name(customerName(mail, language)), code: language.id(mail.customer.code) },
    company: {
      name: language.name(senderName(mail, language)),
      contact_person: contactPerson(mail, language),
      phone: mail.company.phone ? language.id(mail.company.phone) : '',
    },
    reference: language.id(mail.caseKey),
    level: mail.level,
    amount: mail.totals.map(({ minor, currency }) => language.amount(minor, currency)).join(' + '),
    as_of: language.day(mail.asOn),
    invoice_count: invoices.length,
    ...consolidatedValues(invoices, language),
    ...singleValues(invoices, language),
    ...(mail.finalDeadlineOn ? { deadline: language.day(mail.finalDeadlineOn) } : {}),
  };
}

/** Blank lines part paragraphs; single line ends are only how the text was typed. A run's letters share a few dozens of fillings. */
export const paragraphs = remembered(100, (text): readonly string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .filter((paragraph) => paragraph !== ''),
);

/** What only a reminder of several invoices can say. */
const consolidatedValues = (
  invoices: readonly ReminderLine[],
  language: MailLanguage,
): Pick<BlockValues, 'invoices' | 'oldest_days' | 'branch_count'> => ({
  invoices: language.invoices(invoices.length),
  oldest_days: language.days(oldestDays(invoices)),
  branch_count: new Set(invoices.map((line) => line.branchId)).size,
});

/** What only a reminder of one invoice can say. Residues may stand beside it; the largest is the one meant. */
function singleValues(invoices: readonly ReminderLine[], language: MailLanguage): Pick<BlockValues, 'invoice'> {
  const line = invoices.reduce<ReminderLine | null>((most, each) => (most && most.askedMinor >= each.askedMinor ? most : each), null);
  return {
    invoice: {
      number: line ? language.id(line.number) : '',
      reference: line?.customerReference ? language.id(line.customerReference) : '',
      due: line?.dueOn ? language.day(line.dueOn) : '',
      days: line ? language.days(line.daysPastDue) : '',
    },
  };
}

function writeTable(table: ItemTable, language: MailLanguage, attachesStatement: boolean): Table {
  const { labels } = language;
  return {
    currency: language.currency(table.currency),
    caption: `${labels.itemsOf} ${language.currency(table.currency)}`,
    hasReferences: table.groups.some((group) => group.lines.some((line) => line.customerReference)),
    groups: table.groups.map(({ branch, lines }) => ({
      heading: branch && {
        branch: `${language.name(branch.name)} (${language.id(branch.code)})`,
        total: `${labels.branchTotal}: ${language.amount(branch.totalMinor, table.currency)}`,
      },
      rows: lines.map((line) => writeRow(line, language)),
    })),
    rest: table.rest && {
      label: `${language.andMore(table.rest.count)} (${attachesStatement ? labels.moreInStatement : labels.moreOnRequest})`,
      total: language.figure(table.rest.totalMinor, table.currency),
    },
    total: language.amount(table.totalMinor, table.currency),
  };
}

function writeRow(line: ReminderLine, language: MailLanguage): Row {
  const isCredit = line.kind !== 'INVOICE';
  const setAsideMinor = line.balanceMinor - line.askedMinor;
  return {
    number: language.id(line.number),
    kind: line.kind === 'INVOICE' ? '' : language.credits[line.kind],
    reference: line.customerReference && headerText(line.customerReference) !== '' ? language.id(line.customerReference) : '',
    issued: language.day(line.issuedOn),
    due: line.dueOn && !isCredit ? language.day(line.dueOn) : '',
    days: isCredit ? '' : language.figure(BigInt(line.daysPastDue), WHOLE),
    pastDue: isCredit ? '' : language.pastDue(line.daysPastDue),
    total: language.figure(isCredit ? -line.totalMinor : line.totalMinor, line.currency),
    paid: paidOf(line, language),
    asked: language.figure(line.askedMinor, line.currency),
    note: !isCredit && setAsideMinor > 0n ? language.setAside(language.amount(setAsideMinor, line.currency)) : '',
  };
}

/** An invoice's total less its balance; of a credit, what other invoices already had of it. */
function paidOf(line: ReminderLine, { labels, figure }: MailLanguage): string {
  const isCredit = line.kind !== 'INVOICE';
  const paidMinor = line.totalMinor - (isCredit ? -line.balanceMinor : line.balanceMinor);
  return paidMinor > 0n ? `${isCredit ? labels.applied : labels.paid}: ${figure(paidMinor, line.currency)}` : '';
}

/** A currency without decimals, to write a plain count the way amounts are written. */
const WHOLE = 'JPY';

/** Accounts in the currencies asked; when none is, all of them, for the customer's bank can convert. */
function bankAccounts(mail: ReminderMail, language: MailLanguage): Half['bankAccounts'] {
  const { labels, id, name } = language;
  const asked = new Set(mail.totals.map(({ currency }) => currency));
  const matching = mail.company.bankAccounts.filter(({ currency }) => asked.has(currency));
  return (matching.length > 0 ? matching : mail.company.bankAccounts).map((account) => [
    {
      label: labels.bank,
      value: `${name(inLanguage(language, account.bankName, account.bankNameAr))} (${language.currency(account.currency)})`,
    },
    { label: labels.accountName, value: name(account.accountName) },
    { label: labels.iban, value: id(groupedIban(account.iban)) },
    ...(account.swift ? [{ label: labels.swift, value: id(account.swift) }] : []),
    { label: labels.paymentReference, value: id(mail.caseKey) },
  ]);
}

/** Groups of four, as IBANs are printed (ISO 13616), so that a digit is not lost when copied by hand. */
const groupedIban = (iban: string): string => iban.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');

export function letterSignature(mail: LetterParties, language: MailLanguage): readonly string[] {
  const { company } = mail;
  const { labels } = language;
  return [
    contactPerson(mail, language),
    language.name(senderName(mail, language)),
    ...(company.address ? [language.name(inLanguage(language, company.address, company.addressAr))] : []),
    ...(company.phone ? [`${labels.phone}: ${language.id(company.phone)}`] : []),
    `${labels.email}: ${language.id(company.email)}`,
    ...(company.trn ? [`${labels.trn}: ${language.id(company.trn)}`] : []),
  ];
}
