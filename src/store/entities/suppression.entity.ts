/** Addresses that get no mail. */
import { defineEntity, p } from '@mikro-orm/core';

import { SUPPRESSION_REASONS } from '../../domain/vocabulary.ts';
import { belongsTo, companyKey, createdAt, day, identity, instant } from './column-types.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const SuppressionSchema = defineEntity({
  ...tenantTable,
  name: 'Suppression',
  tableName: 'suppressions',
  properties: {
    companyId: companyKey(),
    id: identity<'suppression'>(),
    address: p.text().check('length(address) >= 3 and length(address) <= 254'),
    reason: p.enum(SUPPRESSION_REASONS),
    evidence: p.text().nullable(),
    createdBy: () => belongsTo(User, 'created_by').nullable(),
    createdAt: createdAt(),
    expiresOn: day().nullable(),
    liftedAt: instant().nullable(),
    liftedBy: () => belongsTo(User, 'lifted_by').nullable(),
  },
  uniques: [{ name: 'suppressions_standing', properties: ['companyId', 'address'], where: 'lifted_at is null' }],
});

export class Suppression extends SuppressionSchema.class {}
SuppressionSchema.setClass(Suppression);
