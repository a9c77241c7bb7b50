import { describe, expect, it } from 'vitest';

import { rolesScript } from '../../src/app/look-after-database.ts';

describe('what an administrator of a server has to run', () => {
  it('makes the three roles, then the database of DATABASE_URL and who may enter it, and holds no password', () => {
    const script = rolesScript('postgresql://wafa_app:secret@db.example.ae:5432/receivables');
    expect(script.filter((statement) => statement.startsWith('alter role')).map((statement) => statement.split(' ')[2])).toEqual(
      expect.arrayContaining(['wafa_owner', 'wafa_app', 'wafa_backup']),
    );
    expect(script.slice(-4)).toEqual([
      `create database "receivables" owner wafa_owner encoding 'UTF8' template template0`,
      'revoke all on database "receivables" from public',
      'grant connect on database "receivables" to wafa_app, wafa_backup',
      'grant temporary on database "receivables" to wafa_app',
    ]);
    expect(script.join()).not.toContain('secret');
  });
});
