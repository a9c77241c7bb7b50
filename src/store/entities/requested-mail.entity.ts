/** Mail a customer asked for, and the invoices whose copies it carries. */
import { defineEntity, p } from '@mikro-orm/core';

import { REQUESTED_KINDS, REQUESTED_STATUSES } from '../../domain/requested-mail.ts';
import { LANGUAGES } from '../../domain/vocabulary.ts';
import { belongsTo, companyKey, createdAt, day, identity, instant, rowVersion, wholeNumber } from './column-types.ts';
import { Contact, Customer, Invoice } from './customer.entity.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const RequestedMailSchema = defineEntity({
  ...tenantTable,
  name: 'RequestedMail',
  tableName: 'requested_mails',
  properties: {
    companyId: companyKey(),
    id: identity<'requested-mail'>(),
    kind: p.enum(REQUESTED_KINDS),
    customer: () => belongsTo(Customer, 'customer_id'),
    contact: () => belongsTo(Contact, 'contact_id'),
    recipientName: p.text(),
    recipientNameAr: p.text().nullable(),
    recipientTitle: p.text().nullable(),
    recipientAddress: p.text().check(`recipient_address ~ '^[^@[:space:],;:<>"()]+@[^@[:space:],;:<>"()]+$'`),
    language: p.enum(LANGUAGES),
    asOn: day(),
    documentCount: p.integer().check('document_count > 0'),
    answersRequest: p.boolean(),
    isRepeat: p.boolean(),
    orderedBy: () => belongsTo(User, 'ordered_by').nullable(),
    orderedAt: instant(),
    orderedOn: day(),
    renderHash: p
      .text()
      .check(`render_hash ~ '^[0-9a-f]{64}$'`)
      .comment('Of the mail as it was ordered: what would read otherwise does not leave.'),
    messageId: p.text(),
    status: p.enum(REQUESTED_STATUSES),
    statusChangedAt: instant(),
    statusReason: p.text().nullable(),
    claimableAt: instant(),
    leaseUntil: instant().comment('Database time, like fence: never compared with business time.').nullable(),
    leaseHolder: p.uuid().nullable(),
    fence: wholeNumber().defaultRaw('0'),
    attemptCount: p.integer().defaultRaw('0').check('attempt_count >= 0'),
    sentAt: instant().nullable(),
    version: rowVersion(),
    createdAt: createdAt(),
  },
  uniques: [
    { properties: ['companyId', 'messageId'] },
    {
      name: 'requested_statement_once',
      properties: ['companyId', 'customer', 'asOn', 'orderedOn'],
      where: `kind = 'STATEMENT' and not is_repeat and status <> all (array['CANCELLED', 'REJECTED', 'FAILED'])`,
    },
  ],
  indexes: [
    { name: 'requested_claimable', properties: ['companyId', 'claimableAt'], where: `status = 'QUEUED'` },
    { name: 'requested_leased', properties: ['companyId', 'leaseUntil'], where: `status in ('LEASED', 'TRANSMITTING')` },
    { name: 'requested_customer', properties: ['companyId', 'customer', 'id'] },
  ],
  checks: [
    {
      name: 'leased_has_holder',
      expression: `(status <> all (array['LEASED', 'TRANSMITTING'])) or (lease_until is not null and lease_holder is not null)`,
    },
    { name: 'sent_has_instant', expression: `status <> 'SENT' or sent_at is not null` },
  ],
});

export class RequestedMail extends RequestedMailSchema.class {}
RequestedMailSchema.setClass(RequestedMail);

const RequestedMailDocumentSchema = defineEntity({
  ...tenantTable,
  name: 'RequestedMailDocument',
  tableName: 'requested_mail_documents',
  properties: {
    companyId: companyKey(),
    id: identity<'requested-mail-document'>(),
    requestedMail: () => belongsTo(RequestedMail, 'requested_mail_id'),
    invoice: () => belongsTo(Invoice, 'invoice_id'),
  },
  uniques: [{ properties: ['companyId', 'requestedMail', 'invoice'] }],
  indexes: [{ name: 'requested_documents_invoice', properties: ['companyId', 'invoice'] }],
});

export class RequestedMailDocument extends RequestedMailDocumentSchema.class {}
RequestedMailDocumentSchema.setClass(RequestedMailDocument);
