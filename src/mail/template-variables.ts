/**
 * The one vocabulary of template texts: every variable an operator's text may mention, in which texts, and what stands for it. Checked
 * when a text is saved, filled in when a mail is rendered, and printed in docs/templates.md.
 */
import type { EscalationLevel } from '../domain/vocabulary.ts';

/** `consolidated`: reminders of several invoices; `single`: reminders of one; `final`: the body of a FINAL. */
type VariableScope = 'every' | 'consolidated' | 'single' | 'final';

export interface TemplateVariable {
  readonly name: string;
  readonly scope: VariableScope;
  readonly about: string;
  /** As an English and an Arabic text would read it; isolates left out. */
  readonly example: readonly [english: string, arabic: string];
}

export const TEMPLATE_VARIABLES: readonly TemplateVariable[] = [
  {
    name: 'customer.name',
    scope: 'every',
    about: "the customer's name in the text's language, else in the other",
    example: ['Al Noor Trading LLC', 'شركة النور للتجارة ذ.م.م'],
  },
  { name: 'customer.code', scope: 'every', about: "the customer's account number", example: ['C-104', 'C-104'] },
  {
    name: 'company.name',
    scope: 'every',
    about: 'your company',
    example: ['Falcon Building Materials LLC', 'شركة الصقر لمواد البناء ذ.م.م'],
  },
  {
    name: 'company.contact_person',
    scope: 'every',
    about: 'the person to ask for, or the accounts team',
    example: ['Mariam Haddad', 'مريم حداد'],
  },
  {
    name: 'company.phone',
    scope: 'every',
    about: 'your phone number; empty when none is set',
    example: ['+971 4 123 4567', '+971 4 123 4567'],
  },
  {
    name: 'reference',
    scope: 'every',
    about: 'the reference of the case; keep it in the subject, so that answers and payments find it',
    example: ['C-104', 'C-104'],
  },
  { name: 'level', scope: 'every', about: 'POLITE, FIRM, URGENT or FINAL; for conditions', example: ['FIRM', 'FIRM'] },
  { name: 'amount', scope: 'every', about: 'the sum asked, one per currency', example: ['AED 10,000.00', '10,000.00 درهم'] },
  { name: 'as_of', scope: 'every', about: 'the day the sums are of', example: ['4 December 2026', '4 ديسمبر 2026'] },
  { name: 'invoice_count', scope: 'consolidated', about: 'how many invoices, as a bare number; for conditions', example: ['12', '12'] },
  {
    name: 'invoices',
    scope: 'consolidated',
    about: 'how many invoices, in words that agree with the number',
    example: ['12 invoices', '12 فاتورة'],
  },
  { name: 'oldest_days', scope: 'consolidated', about: 'how long the oldest is past due', example: ['96 days', '96 يومًا'] },
  {
    name: 'branch_count',
    scope: 'consolidated',
    about: "how many of the customer's branches they belong to; for conditions",
    example: ['3', '3'],
  },
  { name: 'invoice.number', scope: 'single', about: "the invoice's number", example: ['2026-1001', '2026-1001'] },
  {
    name: 'invoice.reference',
    scope: 'single',
    about: "the customer's own reference (LPO); empty when there is none",
    example: ['LPO-45001', 'LPO-45001'],
  },
  { name: 'invoice.due', scope: 'single', about: 'the day it was due', example: ['4 November 2026', '4 نوفمبر 2026'] },
  { name: 'invoice.days', scope: 'single', about: 'how long it is past due', example: ['30 days', '30 يومًا'] },
  {
    name: 'deadline',
    scope: 'final',
    about: 'the date a FINAL names; its body must mention it',
    example: ['17 December 2026', '17 ديسمبر 2026'],
  },
];

/** Where a text stands: what it may mention follows from it. */
export interface TextPlace {
  readonly level: EscalationLevel;
  readonly kind: 'subject' | 'body' | 'closing';
  readonly supportsConsolidation: boolean;
}

/** Names of the variables a text may mention. */
export const variablesFor = (place: TextPlace): readonly string[] =>
  TEMPLATE_VARIABLES.filter(({ name, scope }) => mayMention(place, name, scope)).map(({ name }) => name);

function mayMention({ level, kind, supportsConsolidation }: TextPlace, name: string, scope: VariableScope): boolean {
  switch (scope) {
    case 'every':
      return true;
    // The count is 1 in a reminder of one invoice, so a text written for both may ask for it.
    case 'consolidated':
      return supportsConsolidation || name === 'invoice_count';
    case 'single':
      return !supportsConsolidation;
    case 'final':
      return level === 'FINAL' && kind === 'body';
  }
}

/** The variables that only texts about several invoices have. */
export const CONSOLIDATION_VARIABLES: readonly string[] = TEMPLATE_VARIABLES.filter(({ scope }) => scope === 'consolidated').map(
  ({ name }) => name,
);
