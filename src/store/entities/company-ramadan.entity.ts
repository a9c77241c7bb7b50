/** When Ramadan really was, as the company recorded it: contact windows are shorter in it. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, createdAt, day, identity } from './column-types.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const CompanyRamadanSchema = defineEntity({
  ...tenantTable,
  name: 'CompanyRamadan',
  tableName: 'company_ramadans',
  comment: 'When Ramadan really was, once the moon was seen; the newest row of a key holds.',
  properties: {
    companyId: companyKey(),
    id: identity<'company-ramadan'>(),
    key: p.text().check(`key ~ '^ramadan-[0-9]{4}$'`),
    startsOn: day(),
    endsOn: day(),
    createdBy: () => belongsTo(User, 'created_by').nullable(),
    createdAt: createdAt(),
  },
  checks: [{ name: 'ramadan_has_29_or_30_days', expression: 'ends_on - starts_on >= 28 and ends_on - starts_on <= 29' }],
});

export class CompanyRamadan extends CompanyRamadanSchema.class {}
CompanyRamadanSchema.setClass(CompanyRamadan);
