/** Calls, visits and notes: contacts that are not mail. */
import { defineEntity, p } from '@mikro-orm/core';

import { CONTACT_KINDS } from '../../domain/vocabulary.ts';
import { belongsTo, companyKey, createdAt, day, identity, instant } from './column-types.ts';
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
    kind: p.enum(CONTACT_KINDS),
    happenedOn: day(),
    isContact: p.boolean().defaultRaw('false'),
    result: p.text().nullable(),
    note: p.text().nullable(),
    reference: p.text().nullable(),
    recordedBy: () => belongsTo(User, 'recorded_by').nullable(),
    createdAt: createdAt(),
    undoneAt: instant().nullable(),
    undoneBy: () => belongsTo(User, 'undone_by').nullable(),
  },
  uniques: [
    {
      name: 'contact_log_reference',
      properties: ['companyId', 'customer', 'reference'],
      where: 'reference is not null and undone_at is null',
    },
  ],
  indexes: [{ name: 'contact_log_customer', properties: ['companyId', 'customer', 'happenedOn'] }],
});

export class ContactLogEntry extends ContactLogEntrySchema.class {}
ContactLogEntrySchema.setClass(ContactLogEntry);
