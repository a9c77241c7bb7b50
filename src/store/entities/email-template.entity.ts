/** The texts of reminders, one active version per type and level. */
import { defineEntity, p } from '@mikro-orm/core';

import { ESCALATION_LEVELS } from '../../domain/vocabulary.ts';
import { belongsTo, companyKey, createdAt, identity, instant } from './column-types.ts';
import type { Json } from './json.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const EmailTemplateSchema = defineEntity({
  ...tenantTable,
  name: 'EmailTemplate',
  tableName: 'email_templates',
  properties: {
    companyId: companyKey(),
    id: identity<'email-template'>(),
    templateType: p.enum([
      'CONSOLIDATED_REMINDER',
      'URGENT_CONSOLIDATED_REMINDER',
      'FINAL_CONSOLIDATED_REMINDER',
      'INDIVIDUAL_REMINDER',
      'STATEMENT',
      'INVOICE_COPY',
    ]),
    escalationLevel: p.enum(ESCALATION_LEVELS).nullable(),
    number: p.integer().check('number > 0'),
    texts: p.json<Json>().comment('{"EN": {"subject", "body"}, "AR": {"subject", "body"}} as LiquidJS text blocks; the layout is code.'),
    supportsConsolidation: p.boolean(),
    maxInvoiceCount: p.integer().check('max_invoice_count > 0'),
    consolidationVariables: p.json<Json>().defaultRaw(`'[]'`),
    isActive: p.boolean().defaultRaw('false'),
    activatedAt: instant().comment('When the version was last put in force: going back means the one before, by this.').nullable(),
    note: p.text().nullable(),
    createdBy: () => belongsTo(User, 'created_by').nullable(),
    createdAt: createdAt(),
  },
  uniques: [
    { properties: ['companyId', 'templateType', 'escalationLevel', 'number'] },
    { name: 'email_templates_active', properties: ['companyId', 'templateType', 'escalationLevel'], where: 'is_active' },
  ],
  checks: [
    { name: 'one_item_without_consolidation', expression: 'supports_consolidation or max_invoice_count = 1' },
    { name: 'active_was_activated', expression: 'not is_active or activated_at is not null' },
  ],
});

export class EmailTemplate extends EmailTemplateSchema.class {}
EmailTemplateSchema.setClass(EmailTemplate);
