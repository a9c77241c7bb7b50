/** The whole matrix of verb and role through `act`, written out by hand: the code's own table is not asked what it should say. */
import { beforeAll, describe, expect, it } from 'vitest';

import { act } from '../../../src/app/act.ts';
import { commandRegistry } from '../../../src/app/commands/registry.ts';
import { rolesForCommand, VERBS, type Verb } from '../../../src/app/permissions.ts';
import type { Session } from '../../../src/app/session.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import type { Role } from '../../../src/domain/vocabulary.ts';
import { completionEntry, daemonEntry, startEntry } from '../../../src/cli/start-entry.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';

const ROLES = ['VIEWER', 'OPERATOR', 'APPROVER', 'ADMIN'] as const satisfies readonly Role[];

/** One letter per role that may: V viewer, O operator, A approver, M admin. */
const WHO_MAY: Readonly<Record<Verb, string>> = {
  whoami: 'VOAM',
  queue: 'VOAM',
  'view list': 'VOAM',
  'view save': 'VOAM',
  show: 'VOAM',
  explain: 'VOAM',
  simulate: 'VOAM',
  calibrate: 'VOAM',
  preview: 'VOAM',
  statement: 'VOAM',
  'requested list': 'VOAM',
  runs: 'VOAM',
  analytics: 'VOAM',
  report: 'VOAM',
  status: 'VOAM',
  'company show': 'VOAM',
  'policy show': 'VOAM',
  'calendar show': 'VOAM',
  'import list': 'VOAM',
  'templates show': 'VOAM',
  'bank list': 'VOAM',
  'kill-switch show': 'VOAM',
  'privacy export': '--AM',
  'privacy correct': '-OAM',
  'privacy erase': '--AM',
  'privacy hold': '--AM',
  'privacy retention': '--AM',
  validate: 'VOAM',
  'validate ageing': '--AM',
  'login list': 'VOAM',
  'login create': 'VOAM',
  'login revoke': 'VOAM',
  import: '-OA-',
  'import undo': '-OA-',
  'customer find': 'VOAM',
  'customer show': 'VOAM',
  'customer tasks': 'VOAM',
  'customer set': '-OAM',
  pay: '-OA-',
  'pay undo': '-OA-',
  credit: '-OA-',
  'credit undo': '-OA-',
  'write-off': '--A-',
  'write-off undo': '--A-',
  cheque: '-OA-',
  'cheque cleared': '-OA-',
  'cheque returned': '-OA-',
  'cheque withdrawn': '-OA-',
  retention: '-OA-',
  'paid-claim': '-OA-',
  answered: '-OA-',
  contact: '-OA-',
  'contact undo': '-OA-',
  suppress: '-OA-',
  unsuppress: '-OA-',
  promise: '-OA-',
  dispute: '-OA-',
  block: '-OA-',
  unblock: '-OA-',
  plan: '-OA-',
  escalate: '-OA-',
  deescalate: '-OA-',
  edit: '-OA-',
  hold: '-OA-',
  release: '-OA-',
  reschedule: '-OA-',
  cancel: '-OA-',
  undo: '-OA-',
  remind: '-OA-',
  send: '-OA-',
  'statement send': '-OA-',
  copy: '-OA-',
  'requested cancel': '-OA-',
  'preview send': '-OAM',
  go: '-OA-',
  approve: '--A-',
  settle: '--A-',
  'requested settle': '--A-',
  'inbox status': 'VOAM',
  'inbox check': '-OAM',
  'inbox read': '-OA-',
  'inbox replies': '-OA-',
  'company pause': '-OA-',
  'company resume': '-OA-',
  audit: '--AM',
  'calendar add': '--AM',
  'calendar confirm': '--AM',
  'calendar withdraw': '--AM',
  'calendar quiet': '--AM',
  'templates edit': '--AM',
  'templates activate': '--AM',
  'bank confirm': '--AM',
  'bank withdraw': '--AM',
  'bank propose': '---M',
  'kill-switch': '--AM',
  init: '---M',
  'company set': '---M',
  'company live': '---M',
  'company sandbox': '---M',
  'policy set': '---M',
  demo: '---M',
  'user list': '---M',
  'user add': '---M',
  'user set': '---M',
  'user deactivate': '---M',
  'user activate': '---M',
};

const may = (verb: Verb, role: Role): boolean => WHO_MAY[verb][ROLES.indexOf(role)] !== '-';

const database = testDatabase();
const sessions = new Map<Role, Session>();
beforeAll(async () => {
  const owner = await companyWith(testInstallation(database()), { code: 'MATRIX' });
  for (const role of ROLES) sessions.set(role, await sessionOf(database(), owner, role.toLowerCase(), [role]));
});

const refusals = async ({ companyId, actor }: Session, verb: string): Promise<number> => {
  const { rows } = await database().admin.query<{ n: number }>(
    "select count(*)::int as n from audit_logs where company_id = $1 and actor_user_id = $2 and verb = $3 and reason = 'refused: role'",
    [companyId, actor.kind === 'USER' ? actor.userId : null, verb],
  );
  return rows[0]?.n ?? Number.NaN;
};

describe.each(Object.keys(WHO_MAY) as Verb[])('%s', (verb) => {
  it.each(ROLES)('asked by a %s', async (role) => {
    const session = sessions.get(role)!;
    let isDone = false;
    const outcome = await act(session, verb, async () => {
      isDone = true;
      return 'done';
    }).catch((error: unknown) => (error instanceof OperatorError ? error.code : error));
    const wanted = may(verb, role)
      ? { outcome: 'done', isDone: true, refusals: 0 }
      : { outcome: 'permission.refused', isDone: false, refusals: 1 };
    expect({ outcome, isDone, refusals: await refusals(session, verb) }).toEqual(wanted);
  });
});

describe('the table', () => {
  it('is written out here whole', () => {
    expect(Object.keys(WHO_MAY).toSorted()).toEqual([...VERBS].toSorted());
  });

  it('gives somebody with several roles what each of them gives', async () => {
    const owner = sessions.get('ADMIN')!;
    const both = await sessionOf(database(), owner, 'both', ['APPROVER', 'ADMIN']);
    await expect(act(both, 'approve', async () => 'approved')).resolves.toBe('approved');
    await expect(act(both, 'user list', async () => 'listed')).resolves.toBe('listed');
  });

  it('refuses reads as it refuses writes, and writes that down all the same', async () => {
    const viewer = sessions.get('VIEWER')!;
    const before = await refusals(viewer, 'user list');
    await expect(act(viewer, 'user list', async () => 'listed', { isReadOnly: true })).rejects.toMatchObject({
      code: 'permission.refused',
    });
    expect(await refusals(viewer, 'user list')).toBe(before + 1);
  });
});

/** Commands whose roles are no roles of the table. */
const unaccounted = async (
  entries: readonly { readonly name: string; load(): Promise<{ readonly roles: readonly Role[] }> }[],
): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const entry of entries) {
    const { roles } = await entry.load();
    const wanted = rolesForCommand(entry.name);
    if (wanted === undefined || wanted.join() !== ROLES.filter((role) => roles.includes(role)).join()) wrong.push(entry.name);
  }
  return wrong;
};

describe('the command registry', () => {
  it('shows for each command the roles of the table', async () => {
    expect(await unaccounted([...commandRegistry, startEntry, completionEntry, daemonEntry])).toEqual([]);
  });

  it('is caught when a command is missing in the table, or shows other roles', async () => {
    const forged = (name: string, roles: readonly Role[]) => ({ name, load: async () => ({ roles }) });
    expect(
      await unaccounted([
        forged('forgive', ['OPERATOR']),
        forged('approve', ['APPROVER', 'ADMIN']),
        forged('hold', ['OPERATOR', 'APPROVER']),
      ]),
    ).toEqual(['forgive', 'approve']);
  });
});
