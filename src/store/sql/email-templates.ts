import type { Instant } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EscalationLevel } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';

/** Text blocks of one language, as LiquidJS source. */
export interface TemplateTexts {
  readonly subject: string;
  readonly body: string;
}

export interface NewEmailTemplate {
  readonly templateType: 'CONSOLIDATED_REMINDER' | 'URGENT_CONSOLIDATED_REMINDER' | 'FINAL_CONSOLIDATED_REMINDER' | 'INDIVIDUAL_REMINDER';
  readonly escalationLevel: EscalationLevel;
  readonly texts: { readonly EN: TemplateTexts; readonly AR: TemplateTexts };
  readonly supportsConsolidation: boolean;
  /** Items listed in the body; longer lists are summarised there and attached in full. */
  readonly maxInvoiceCount: number;
  /** Names of the variables the texts may use. */
  readonly consolidationVariables: readonly string[];
}

/** Stores first versions, active at once. */
export async function insertEmailTemplates(
  tx: CompanyTx,
  templates: readonly NewEmailTemplate[],
  createdBy: UserId,
  at: Instant,
): Promise<void> {
  await bulkInsert(tx, {
    table: 'email_templates',
    columns: [
      'template_type',
      'escalation_level',
      'number',
      'texts',
      'supports_consolidation',
      'max_invoice_count',
      'consolidation_variables',
      'is_active',
      'activated_at',
      'created_by',
    ],
    rows: templates.map((template) => [
      template.templateType,
      template.escalationLevel,
      1,
      JSON.stringify(template.texts),
      template.supportsConsolidation,
      template.maxInvoiceCount,
      JSON.stringify(template.consolidationVariables),
      true,
      at,
      createdBy,
    ]),
  });
}
