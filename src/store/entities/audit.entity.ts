/** The chain of events and its end. The application appends, it never changes. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, instant, wholeNumber } from './column-types.ts';
import type { Json } from './json.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const AuditHeadSchema = defineEntity({
  ...tenantTable,
  name: 'AuditHead',
  tableName: 'audit_heads',
  comment: `End of each company's chain; its row lock makes the sequence gapless.`,
  properties: {
    companyId: companyKey(),
    lastId: wholeNumber().defaultRaw('0').check('last_id >= 0'),
    lastHash: p.text(),
  },
});

export class AuditHead extends AuditHeadSchema.class {}
AuditHeadSchema.setClass(AuditHead);

const AuditLogSchema = defineEntity({
  ...tenantTable,
  name: 'AuditLog',
  tableName: 'audit_logs',
  comment: 'Append-only: the application may insert and read, never change. Free of names, addresses and message text.',
  properties: {
    companyId: companyKey(),
    id: wholeNumber().primary().autoincrement(false).check('id > 0'),
    recordedAt: instant(),
    businessAt: instant(),
    actorKind: p.enum(['USER', 'DAEMON', 'SYSTEM']),
    actorUser: () => belongsTo(User, 'actor_user_id').nullable(),
    verb: p.text(),
    objectKind: p.text(),
    objectId: wholeNumber().nullable(),
    fromState: p.text().nullable(),
    toState: p.text().nullable(),
    reason: p.text().nullable(),
    detail: p.json<Json>().defaultRaw(`'{}'`),
    programVersion: p.text(),
    previousHash: p.text().check(`previous_hash ~ '^[0-9a-f]{64}$'`),
    hash: p.text().check(`hash ~ '^[0-9a-f]{64}$'`),
  },
  indexes: [
    { name: 'audit_logs_object', properties: ['companyId', 'objectKind', 'objectId', 'id'] },
    { name: 'audit_logs_people', properties: ['companyId', 'businessAt'], where: `actor_kind = 'USER'` },
  ],
});

export class AuditLog extends AuditLogSchema.class {}
AuditLogSchema.setClass(AuditLog);
