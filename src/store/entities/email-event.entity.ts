/** What came back about a mail: deliveries, bounces, replies. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, createdAt, identity, instant } from './column-types.ts';
import type { Json } from './json.ts';
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
  indexes: [{ name: 'email_events_reminder', properties: ['companyId', 'consolidatedReminder', 'id'] }],
});

export class EmailEvent extends EmailEventSchema.class {}
EmailEventSchema.setClass(EmailEvent);
