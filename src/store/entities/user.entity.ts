/** The people of a company, their tokens and their saved views. */
import { defineEntity, p } from '@mikro-orm/core';

import type { Role } from '../../domain/vocabulary.ts';
import { belongsTo, companyKey, createdAt, identity, instant, rowVersion } from './column-types.ts';
import type { Json } from './json.ts';
import { tenantTable } from './tenant-table.ts';

const UserSchema = defineEntity({
  ...tenantTable,
  name: 'User',
  tableName: 'users',
  properties: {
    companyId: companyKey(),
    id: identity<'user'>(),
    login: p.text().check('length(login) >= 1 and length(login) <= 128'),
    displayName: p.text().check('length(display_name) >= 1 and length(display_name) <= 200'),
    roles: p.array().$type<Role[]>().check(`(roles <@ array['VIEWER', 'OPERATOR', 'APPROVER', 'ADMIN']) and cardinality(roles) > 0`),
    isActive: p.boolean().defaultRaw('true'),
    version: rowVersion(),
    createdAt: createdAt(),
    updatedAt: instant().defaultRaw('now()'),
  },
  uniques: [{ properties: ['companyId', 'login'] }],
});

export class User extends UserSchema.class {}
UserSchema.setClass(User);

const UserTokenSchema = defineEntity({
  ...tenantTable,
  name: 'UserToken',
  tableName: 'user_tokens',
  properties: {
    companyId: companyKey(),
    id: identity<'user-token'>(),
    user: () => belongsTo(User, 'user_id'),
    tokenHash: p.text().check(`token_hash ~ '^[0-9a-f]{64}$'`),
    label: p.text(),
    expiresAt: instant(),
    revokedAt: instant().nullable(),
    lastUsedAt: instant().nullable(),
    createdAt: createdAt(),
  },
  uniques: [{ properties: ['companyId', 'tokenHash'] }],
  indexes: [{ name: 'user_tokens_user', properties: ['companyId', 'user'] }],
});

export class UserToken extends UserTokenSchema.class {}
UserTokenSchema.setClass(UserToken);

const SavedViewSchema = defineEntity({
  ...tenantTable,
  name: 'SavedView',
  tableName: 'saved_views',
  properties: {
    companyId: companyKey(),
    id: identity<'saved-view'>(),
    user: () => belongsTo(User, 'user_id').nullable(),
    screen: p.text(),
    name: p.text().check('length(name) >= 1 and length(name) <= 100'),
    definition: p.json<Json>(),
    createdAt: createdAt(),
  },
  uniques: [{ properties: ['companyId', 'user', 'screen', 'name'] }],
});

export class SavedView extends SavedViewSchema.class {}
SavedViewSchema.setClass(SavedView);
