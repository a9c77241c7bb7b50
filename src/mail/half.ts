/**
 * One language's half of a reminder as finished words, before any layout: the HTML and the plain-text part are both laid out
 * from it, so they cannot disagree. All strings are text (never HTML), with isolates around numbers and names.
 */
import type { ReminderLine } from '../domain/decision.ts';
import { itemTables, type ItemTable } from './item-tables.ts';
import type { MailLanguage } from './mail-language.ts';
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
  readonly days: string;
  readonly total: string;
  readonly asked: string;
  readonly note: string;
}

export interface RowGroup {
  readonly heading: { readonly branch: string; readonly total: string } | null;
  readonly rows: readonly Row[];
}

export interface Table {
  readonly currency: string;
  readonly hasReferences: boolean;
  readonly groups: readonly RowGroup[];
  readonly rest: { readonly label: string; readonly total: string } | null;
  readonly total: string;
}

export interface Half {
  readonly language: MailLanguage;
  readonly subject: string;
  readonly sender: string;
  /** Account and case reference, for the top of the letter. */
  readonly heading: readonly { readonly label: string; readonly value: string }[];
  readonly greeting: readonly string[];
  readonly opening: readonly string[];
  /** The sum asked, one per currency, with its day. */
  readonly summary: { readonly label: string; readonly amounts: readonly string[]; readonly asOf: string };
  readonly tables: readonly Table[];
  readonly bankAccounts: readonly (readonly { readonly label: string; readonly value: string }[])[];
  readonly bankNote: string;
  readonly closing: readonly string[];
  readonly signature: readonly string[];
}

export function writeHalf(mail: ReminderMail, language: MailLanguage, blocks: LanguageTexts, mostRows: number): Half {
  const { labels } = language;
  const values = blockValues(mail, language);
  return {
    language,
    subject: blocks.subject.fill({
      ...values,
      customer: { ...values.customer, name: language.name(clipped(customerName(mail, language))) },
    }),
    sender: language.name(senderName(mail, language)),
    heading: [
      { label: labels.account, value: `${language.name(customerName(mail, language))} (${language.id(mail.customer.code)})` },
      ...(mail.customer.trn ? [{ label: labels.trn, value: language.id(mail.customer.trn) }] : []),
      { label: labels.ourReference, value: language.id(mail.caseKey) },
    ],
    greeting: language.greeting(customerName(mail, language), person(mail, language)),
    opening: [...paragraphs(blocks.body.fill(values)), ...(mail.attachesStatement ? [labels.statementAttached] : [])],
    summary: {
      label: labels.amountDue,
      amounts: mail.totals.map(({ minor, currency }) => language.amount(minor, currency)),
      asOf: `${labels.asOf} ${language.day(mail.asOn)}`,
    },
    tables: itemTables(mail.lines, mail.totals, mostRows).map((table) => writeTable(table, language, mail.attachesStatement)),
    bankAccounts: bankAccounts(mail, language),
    bankNote: labels.bankNote,
    closing: paragraphs(blocks.closing.fill(values)),
    signature: signature(mail, language),
  };
}

const inLanguage = (language: MailLanguage, english: string, arabic: string | null): string =>
  language.code === 'ar' ? (arabic ?? english) : english;
const senderName = (mail: ReminderMail, language: MailLanguage): string => inLanguage(language, mail.company.name, mail.company.nameAr);
const customerName = (mail: ReminderMail, language: MailLanguage): string => inLanguage(language, mail.customer.name, mail.customer.nameAr);

/** Mail clients show about 70 characters of a subject; a longer name would push the reference out of sight. */
const clipped = (name: string): string => {
  const letters = [...name];
  return letters.length > 60 ? `${letters.slice(0, 59).join('').trimEnd()}…` : name;
};

/** A contact that merely repeats the company's name is no person; greeting it twice would read badly. */
function person(mail: ReminderMail, language: MailLanguage): { readonly name: string; readonly title: string | null } | null {
  const { name, nameAr, title } = mail.recipient;
  if (name.trim() === '' || name === mail.customer.name) return null;
  return { name: inLanguage(language, name, nameAr), title };
}

const contactPerson = ({ company }: ReminderMail, language: MailLanguage): string =>
  company.contactPerson
    ? language.name(inLanguage(language, company.contactPerson, company.contactPersonAr))
    : language.labels.accountsTeam;

function blockValues(mail: ReminderMail, language: MailLanguage): BlockValues {
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
    invoice_count: mail.lines.filter((line) => line.kind === 'INVOICE').length,
    ...(mail.finalDeadlineOn ? { deadline: language.day(mail.finalDeadlineOn) } : {}),
  };
}

/** Blank lines part paragraphs; single line ends are only how the text was typed. */
const paragraphs = (text: string): readonly string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');

function writeTable(table: ItemTable, language: MailLanguage, attachesStatement: boolean): Table {
  const { labels } = language;
  return {
    currency: language.currency(table.currency),
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
    reference: line.customerReference ? language.id(line.customerReference) : '',
    issued: language.day(line.issuedOn),
    due: line.dueOn && !isCredit ? language.day(line.dueOn) : '',
    days: isCredit ? '' : language.figure(BigInt(line.daysPastDue), WHOLE),
    total: language.figure(isCredit ? -line.totalMinor : line.totalMinor, line.currency),
    asked: language.figure(line.askedMinor, line.currency),
    note: !isCredit && setAsideMinor > 0n ? language.setAside(language.amount(setAsideMinor, line.currency)) : '',
  };
}

/** A currency without decimals, to write a plain count the way amounts are written. */
const WHOLE = 'JPY';

/** Accounts in the currencies asked; when none is, all of them, for the customer's bank can convert. */
function bankAccounts(mail: ReminderMail, language: MailLanguage): Half['bankAccounts'] {
  const { labels, id, name } = language;
  const asked = new Set(mail.totals.map(({ currency }) => currency));
  const matching = mail.company.bankAccounts.filter(({ currency }) => asked.has(currency));
  return (matching.length > 0 ? matching : mail.company.bankAccounts).map((account) => [
    { label: labels.bank, value: `${name(inLanguage(language, account.bankName, account.bankNameAr))} (${id(account.currency)})` },
    { label: labels.accountName, value: name(account.accountName) },
    { label: labels.iban, value: id(groupedIban(account.iban)) },
    ...(account.swift ? [{ label: labels.swift, value: id(account.swift) }] : []),
  ]);
}

/** Groups of four, as IBANs are printed (ISO 13616), so that a digit is not lost when copied by hand. */
const groupedIban = (iban: string): string => iban.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');

function signature(mail: ReminderMail, language: MailLanguage): readonly string[] {
  const { company } = mail;
  const { labels } = language;
  return [
    contactPerson(mail, language),
    language.name(senderName(mail, language)),
    ...(company.address ? [language.name(inLanguage(language, company.address, company.addressAr))] : []),
    ...(company.phone ? [`${labels.phone}: ${language.id(company.phone)}`] : []),
    ...(company.trn ? [`${labels.trn}: ${language.id(company.trn)}`] : []),
  ];
}
