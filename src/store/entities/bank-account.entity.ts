/** Where customers are asked to pay. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, createdAt, identity, instant } from './column-types.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const BankAccountSchema = defineEntity({
  ...tenantTable,
  name: 'BankAccount',
  tableName: 'bank_accounts',
  properties: {
    companyId: companyKey(),
    id: identity<'bank-account'>(),
    bankName: p.text(),
    bankNameAr: p.text().nullable(),
    accountName: p.text(),
    iban: p.text().check(`iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'`),
    swift: p.text().check(`swift ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'`).nullable(),
    currency: p.text().check(`currency ~ '^[A-Z]{3}$'`),
    requestedBy: () => belongsTo(User, 'requested_by').nullable(),
    approvedBy: () => belongsTo(User, 'approved_by').nullable(),
    effectiveAt: instant().comment('Printed in mails only from this instant on: a change takes a second person and 24 hours.').nullable(),
    retiredAt: instant().nullable(),
    replaces: () => belongsTo(BankAccount, 'replaces_id').nullable(),
    createdAt: createdAt(),
  },
  checks: [{ name: 'effective_is_approved', expression: 'effective_at is null or approved_by is not null' }],
});

export class BankAccount extends BankAccountSchema.class {}
BankAccountSchema.setClass(BankAccount);
