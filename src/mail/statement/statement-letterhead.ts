/** The lines at the head of a statement and the accounts at its foot: who writes, to whom, as of when, and where to pay. */
import { headerText } from '../../domain/safe-text.ts';
import type { MailLanguage } from '../mail-language.ts';
import { standingAlone } from '../reading-order.ts';
import type { Weight } from '../pdf/fonts.ts';
import type { StatementContent } from './statement-content.ts';
import type { StatementLanguage } from './statement-words.ts';

export interface LetterLine {
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly isQuiet: boolean;
}

export interface Letterhead {
  readonly sender: readonly LetterLine[];
  readonly heading: readonly LetterLine[];
  readonly customer: readonly LetterLine[];
}

export const inLanguage = (language: MailLanguage, english: string, arabic: string | null): string =>
  language.code === 'ar' ? (arabic ?? english) : english;

export function letterhead({ company, customer, statement }: StatementContent, languages: readonly StatementLanguage[]): Letterhead {
  const [first] = languages as [StatementLanguage, ...StatementLanguage[]]; // a statement is in one language at least
  const { labels } = first.mail;
  const address = inLanguage(first.mail, company.address ?? '', company.addressAr ?? company.address);
  return {
    sender: [
      ...once(languages.map(({ mail }) => inLanguage(mail, company.name, company.nameAr))).map((name, index) => large(name, index)),
      ...(address === '' ? [] : [quiet(standingAlone(headerText(address)))]),
      ...(company.phone ? [quiet(`${labels.phone}: ${first.mail.id(company.phone)}`)] : []),
      ...(company.trn ? [quiet(`${labels.trn}: ${first.mail.id(company.trn)}`)] : []),
    ],
    heading: [
      ...languages.map(({ words }, index) => large(words.title, index)),
      ...languages.map(({ mail }) => quiet(`${mail.labels.asOf} ${mail.day(statement.asOn)}`)),
    ],
    customer: [
      quiet(languages.map(({ words }) => words.customer).join('  |  ')),
      ...once(languages.map(({ mail }) => inLanguage(mail, customer.name, customer.nameAr))).map((name) => ({
        ...large(name, 1),
        weight: 'bold' as const,
      })),
      quiet(`${labels.account}: ${first.mail.id(customer.code)}`),
      ...(customer.trn ? [quiet(`${labels.trn}: ${first.mail.id(customer.trn)}`)] : []),
    ],
  };
}

const once = (texts: readonly string[]): readonly string[] => [...new Set(texts.map((text) => standingAlone(headerText(text))))];

const large = (text: string, index: number): LetterLine => ({
  text,
  size: index === 0 ? 14 : 11,
  weight: index === 0 ? 'bold' : 'regular',
  isQuiet: false,
});

const quiet = (text: string): LetterLine => ({ text, size: 8, weight: 'regular', isQuiet: true });

/** Accounts in the currencies of the statement; when none is, all of them, for the customer's bank can convert. */
export function bankAccountsFor(
  { company, statement }: StatementContent,
  { mail: language }: StatementLanguage,
): readonly (readonly { readonly label: string; readonly value: string }[])[] {
  const { labels } = language;
  const currencies = new Set(statement.currencies.map(({ currency }) => currency));
  const matching = company.bankAccounts.filter(({ currency }) => currencies.has(currency));
  return (matching.length > 0 ? matching : company.bankAccounts).map((account) => [
    { label: account.currency, value: standingAlone(headerText(inLanguage(language, account.bankName, account.bankNameAr))) },
    { label: labels.accountName, value: standingAlone(headerText(account.accountName)) },
    { label: labels.iban, value: groupedIban(headerText(account.iban)) },
    ...(account.swift ? [{ label: labels.swift, value: headerText(account.swift) }] : []),
  ]);
}

/** Groups of four, as IBANs are printed (ISO 13616), so that a digit is not lost when copied by hand. */
const groupedIban = (iban: string): string => iban.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');
