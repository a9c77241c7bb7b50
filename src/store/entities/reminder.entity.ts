/** Reminders with the rows they were composed of and every attempt to send them. */
import { defineEntity, p } from '@mikro-orm/core';

import type { ApprovalNeed, Priority } from '../../domain/decision.ts';
import {
  ATTEMPT_OUTCOMES,
  DELIVERY_STATUSES,
  ESCALATION_LEVELS,
  LANGUAGES,
  REMINDER_ORIGINS,
  REMINDER_TYPES,
} from '../../domain/vocabulary.ts';
import { belongsTo, companyKey, createdAt, day, identity, instant, rowVersion, wholeNumber } from './column-types.ts';
import { Contact, Customer, Invoice } from './customer.entity.ts';
import { EmailTemplate } from './email-template.entity.ts';
import type { Json } from './json.ts';
import { PlanRun } from './plan.entity.ts';
import { PolicyVersion } from './policy-version.entity.ts';
import { RequestedMail } from './requested-mail.entity.ts';
import { Payment } from './settlement.entity.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const ReminderSchema = defineEntity({
  ...tenantTable,
  name: 'Reminder',
  tableName: 'customer_consolidated_reminders',
  properties: {
    companyId: companyKey(),
    id: identity<'reminder'>(),
    customer: () => belongsTo(Customer, 'customer_id'),
    run: () => belongsTo(PlanRun, 'run_id').nullable(),
    reminderType: p.enum(REMINDER_TYPES),
    escalationLevel: p.enum(ESCALATION_LEVELS),
    origin: p.enum(REMINDER_ORIGINS),
    resendOf: () => belongsTo(Reminder, 'resend_of').nullable(),
    contact: () => belongsTo(Contact, 'contact_id'),
    recipientName: p.text(),
    recipientNameAr: p.text().nullable(),
    recipientTitle: p.text().nullable(),
    recipientAddress: p.text().check(`recipient_address ~ '^[^@[:space:],;:<>"()]+@[^@[:space:],;:<>"()]+$'`),
    language: p.enum(LANGUAGES),
    totals: p.json<readonly { readonly currency: string; readonly minor: string }[]>(),
    totalAmountMinor: p
      .bigint()
      .check('total_amount_minor > 0')
      .comment(
        'Net of all currencies in base currency; null when a rate is missing, which never stops a reminder but makes a person approve it.',
      )
      .nullable(),
    itemCount: p.integer().check('item_count > 0'),
    oldestDaysPastDue: p.integer().check('oldest_days_past_due > 0'),
    priorityScore: p.integer().check('priority_score >= 0 and priority_score <= 100'),
    atRiskMinor: p.bigint().check('at_risk_minor >= 0'),
    valueMinor: p.bigint().check('value_minor >= 0'),
    riskPpm: p.integer().check('risk_ppm >= 0 and risk_ppm <= 1000000'),
    priorityFactors: p.json<Priority['factors']>(),
    why: p.json<readonly string[]>(),
    asOn: day(),
    finalDeadlineOn: day().nullable(),
    scheduledFor: instant(),
    contactInterval: p.integer().check('contact_interval > 0'),
    nextEligibleContactOn: day(),
    template: () => belongsTo(EmailTemplate, 'template_id'),
    layoutVersion: p.integer(),
    attachesStatement: p.boolean().default(false),
    policyVersion: () => belongsTo(PolicyVersion, 'policy_version_id'),
    digest: p.text().check(`digest ~ '^[0-9a-f]{64}$'`),
    deliveryStatus: p.enum(DELIVERY_STATUSES),
    statusChangedAt: instant(),
    approvalNeeds: p.array().$type<ApprovalNeed[]>(),
    approvalKind: p.enum(['PERSON', 'RULE']).nullable(),
    approvedBy: () => belongsTo(User, 'approved_by').nullable(),
    approvedAt: instant().nullable(),
    approvalLapsesOn: day().nullable(),
    approvedDigest: p.text().nullable(),
    approvedRenderHash: p.text().nullable(),
    undoUntil: instant().nullable(),
    claimableAt: instant().nullable(),
    heldUntilOn: day().nullable(),
    isShaped: p.boolean().defaultRaw('false').comment('A person gave it its level or its items: the planner leaves it as it is.'),
    notBeforeAt: instant().comment('A person put it off: it leaves no earlier, however it is composed anew.').nullable(),
    statusReason: p.text().nullable(),
    reviewChanges: p.json<readonly string[]>().defaultRaw(`'[]'`),
    leaseUntil: instant().comment('Database time, like fence: never compared with business time.').nullable(),
    leaseHolder: p.uuid().nullable(),
    fence: wholeNumber().defaultRaw('0'),
    attemptCount: p.integer().defaultRaw('0').check('attempt_count >= 0'),
    contactedAt: instant()
      .comment('Business time of the latest gate: the day it counts as a contact, unless it was refused or returned.')
      .nullable(),
    messageId: p.text(),
    sentAt: instant().nullable(),
    deliveredAt: instant().nullable(),
    responseKind: p.enum(['REPLY', 'PROMISE', 'PAYMENT', 'DISPUTE']).nullable(),
    respondedAt: instant().nullable(),
    paidOn: day().nullable(),
    version: rowVersion(),
    createdAt: createdAt(),
    items: () => p.oneToMany(ReminderItem).mappedBy('reminder').orderBy({ position: 'asc' }),
    attempts: () => p.oneToMany(EmailLog).mappedBy('consolidatedReminder').orderBy({ attemptNumber: 'asc' }),
  },
  uniques: [{ properties: ['companyId', 'messageId'] }],
  indexes: [
    {
      name: 'reminders_queue',
      properties: ['companyId', 'atRiskMinor', 'oldestDaysPastDue', 'id'],
      columns: [{ name: 'companyId' }, { name: 'atRiskMinor', sort: 'DESC' }, { name: 'oldestDaysPastDue', sort: 'DESC' }, { name: 'id' }],
      where: `delivery_status in ('PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN')`,
    },
    {
      name: 'reminders_status',
      properties: ['companyId', 'deliveryStatus', 'atRiskMinor', 'oldestDaysPastDue', 'id'],
      columns: [
        { name: 'companyId' },
        { name: 'deliveryStatus' },
        { name: 'atRiskMinor', sort: 'DESC' },
        { name: 'oldestDaysPastDue', sort: 'DESC' },
        { name: 'id' },
      ],
    },
    { name: 'reminders_claimable', properties: ['companyId', 'claimableAt'], where: `delivery_status = 'QUEUED'` },
    { name: 'reminders_leased', properties: ['companyId', 'leaseUntil'], where: `delivery_status in ('LEASED', 'TRANSMITTING')` },
    { name: 'reminders_customer', properties: ['companyId', 'customer', 'id'] },
    { name: 'reminders_address', properties: ['companyId', 'recipientAddress', 'contactedAt'], where: 'contacted_at is not null' },
    { name: 'reminders_run', properties: ['companyId', 'run'], where: 'run_id is not null' },
    { name: 'reminders_sent', properties: ['companyId', 'sentAt'], where: 'sent_at is not null' },
    { name: 'reminders_template', properties: ['companyId', 'template'] },
  ],
  checks: [
    { name: 'minimum_two_items', expression: `item_count >= 2 or reminder_type = 'INDIVIDUAL'` },
    { name: 'resend_names_its_original', expression: `(origin = 'RESEND') = (resend_of is not null)` },
    {
      name: 'queued_is_approved',
      expression: `(delivery_status <> all (array['QUEUED', 'LEASED', 'TRANSMITTING'])) or (approval_kind is not null and claimable_at is not null)`,
    },
    {
      name: 'approval_binds_to_what_is_stored',
      expression: `(delivery_status <> all (array['QUEUED', 'LEASED', 'TRANSMITTING'])) or approved_digest = digest`,
    },
    { name: 'approval_binds_to_digest', expression: '(approval_kind is null) = (approved_digest is null)' },
    {
      name: 'a_person_approves_by_name',
      expression: `(approval_kind is distinct from 'PERSON') or (approved_by is not null and approved_render_hash is not null)`,
    },
    { name: 'leased_has_holder', expression: `delivery_status <> 'LEASED' or (lease_until is not null and lease_holder is not null)` },
    { name: 'sent_has_instant', expression: `(delivery_status <> all (array['SENT', 'DELIVERED'])) or sent_at is not null` },
    { name: 'final_names_a_date', expression: `(escalation_level = 'FINAL') = (final_deadline_on is not null)` },
  ],
});

export class Reminder extends ReminderSchema.class {}
ReminderSchema.setClass(Reminder);

const ReminderItemSchema = defineEntity({
  ...tenantTable,
  name: 'ReminderItem',
  tableName: 'consolidated_reminder_items',
  properties: {
    companyId: companyKey(),
    id: identity<'reminder-item'>(),
    reminder: () => belongsTo(Reminder, 'reminder_id'),
    position: p.integer().check('"position" > 0'),
    kind: p.enum(['INVOICE', 'CREDIT_NOTE', 'ADVANCE', 'ON_ACCOUNT']),
    invoice: () => belongsTo(Invoice, 'invoice_id').nullable(),
    payment: () => belongsTo(Payment, 'payment_id').nullable(),
    number: p.text(),
    customerReference: p.text().nullable(),
    branch: () => belongsTo(Customer, 'branch_id'),
    branchCode: p.text(),
    branchName: p.text(),
    issuedOn: day(),
    dueOn: day().nullable(),
    daysPastDue: p.integer().check('days_past_due >= 0'),
    currency: p.text().check(`currency ~ '^[A-Z]{3}$'`),
    totalMinor: p.bigint(),
    balanceMinor: p.bigint(),
    askedMinor: p.bigint().check('asked_minor <> 0'),
    live: p.boolean(),
  },
  uniques: [
    { properties: ['companyId', 'reminder', 'position'] },
    { name: 'reminder_items_live_invoice', properties: ['companyId', 'invoice'], where: 'live and invoice_id is not null' },
    { name: 'reminder_items_live_payment', properties: ['companyId', 'payment'], where: 'live and payment_id is not null' },
  ],
  indexes: [{ name: 'reminder_items_invoice', properties: ['companyId', 'invoice'], where: 'invoice_id is not null' }],
  checks: [
    { name: 'item_has_one_source', expression: 'num_nonnulls(invoice_id, payment_id) = 1' },
    { name: 'credits_are_negative', expression: `(kind = 'INVOICE') = (asked_minor > 0)` },
    { name: 'cash_is_a_payment', expression: `(kind = 'ON_ACCOUNT') = (payment_id is not null)` },
  ],
});

export class ReminderItem extends ReminderItemSchema.class {}
ReminderItemSchema.setClass(ReminderItem);

const EmailLogSchema = defineEntity({
  ...tenantTable,
  name: 'EmailLog',
  tableName: 'email_logs',
  properties: {
    companyId: companyKey(),
    id: identity<'attempt'>(),
    consolidatedReminder: () => belongsTo(Reminder, 'consolidated_reminder_id').nullable(),
    requestedMail: () => belongsTo(RequestedMail, 'requested_mail_id').nullable(),
    customer: () => belongsTo(Customer, 'customer_id'),
    mailKind: p.enum(['REMINDER', 'STATEMENT', 'COPY']),
    attemptNumber: p.integer().check('attempt_number > 0'),
    messageId: p.text(),
    recipientAddress: p.text(),
    transport: p.enum(['smtp', 'outbox']),
    relay: p.text(),
    fence: wholeNumber(),
    sender: p.uuid(),
    startedAt: instant(),
    businessAt: instant(),
    phase: p.enum(['CONNECTING', 'BODY_HANDED_OVER', 'ANSWERED']),
    outcome: p.enum(ATTEMPT_OUTCOMES).nullable(),
    replyCode: p.integer().nullable(),
    replyText: p.text().check('length(reply_text) <= 500').nullable(),
    finishedAt: instant().nullable(),
    digest: p.text(),
    renderHash: p.text(),
    invoiceCount: p.integer().check('invoice_count > 0'),
    consolidationSavings: p
      .integer()
      .check('consolidation_savings >= 0 and consolidation_savings <= 100')
      .comment('100 (n - 1) / n, the share of single emails this one replaced.'),
    consolidationMetadata: p.json<Json>().defaultRaw(`'{}'`),
    relayMessageId: p
      .text()
      .check('length(relay_message_id) >= 1 and length(relay_message_id) <= 200')
      .comment('The name the mail server gave the message: in its log, and at some in place of our Message-ID.')
      .nullable(),
  },
  uniques: [
    { properties: ['companyId', 'consolidatedReminder', 'attemptNumber'] },
    { properties: ['companyId', 'requestedMail', 'attemptNumber'] },
  ],
  indexes: [
    { name: 'email_logs_started', properties: ['companyId', 'businessAt'] },
    { name: 'email_logs_customer', properties: ['companyId', 'customer', 'id'] },
    { name: 'email_logs_relay_name', properties: ['companyId', 'relayMessageId'], where: `relay ~~ 'email-smtp.%'` },
    { name: 'email_logs_open', properties: ['companyId', 'sender'], where: `outcome is null or outcome = 'UNCERTAIN'` },
  ],
  checks: [
    { name: 'finished_has_outcome', expression: '(finished_at is null) = (outcome is null)' },
    {
      name: 'attempt_is_of_one_mail',
      expression: `requested_mail_id is null or (consolidated_reminder_id is null and mail_kind <> 'REMINDER')`,
    },
  ],
});

export class EmailLog extends EmailLogSchema.class {}
EmailLogSchema.setClass(EmailLog);
