import { describe, expect, it } from 'vitest';

import { OperatorError } from '../../../src/domain/operator-error.ts';
import { readDatabaseSettings } from '../../../src/store/connection/settings.ts';

const user = { isRoot: false, userHome: '/home/mariam' };
const root = { isRoot: true, userHome: '/root' };

describe('where the database is', () => {
  it.each([
    ['nothing set', {}, user, '/home/mariam/.local/share/wafa'],
    ['an empty variable counts as not set', { WAFA_HOME: '', DATABASE_URL: '' }, user, '/home/mariam/.local/share/wafa'],
    ['the data folder of the session', { XDG_DATA_HOME: '/data/mariam' }, user, '/data/mariam/wafa'],
    ['a relative data folder is ignored, as the XDG rules say', { XDG_DATA_HOME: 'data' }, user, '/home/mariam/.local/share/wafa'],
    ['a chosen home wins', { WAFA_HOME: '/srv/wafa', XDG_DATA_HOME: '/data' }, user, '/srv/wafa'],
    ['a trailing slash names the same home', { WAFA_HOME: '/srv/wafa/' }, user, '/srv/wafa'],
    ['root keeps it where the server account can reach it', {}, root, '/var/lib/wafa'],
  ])('%s', (_, environment, account, home) => {
    expect(readDatabaseSettings(environment, account)).toEqual({ kind: 'embedded', home });
  });

  it('a server is named by its address, and the owner only where migrations run', () => {
    const DATABASE_URL = 'postgresql://wafa_app:secret@db.example.test:5432/wafa';
    const DATABASE_OWNER_URL = 'postgres://wafa_owner:secret@db.example.test/wafa';
    expect(readDatabaseSettings({ DATABASE_URL }, user)).toEqual({ kind: 'server', applicationUrl: DATABASE_URL, ownerUrl: null });
    expect(readDatabaseSettings({ DATABASE_URL, DATABASE_OWNER_URL }, user)).toMatchObject({ ownerUrl: DATABASE_OWNER_URL });
  });

  it.each([
    ['WAFA_HOME', { WAFA_HOME: 'wafa' }],
    ['WAFA_HOME', { WAFA_HOME: '/srv/\0wafa' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://me:hunter2@host/db' }],
    ['DATABASE_URL', { DATABASE_URL: 'hunter2 not an address' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://host/db?password=hunter2' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://me:hunter2@host' }],
    ['DATABASE_OWNER_URL', { DATABASE_URL: 'postgresql://me@host/db', DATABASE_OWNER_URL: 'hunter2' }],
  ])('a bad %s is named, and its value is never repeated', (variable, environment) => {
    const read = (): unknown => readDatabaseSettings(environment, user);
    expect(read).toThrow(OperatorError);
    expect(read).toThrow(variable);
    expect(read).not.toThrow('hunter2');
    expect(read).toThrow(expect.objectContaining({ kind: 'configuration' }));
  });
});
