/** Money received, and what it or a credit note was applied to. */
import { defineEntity, p } from '@mikro-orm/core';

import { PAYMENT_METHODS } from '../../domain/vocabulary.ts';
import { belongsTo, cameWith, companyKey, createdAt, day, identity, instant, rowVersion } from './column-types.ts';
import { Customer, Invoice } from './customer.entity.ts';
import { ImportBatch } from './import-batch.entity.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const PaymentSchema = defineEntity({
  ...tenantTable,
  name: 'Payment',
  tableName: 'payments',
  properties: {
    companyId: companyKey(),
    id: identity<'payment'>(),
    customer: () => belongsTo(Customer, 'customer_id'),
    reference: p.text().check('length(reference) >= 1 and length(reference) <= 140'),
    receivedOn: day(),
    currency: p.text().check(`currency ~ '^[A-Z]{3}$'`),
    amountMinor: p.bigint().check('amount_minor > 0'),
    unallocatedMinor: p.bigint(),
    method: p.enum(PAYMENT_METHODS),
    source: p.text(),
    importBatch: () => cameWith(ImportBatch).nullable(),
    recordedBy: () => belongsTo(User, 'recorded_by').nullable(),
    reversedAt: instant().nullable(),
    version: rowVersion(),
    createdAt: createdAt(),
    updatedAt: instant().defaultRaw('now()'),
  },
  uniques: [{ properties: ['companyId', 'customer', 'reference'] }],
  indexes: [
    { name: 'payments_unallocated', properties: ['companyId', 'customer'], where: 'unallocated_minor > 0' },
    { name: 'payments_reference', properties: ['companyId', 'reference'] },
  ],
  checks: [{ name: 'unallocated_is_part_of_amount', expression: 'unallocated_minor >= 0 and unallocated_minor <= amount_minor' }],
});

export class Payment extends PaymentSchema.class {}
PaymentSchema.setClass(Payment);

const AllocationSchema = defineEntity({
  ...tenantTable,
  name: 'Allocation',
  tableName: 'allocations',
  properties: {
    companyId: companyKey(),
    id: identity<'allocation'>(),
    kind: p.enum(['PAYMENT', 'CREDIT_NOTE', 'ADJUSTMENT', 'WRITE_OFF']),
    invoice: () => belongsTo(Invoice, 'invoice_id'),
    payment: () => belongsTo(Payment, 'payment_id').nullable(),
    creditNote: () => belongsTo(Invoice, 'credit_note_id').nullable(),
    amountMinor: p.bigint().check('amount_minor <> 0'),
    effectiveOn: day(),
    reason: p.text().nullable(),
    reverses: () => belongsTo(Allocation, 'reverses_id').nullable(),
    reference: p.text().nullable(),
    importBatch: () => cameWith(ImportBatch).nullable(),
    recordedBy: () => belongsTo(User, 'recorded_by').nullable(),
    createdAt: createdAt(),
  },
  uniques: [{ name: 'allocations_reverses', properties: ['companyId', 'reverses'], where: 'reverses_id is not null' }],
  indexes: [
    { name: 'allocations_invoice', properties: ['companyId', 'invoice', 'effectiveOn'] },
    { name: 'allocations_payment', properties: ['companyId', 'payment'], where: 'payment_id is not null' },
    { name: 'allocations_credit', properties: ['companyId', 'creditNote'], where: 'credit_note_id is not null' },
    { name: 'allocations_effective', properties: ['companyId', 'effectiveOn'] },
  ],
  checks: [
    { name: 'payment_allocation_names_it', expression: `(kind = 'PAYMENT') = (payment_id is not null)` },
    { name: 'only_a_reversal_is_negative', expression: '(amount_minor < 0) = (reverses_id is not null)' },
    { name: 'credit_allocation_names_it', expression: `(kind = 'CREDIT_NOTE') = (credit_note_id is not null)` },
    { name: 'adjustment_has_a_reason', expression: `(kind <> all (array['ADJUSTMENT', 'WRITE_OFF'])) or reason is not null` },
  ],
});

export class Allocation extends AllocationSchema.class {}
AllocationSchema.setClass(Allocation);
