/** What belongs to no company: the kill switch, the running daemons, and the directory of companies and logins. */
import { defineEntity, p } from '@mikro-orm/core';

import { createdAt, instant, wholeNumber } from './column-types.ts';

const InstallationSchema = defineEntity({
  name: 'Installation',
  tableName: 'installation',
  comment: 'One row: the kill switch over every company, and which program schema versions may run.',
  properties: {
    id: p.integer().autoincrement(false).primary().check('id = 1'),
    isSendingStopped: p.boolean().defaultRaw('false'),
    sendingStoppedReason: p.text().nullable(),
    sendingStoppedAt: instant().nullable(),
    oldestProgramSchema: p.integer(),
    newestProgramSchema: p.integer(),
    createdAt: createdAt(),
  },
});

export class Installation extends InstallationSchema.class {}
InstallationSchema.setClass(Installation);

const InstallationDaemonSchema = defineEntity({
  name: 'InstallationDaemon',
  tableName: 'installation_daemons',
  comment: 'Every running sender, told apart by an id that is fresh at each start.',
  properties: {
    id: p.uuid().primary(),
    host: p.text(),
    pid: p.integer(),
    programVersion: p.text(),
    startedAt: instant(),
    heartbeatAt: instant(),
  },
});

export class InstallationDaemon extends InstallationDaemonSchema.class {}
InstallationDaemonSchema.setClass(InstallationDaemon);

const DirectoryEntrySchema = defineEntity({
  name: 'DirectoryEntry',
  tableName: 'directory',
  comment: 'Company code to id, and which companies have work due: the only list of companies, free of personal data.',
  properties: {
    companyId: wholeNumber().autoincrement().generated('by default as identity').primary(),
    companyCode: p.text().check(`company_code ~ '^[A-Z0-9][A-Z0-9_-]{0,31}$'`),
    nextDueAt: instant().nullable(),
    backlog: p.integer().defaultRaw('0').check('backlog >= 0'),
    createdAt: createdAt(),
  },
  uniques: [{ properties: ['companyCode'] }],
  indexes: [{ name: 'directory_due', properties: ['nextDueAt'], where: 'next_due_at is not null' }],
});

export class DirectoryEntry extends DirectoryEntrySchema.class {}
DirectoryEntrySchema.setClass(DirectoryEntry);

const DirectoryLoginSchema = defineEntity({
  name: 'DirectoryLogin',
  tableName: 'directory_logins',
  comment: 'Which companies an operating-system login may enter; the role is in users.',
  properties: {
    login: p.text().primary().check('length(login) >= 1 and length(login) <= 128'),
    companyId: wholeNumber().autoincrement(false).primary(),
  },
});

export class DirectoryLogin extends DirectoryLoginSchema.class {}
DirectoryLoginSchema.setClass(DirectoryLogin);

const RelaySchema = defineEntity({
  name: 'Relay',
  tableName: 'relays',
  comment: 'Mail servers by host and port: when the next mail may go there, and whether its circuit breaker is open. Database time.',
  properties: {
    relay: p.text().primary().check('length(relay) >= 1 and length(relay) <= 300'),
    nextFreeAt: instant().defaultRaw('now()'),
    failures: p.integer().defaultRaw('0').check('failures >= 0').comment('In a row, without a mail accepted in between.'),
    doubts: p.integer().defaultRaw('0').check('doubts >= 0'),
    doubtsSince: instant().nullable(),
    openedAt: instant().nullable(),
    openedWhy: p.enum(['connection', 'tls', 'auth', 'refusing', 'uncertain']).nullable(),
    probeAt: instant().nullable(),
    probes: p.integer().defaultRaw('0').check('probes >= 0'),
    updatedAt: instant().defaultRaw('now()'),
  },
  checks: [
    {
      name: 'opened_is_probed',
      expression: '(opened_at is null) = (probe_at is null) and (opened_at is null) = (opened_why is null)',
    },
  ],
});

export class Relay extends RelaySchema.class {}
RelaySchema.setClass(Relay);

const RelayHourSchema = defineEntity({
  name: 'RelayHour',
  tableName: 'relay_hours',
  comment: 'Mails given to a server by hour, for limits per day. Database time.',
  properties: {
    relay: p.text().primary(),
    hourAt: instant().primary(),
    taken: p.integer().check('taken >= 0'),
  },
});

export class RelayHour extends RelayHourSchema.class {}
RelayHourSchema.setClass(RelayHour);
