import type { Instant } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EscalationLevel } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import type { NewEmailTemplate, TemplateTexts } from './email-templates.ts';

export interface TemplateVersionRow {
  readonly id: number;
  readonly templateType: NewEmailTemplate['templateType'];
  readonly escalationLevel: EscalationLevel | null;
  readonly number: number;
  readonly texts: { readonly EN: TemplateTexts; readonly AR: TemplateTexts };
  readonly supportsConsolidation: boolean;
  readonly maxInvoiceCount: number;
  readonly consolidationVariables: readonly string[];
  readonly isActive: boolean;
  readonly activatedAt: Instant | null;
  readonly note: string | null;
  readonly createdBy: UserId | null;
  readonly createdByName: string | null;
  readonly createdAt: Instant;
}

/** Every version of every reminder text, by type and level, newest first, with who made it. */
export const reminderTemplates = (tx: CompanyTx): Promise<readonly TemplateVersionRow[]> =>
  tx.query<TemplateVersionRow>(
    `select t.id, t.template_type, t.escalation_level, t.number, t.texts, t.supports_consolidation, t.max_invoice_count,
            t.consolidation_variables, t.is_active, t.activated_at, t.note, t.created_by, u.display_name as created_by_name, t.created_at
       from email_templates t
       left join users u on u.company_id = t.company_id and u.id = t.created_by
      where t.company_id = $1 and t.escalation_level is not null
      order by t.template_type, t.escalation_level, t.number desc`,
    [tx.companyId],
  );

export type TemplateVersionToStore = NewEmailTemplate & { readonly note: string | null; readonly createdBy: UserId | null };

/** Stores the next version, not in force. @returns its number. The company's row is locked, so that numbers follow one another. */
export async function insertTemplateVersion(tx: CompanyTx, version: TemplateVersionToStore): Promise<number> {
  const row = await tx.one<{ readonly number: number }>(
    `insert into email_templates (company_id, template_type, escalation_level, number, texts, supports_consolidation, max_invoice_count,
                                  consolidation_variables, note, created_by)
     values ($1, $2, $3,
             (select coalesce(max(t.number), 0) + 1 from email_templates t
               where t.company_id = $1 and t.template_type = $2 and t.escalation_level = $3),
             $4, $5, $6, $7, $8, $9)
     returning number`,
    [
      tx.companyId,
      version.templateType,
      version.escalationLevel,
      JSON.stringify(version.texts),
      version.supportsConsolidation,
      version.maxInvoiceCount,
      JSON.stringify(version.consolidationVariables),
      version.note,
      version.createdBy,
    ],
  );
  return row.number;
}

/** Puts one version in force in place of the one that was. */
export async function putTemplateInForce(
  tx: CompanyTx,
  { id, templateType, escalationLevel }: Pick<TemplateVersionRow, 'id' | 'templateType' | 'escalationLevel'>,
  at: Instant,
): Promise<void> {
  await tx.query(
    'update email_templates set is_active = false where company_id = $1 and template_type = $2 and escalation_level = $3 and is_active',
    [tx.companyId, templateType, escalationLevel],
  );
  await tx.query('update email_templates set is_active = true, activated_at = $3 where company_id = $1 and id = $2', [
    tx.companyId,
    id,
    at,
  ]);
}
