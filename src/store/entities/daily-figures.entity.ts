/** Each day's figures: open invoices by age, and mails by what became of them. */
import { defineEntity, p } from '@mikro-orm/core';

import { SEGMENTS } from '../../domain/insight/segment.ts';
import { ESCALATION_LEVELS, LANGUAGES } from '../../domain/vocabulary.ts';
import { companyKey, day, identity, wholeNumber } from './column-types.ts';
import { tenantTable } from './tenant-table.ts';

const amount = (name: string) => p.bigint().check(`${name} >= 0`);
const count = (name: string) => p.integer().check(`${name} >= 0`);

const DailyBalanceSchema = defineEntity({
  ...tenantTable,
  name: 'DailyBalance',
  tableName: 'daily_balances',
  comment: 'Open invoices at the end of each day by age, and what was billed on it; a day without a row in daily_snapshots was not taken.',
  properties: {
    companyId: companyKey(),
    id: identity<'daily-balance'>(),
    snapshotOn: day(),
    currency: p.text().check(`currency ~ '^[A-Z]{3}$'`),
    billedMinor: amount('billed_minor'),
    currentMinor: amount('current_minor'),
    days_1_30Minor: amount('days_1_30_minor').fieldName('days_1_30_minor'),
    days_31_60Minor: amount('days_31_60_minor').fieldName('days_31_60_minor'),
    days_61_90Minor: amount('days_61_90_minor').fieldName('days_61_90_minor'),
    days_91_120Minor: amount('days_91_120_minor').fieldName('days_91_120_minor'),
    days_121_180Minor: amount('days_121_180_minor').fieldName('days_121_180_minor'),
    days_181_365Minor: amount('days_181_365_minor').fieldName('days_181_365_minor'),
    over_365Minor: amount('over_365_minor').fieldName('over_365_minor'),
    openItems: count('open_items'),
    overdueItems: count('overdue_items'),
    overdueAccounts: count('overdue_accounts'),
  },
  uniques: [{ properties: ['companyId', 'snapshotOn', 'currency'] }],
});

export class DailyBalance extends DailyBalanceSchema.class {}
DailyBalanceSchema.setClass(DailyBalance);

const DailyMailSchema = defineEntity({
  ...tenantTable,
  name: 'DailyMail',
  tableName: 'daily_mails',
  comment: 'Attempts to send reminders by what became of them, and what came back, each on the day it happened.',
  properties: {
    companyId: companyKey(),
    id: identity<'daily-mail'>(),
    snapshotOn: day(),
    escalationLevel: p.enum(ESCALATION_LEVELS),
    language: p.enum(LANGUAGES),
    segment: p.enum(SEGMENTS),
    attempts: count('attempts'),
    accepted: count('accepted'),
    temporary: count('temporary'),
    refused: count('refused'),
    uncertain: count('uncertain'),
    notSent: count('not_sent'),
    items: count('items'),
    promptly: count('promptly').comment('Of the accepted ones, those a server took within ten seconds.'),
    returned: count('returned'),
    complained: count('complained'),
    replied: count('replied'),
    acceptMs: wholeNumber().check('accept_ms >= 0'),
  },
  uniques: [{ properties: ['companyId', 'snapshotOn', 'escalationLevel', 'language', 'segment'] }],
});

export class DailyMail extends DailyMailSchema.class {}
DailyMailSchema.setClass(DailyMail);
