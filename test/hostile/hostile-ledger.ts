/** Ledgers in which one text stands wherever an operator's system could put it, and what a harmless ledger of the same shape gives. */
import type { Session } from '../../src/app/session.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';

/** One customer about whom everything is the text under test. */
export interface HostileCustomer {
  readonly code: string;
  readonly address: string;
  readonly text: string;
}

export const HARMLESS = 'Harmless Trading LLC';

export const hostileCustomers = (texts: readonly string[]): readonly HostileCustomer[] =>
  [HARMLESS, ...texts].map((text, index) => ({ code: `H-${index}`, address: `ap@h${index}.example`, text }));

/** Document numbers and references are shorter than names, and numbers are no formulas. */
const LONGEST_NUMBER = 100;
const LONGEST_REFERENCE = 140;
const isNumber = (text: string): boolean => text.length <= LONGEST_NUMBER && !/^\s*[=@+-]/.test(text);

/** Two invoices each: the text is the customer's, the contact's and their title, a reference, and a document's number where it can be. */
export async function importHostileLedger(session: Session, customers: readonly HostileCustomer[]): Promise<void> {
  await importSmallLedger(session, {
    customers: customers.map(({ code, address, text }) =>
      customer(code, { name: text, name_ar: text, email: address, contact_name: text, contact_title: text }),
    ),
    invoices: customers.flatMap(({ code, text }) => [
      invoice(
        code,
        `${code}-1`,
        '5000',
        '2026-11-02',
        text.length <= LONGEST_REFERENCE ? { customer_reference: text } : { customer_reference: 'LPO' },
      ),
      invoice(code, isNumber(text) ? text : `${code}-2`, '3200', '2026-11-05'),
    ]),
  });
}
