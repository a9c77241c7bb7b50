/** Slots of scheduled jobs, sending-rate tokens and the daily figures. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, createdAt, day, identity, instant } from './column-types.ts';
import type { Json } from './json.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const JobSlotSchema = defineEntity({
  ...tenantTable,
  name: 'JobSlot',
  tableName: 'job_slots',
  comment: 'One row per job and time slot, whoever inserts it runs the job: once over any number of daemons.',
  properties: {
    companyId: companyKey(),
    id: identity<'job-slot'>(),
    job: p.text(),
    slotAt: instant(),
    claimedBy: p.uuid(),
    startedAt: instant(),
    finishedAt: instant().nullable(),
    outcome: p.text().nullable(),
  },
  uniques: [{ properties: ['companyId', 'job', 'slotAt'] }],
});

export class JobSlot extends JobSlotSchema.class {}
JobSlotSchema.setClass(JobSlot);

const RateTokenSchema = defineEntity({
  ...tenantTable,
  name: 'RateToken',
  tableName: 'rate_tokens',
  properties: {
    companyId: companyKey(),
    id: identity<'rate-token'>(),
    bucket: p.text(),
    windowAt: instant(),
    taken: p.integer().check('taken >= 0'),
  },
  uniques: [{ properties: ['companyId', 'bucket', 'windowAt'] }],
});

export class RateToken extends RateTokenSchema.class {}
RateTokenSchema.setClass(RateToken);

const DailySnapshotSchema = defineEntity({
  ...tenantTable,
  name: 'DailySnapshot',
  tableName: 'daily_snapshots',
  properties: {
    companyId: companyKey(),
    id: identity<'daily-snapshot'>(),
    snapshotOn: day(),
    measures: p.json<Json>(),
    createdAt: createdAt(),
  },
  uniques: [{ properties: ['companyId', 'snapshotOn'] }],
});

export class DailySnapshot extends DailySnapshotSchema.class {}
DailySnapshotSchema.setClass(DailySnapshot);

const ReleaseSchema = defineEntity({
  ...tenantTable,
  name: 'Release',
  tableName: 'releases',
  comment: 'A release of many mails begins with a few, and goes on after a wait or when a person says go. Database time.',
  properties: {
    companyId: companyKey(),
    id: identity<'release'>(),
    startedAt: instant(),
    firstBatch: p.integer().check('first_batch > 0'),
    passed: p.integer().defaultRaw('0').check('passed >= 0'),
    goesOnAt: instant().nullable(),
    goneOnAt: instant().nullable(),
    goneOnBy: () => belongsTo(User, 'gone_on_by').nullable(),
    endedAt: instant().nullable(),
  },
  uniques: [{ name: 'releases_open', properties: ['companyId'], where: 'ended_at is null' }],
});

export class Release extends ReleaseSchema.class {}
ReleaseSchema.setClass(Release);
