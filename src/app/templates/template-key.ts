/** How operators name a template: `consolidated/polite`, `individual/final`; each is one type and level of the table. */
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import { ESCALATION_LEVELS, type EscalationLevel } from '../../domain/vocabulary.ts';
import type { NewEmailTemplate } from '../../store/sql/email-templates.ts';

export interface TemplateKey {
  readonly name: string;
  readonly templateType: NewEmailTemplate['templateType'];
  readonly level: EscalationLevel;
  readonly supportsConsolidation: boolean;
}

const CONSOLIDATED_TYPES: Readonly<Record<EscalationLevel, NewEmailTemplate['templateType']>> = {
  POLITE: 'CONSOLIDATED_REMINDER',
  FIRM: 'CONSOLIDATED_REMINDER',
  URGENT: 'URGENT_CONSOLIDATED_REMINDER',
  FINAL: 'FINAL_CONSOLIDATED_REMINDER',
};

/** Every template there is, in the order they are shown. */
export const TEMPLATE_KEYS: readonly TemplateKey[] = [
  ...ESCALATION_LEVELS.map((level) => keyOf('consolidated', CONSOLIDATED_TYPES[level], level)),
  ...ESCALATION_LEVELS.map((level) => keyOf('individual', 'INDIVIDUAL_REMINDER', level)),
];

function keyOf(kind: 'consolidated' | 'individual', templateType: NewEmailTemplate['templateType'], level: EscalationLevel): TemplateKey {
  return { name: `${kind}/${level.toLowerCase()}`, templateType, level, supportsConsolidation: kind === 'consolidated' };
}

/** @throws OperatorError `template.unknown` */
export function readTemplateKey(text: string): TemplateKey {
  const found = TEMPLATE_KEYS.find(({ name }) => name === text.trim().toLowerCase());
  if (found) return found;
  throw new OperatorError({
    code: 'template.unknown',
    kind: 'usage',
    message: `There is no template ${JSON.stringify(safeText(text.slice(0, 40)))}.`,
    tryThis: `Use one of ${TEMPLATE_KEYS.map(({ name }) => name).join(', ')}.`,
  });
}
