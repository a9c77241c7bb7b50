/** Every policy a company has had; the newest is in force. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, createdAt, identity } from './column-types.ts';
import type { Json } from './json.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const PolicyVersionSchema = defineEntity({
  ...tenantTable,
  name: 'PolicyVersion',
  tableName: 'policy_versions',
  properties: {
    companyId: companyKey(),
    id: identity<'policy-version'>(),
    number: p.integer().check('number > 0'),
    document: p.json<Json>(),
    note: p.text().nullable(),
    createdBy: () => belongsTo(User, 'created_by').nullable(),
    createdAt: createdAt(),
  },
  uniques: [{ properties: ['companyId', 'number'] }],
});

export class PolicyVersion extends PolicyVersionSchema.class {}
PolicyVersionSchema.setClass(PolicyVersion);
