/** A mailbox that answers come to: how far it has been read, by whom, and since when it could not be. */
import { defineEntity, p } from '@mikro-orm/core';

import { companyKey, identity, instant, wholeNumber } from './column-types.ts';
import { tenantTable } from './tenant-table.ts';

const MailboxSchema = defineEntity({
  ...tenantTable,
  name: 'Mailbox',
  tableName: 'mailboxes',
  comment: 'How far each mailbox that answers come to has been read. Nothing is marked or deleted there.',
  properties: {
    companyId: companyKey(),
    id: identity<'mailbox'>(),
    label: p.text().check('length(label) >= 1 and length(label) <= 400').comment('User, server and folder, as configured.'),
    watchedSinceAt: instant(),
    uidValidity: wholeNumber().nullable(),
    lastUid: wholeNumber().defaultRaw('0').check('last_uid >= 0'),
    readAt: instant().comment('Business time when everything in it had been read, as watched_since_at and failed_at.').nullable(),
    failedAt: instant().nullable(),
    failedWhy: p.text().check('length(failed_why) <= 500').nullable(),
    failures: p.integer().defaultRaw('0').check('failures >= 0'),
    mailsRead: p.integer().defaultRaw('0').check('mails_read >= 0'),
    mailsUnrelated: p.integer().defaultRaw('0').check('mails_unrelated >= 0'),
    mailsForged: p.integer().defaultRaw('0').check('mails_forged >= 0').comment('Reports that say what they cannot know; ignored.'),
    leaseUntil: instant().comment('Database time: which daemon reads it.').nullable(),
    leaseHolder: p.uuid().nullable(),
  },
  uniques: [{ properties: ['companyId', 'label'] }],
});

export class Mailbox extends MailboxSchema.class {}
MailboxSchema.setClass(Mailbox);
