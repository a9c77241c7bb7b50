/** Calls, visits and notes: contacts that are not mail. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, createdAt, day, identity } from './column-types.ts';
import { Customer } from './customer.entity.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const ContactLogEntrySchema = defineEntity({
  ...tenantTable,
  name: 'ContactLogEntry',
  tableName: 'contact_log',
  properties: {
    companyId: companyKey(),
    id: identity<'contact-log-entry'>(),
    customer: () => belongsTo(Customer, 'customer_id'),
    kind: p.enum(['CALL', 'VISIT', 'WHATSAPP', 'LETTER', 'REPLY', 'NOTE']),
    happenedOn: day(),
    isContact: p.boolean().defaultRaw('false'),
    result: p.text().nullable(),
    note: p.text().nullable(),
    recordedBy: () => belongsTo(User, 'recorded_by').nullable(),
    createdAt: createdAt(),
  },
  indexes: [{ name: 'contact_log_customer', properties: ['companyId', 'customer', 'happenedOn'] }],
});

export class ContactLogEntry extends ContactLogEntrySchema.class {}
ContactLogEntrySchema.setClass(ContactLogEntry);
