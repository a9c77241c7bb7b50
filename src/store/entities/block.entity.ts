/** What keeps an item or an account out of reminders. */
import { defineEntity, p } from '@mikro-orm/core';

import { BLOCK_KINDS, BLOCK_OUTCOMES } from '../../domain/vocabulary.ts';
import { belongsTo, companyKey, createdAt, day, identity, instant, rowVersion } from './column-types.ts';
import { Customer, Invoice } from './customer.entity.ts';
import { ImportBatch } from './import-batch.entity.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const BlockSchema = defineEntity({
  ...tenantTable,
  name: 'Block',
  tableName: 'blocks',
  properties: {
    companyId: companyKey(),
    id: identity<'block'>(),
    customer: () => belongsTo(Customer, 'customer_id'),
    invoice: () => belongsTo(Invoice, 'invoice_id').nullable(),
    group: () => belongsTo(Block, 'group_id').nullable(),
    kind: p.enum(BLOCK_KINDS),
    amountMinor: p.bigint().check('amount_minor > 0').nullable(),
    reason: p.text().check('length(reason) >= 1 and length(reason) <= 1000'),
    reference: p.text().nullable(),
    startedOn: day(),
    promisedOn: day().comment('The day the customer named, or the date on the cheque; until_on is that day plus the grace.').nullable(),
    untilOn: day().nullable(),
    chequeNumber: p.text().nullable(),
    chequeBank: p.text().nullable(),
    chequeAmountMinor: p.bigint().check('cheque_amount_minor > 0').nullable(),
    chequeCurrency: p.text().check(`cheque_currency ~ '^[A-Z]{3}$'`).nullable(),
    askedBy: p.text().nullable(),
    importBatch: () => belongsTo(ImportBatch, 'import_batch_id').nullable(),
    recordedBy: () => belongsTo(User, 'recorded_by').nullable(),
    endedAt: instant().nullable(),
    endedBy: () => belongsTo(User, 'ended_by').nullable(),
    outcome: p.enum(BLOCK_OUTCOMES).nullable(),
    attendedAt: instant()
      .comment('When a person dealt with what ran out: a claim of payment nobody found, a cheque nobody heard of.')
      .nullable(),
    attendedBy: () => belongsTo(User, 'attended_by').nullable(),
    version: rowVersion(),
    createdAt: createdAt(),
  },
  indexes: [
    { name: 'blocks_standing', properties: ['companyId', 'customer'], where: 'ended_at is null' },
    { name: 'blocks_invoice', properties: ['companyId', 'invoice'], where: 'invoice_id is not null and ended_at is null' },
    { name: 'blocks_promises', properties: ['companyId', 'customer'], where: `kind = 'PROMISE' and outcome is not null` },
    { name: 'blocks_unattended', properties: ['companyId', 'kind', 'endedAt'], where: `outcome = 'EXPIRED' and attended_at is null` },
  ],
  checks: [
    { name: 'ended_has_outcome', expression: '(ended_at is null) = (outcome is null)' },
    { name: 'cheque_amount_has_a_currency', expression: '(cheque_amount_minor is null) = (cheque_currency is null)' },
    { name: 'attended_after_its_end', expression: 'attended_at is null or ended_at is not null' },
    { name: 'amount_needs_an_item', expression: 'amount_minor is null or invoice_id is not null' },
    { name: 'until_is_not_before_start', expression: 'until_on is null or until_on >= started_on' },
    { name: 'promise_names_a_day', expression: `kind <> 'PROMISE' or promised_on is not null` },
    { name: 'cheque_has_number_and_date', expression: `kind <> 'CHEQUE' or (promised_on is not null and cheque_number is not null)` },
  ],
});

export class Block extends BlockSchema.class {}
BlockSchema.setClass(Block);
