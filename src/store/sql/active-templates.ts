import type { EscalationLevel } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import type { NewEmailTemplate, TemplateTexts } from './email-templates.ts';

export interface ActiveTemplate {
  readonly id: number;
  readonly templateType: NewEmailTemplate['templateType'];
  readonly escalationLevel: EscalationLevel | null;
  readonly number: number;
  readonly maxInvoiceCount: number;
}

/** The text in use for each type and level. */
export const activeTemplates = (tx: CompanyTx): Promise<readonly ActiveTemplate[]> =>
  tx.query<ActiveTemplate>(
    'select id, template_type, escalation_level, number, max_invoice_count from email_templates where company_id = $1 and is_active order by id',
    [tx.companyId],
  );

export interface TemplateVersion {
  readonly id: number;
  readonly texts: { readonly EN: TemplateTexts; readonly AR: TemplateTexts };
  readonly escalationLevel: EscalationLevel | null;
  readonly supportsConsolidation: boolean;
  readonly maxInvoiceCount: number;
}

/** Versions by id, in use or not: a reminder keeps the words it was composed with. */
export const templateVersions = (tx: CompanyTx, ids: readonly number[]): Promise<readonly TemplateVersion[]> =>
  tx.query<TemplateVersion>(
    'select id, texts, escalation_level, supports_consolidation, max_invoice_count from email_templates where company_id = $1 and id = any($2::bigint[]) order by id',
    [tx.companyId, ids],
  );
