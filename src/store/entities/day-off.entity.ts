/** The company's own rows of the contact calendar. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, createdAt, day, identity } from './column-types.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const CompanyDayOffSchema = defineEntity({
  ...tenantTable,
  name: 'CompanyDayOff',
  tableName: 'days_off',
  properties: {
    companyId: companyKey(),
    id: identity<'company-day-off'>(),
    key: p.text().check('length(key) >= 1 and length(key) <= 100'),
    scope: p.text(),
    offOn: day(),
    status: p.enum(['statutory', 'expected', 'announced', 'confirmed', 'withdrawn']),
    source: p.text(),
    announcedOn: day().nullable(),
    supersedes: p.text().nullable(),
    isMourning: p.boolean().nullable().comment('Null: as the other rows of the occasion say; the same holds for is_eid and is_movable.'),
    isEid: p.boolean().nullable(),
    isMovable: p.boolean().nullable(),
    createdBy: () => belongsTo(User, 'created_by').nullable(),
    createdAt: createdAt(),
  },
  indexes: [{ name: 'days_off_day', properties: ['companyId', 'offOn'] }],
});

export class CompanyDayOff extends CompanyDayOffSchema.class {}
CompanyDayOffSchema.setClass(CompanyDayOff);
