/** Runs of the planner, what they decided and why an account was left alone. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, day, identity, instant, wholeNumber } from './column-types.ts';
import { Customer } from './customer.entity.ts';
import type { Json } from './json.ts';
import { PolicyVersion } from './policy-version.entity.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const PlanRunSchema = defineEntity({
  ...tenantTable,
  name: 'PlanRun',
  tableName: 'plan_runs',
  properties: {
    companyId: companyKey(),
    id: identity<'run'>(),
    asOn: day(),
    businessAt: instant(),
    policyVersion: () => belongsTo(PolicyVersion, 'policy_version_id'),
    startedBy: p.enum(['OPERATOR', 'SCHEDULE', 'IMPORT', 'DEMO']),
    user: () => belongsTo(User, 'user_id').nullable(),
    accountsExamined: p.integer(),
    overdueItems: p.integer(),
    overdueCustomers: p.integer(),
    reminders: p.integer(),
    itemsCovered: p.integer(),
    byType: p.json<Json>(),
    skips: p.json<Json>(),
    totals: p.json<Json>(),
    remindersHash: p.text(),
    startedAt: instant(),
    finishedAt: instant(),
  },
});

export class PlanRun extends PlanRunSchema.class {}
PlanRunSchema.setClass(PlanRun);

const PlanSkipSchema = defineEntity({
  ...tenantTable,
  name: 'PlanSkip',
  tableName: 'plan_skips',
  properties: {
    companyId: companyKey(),
    id: identity<'plan-skip'>(),
    run: () => belongsTo(PlanRun, 'run_id'),
    customer: () => belongsTo(Customer, 'customer_id'),
    asOn: day(),
    reasonCode: p.text(),
    reason: p.json<Json>(),
    alsoTrue: p.json<Json>().defaultRaw(`'[]'`),
  },
  indexes: [
    { name: 'plan_skips_run', properties: ['companyId', 'run', 'reasonCode'] },
    { name: 'plan_skips_customer', properties: ['companyId', 'customer', 'id'] },
  ],
});

export class PlanSkip extends PlanSkipSchema.class {}
PlanSkipSchema.setClass(PlanSkip);

const AccountPlanSchema = defineEntity({
  ...tenantTable,
  name: 'AccountPlan',
  tableName: 'account_plans',
  comment: `Last decision per account (id is the account's) and the facts it rests on, so that planning again looks only at what moved.`,
  properties: {
    companyId: companyKey(),
    id: wholeNumber().autoincrement(false).primary(),
    factsVersion: wholeNumber(),
    companyFactsVersion: wholeNumber(),
    policyVersionId: wholeNumber(),
    plannedOn: day(),
    overdueItems: p.integer().check('overdue_items >= 0'),
    outcome: p.enum(['REMINDER', 'SKIP']),
    reasonCode: p.text().nullable(),
    reasonHash: p.text(),
  },
  checks: [{ name: 'skip_has_a_reason', expression: `(outcome = 'SKIP') = (reason_code is not null)` }],
});

export class AccountPlan extends AccountPlanSchema.class {}
AccountPlanSchema.setClass(AccountPlan);
