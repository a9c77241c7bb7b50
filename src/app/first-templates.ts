/**
 * The email templates a new company begins with: the texts that come with Wafa, copied once, so that a release never changes the
 * words a company sends.
 */
import type { EscalationLevel } from '../domain/vocabulary.ts';
import { mentionedConsolidation, readReminderTexts } from '../mail/reminder-texts.ts';
import { shippedTemplates } from '../mail/shipped-templates.ts';
import { packagePath } from '../package-root.ts';
import type { NewEmailTemplate } from '../store/sql/email-templates.ts';

/** Rows a letter can list and still be read; a longer list is summarised, and attached as a statement. */
const MOST_ITEMS = 150;

const CONSOLIDATED: readonly (readonly [NewEmailTemplate['templateType'], EscalationLevel])[] = [
  ['CONSOLIDATED_REMINDER', 'POLITE'],
  ['CONSOLIDATED_REMINDER', 'FIRM'],
  ['URGENT_CONSOLIDATED_REMINDER', 'URGENT'],
  ['FINAL_CONSOLIDATED_REMINDER', 'FINAL'],
];
const INDIVIDUAL: readonly EscalationLevel[] = ['POLITE', 'FIRM', 'URGENT', 'FINAL'];

/** @throws OperatorError `template.*` when a shipped text was edited into something unsafe. */
export function firstTemplates(): readonly NewEmailTemplate[] {
  const { consolidated, individual, closing } = shippedTemplates(packagePath('templates'));
  const template = (
    templateType: NewEmailTemplate['templateType'],
    escalationLevel: EscalationLevel,
    isConsolidated: boolean,
  ): NewEmailTemplate => {
    const texts = (isConsolidated ? consolidated : individual)[escalationLevel];
    // Compiled once here, so that a broken text is found now and not when the first reminder is due.
    const read = readReminderTexts(texts, closing, {
      level: escalationLevel,
      supportsConsolidation: isConsolidated,
      place: `the shipped ${escalationLevel} text`,
    });
    return {
      templateType,
      escalationLevel,
      texts,
      supportsConsolidation: isConsolidated,
      maxInvoiceCount: isConsolidated ? MOST_ITEMS : 1,
      consolidationVariables: isConsolidated ? mentionedConsolidation(read) : [],
    };
  };
  return [
    ...CONSOLIDATED.map(([type, level]) => template(type, level, true)),
    ...INDIVIDUAL.map((level) => template('INDIVIDUAL_REMINDER', level, false)),
  ];
}
