/** What came back about a mail: deliveries, bounces, replies. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, createdAt, identity, instant } from './column-types.ts';
import type { Json } from './json.ts';
import { Customer } from './customer.entity.ts';
import { EmailLog, Reminder } from './reminder.entity.ts';
import { tenantTable } from './tenant-table.ts';

const EmailEventSchema = defineEntity({
  ...tenantTable,
  name: 'EmailEvent',
  tableName: 'email_events',
  properties: {
    companyId: companyKey(),
    id: identity<'email-event'>(),
    emailLog: () => belongsTo(EmailLog, 'email_log_id').nullable(),
    consolidatedReminder: () => belongsTo(Reminder, 'consolidated_reminder_id').nullable(),
    kind: p.enum(['ACCEPTED', 'DELIVERED', 'RELAYED', 'DELAYED', 'BOUNCED', 'REFUSED', 'COMPLAINED', 'REPLIED', 'AUTO_REPLIED', 'SETTLED']),
    occurredAt: instant(),
    sourceKey: p.text(),
    evidence: p.json<Json>().defaultRaw(`'{}'`),
    createdAt: createdAt(),
  },
  uniques: [{ properties: ['companyId', 'sourceKey'] }],
  indexes: [
    { name: 'email_events_reminder', properties: ['companyId', 'consolidatedReminder', 'id'] },
    { name: 'email_events_recent', properties: ['companyId', 'createdAt'] },
    { name: 'email_events_returned', properties: ['companyId', 'occurredAt'], where: `kind in ('BOUNCED', 'COMPLAINED', 'REPLIED')` },
  ],
});

export class EmailEvent extends EmailEventSchema.class {}
EmailEventSchema.setClass(EmailEvent);

const MailReplySchema = defineEntity({
  ...tenantTable,
  name: 'MailReply',
  tableName: 'mail_replies',
  comment: 'What people answered: their first lines, which are erased when they have lain long enough.',
  properties: {
    companyId: companyKey(),
    id: identity<'mail-reply'>(),
    emailEvent: () => belongsTo(EmailEvent, 'email_event_id'),
    customer: () => belongsTo(Customer, 'customer_id'),
    fromAddress: p.text().check('length(from_address) <= 320').nullable(),
    firstLines: p.text().check('length(first_lines) <= 1600').nullable(),
    receivedAt: instant(),
    erasedAt: instant().nullable(),
    createdAt: createdAt(),
  },
  uniques: [{ properties: ['companyId', 'emailEvent'] }],
  indexes: [{ name: 'mail_replies_customer', properties: ['companyId', 'customer', 'id'] }],
  checks: [{ name: 'erased_is_empty', expression: 'erased_at is null or (first_lines is null and from_address is null)' }],
});

export class MailReply extends MailReplySchema.class {}
MailReplySchema.setClass(MailReply);
