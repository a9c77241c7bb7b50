import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import type { ChangedPerson } from '../people/manage-users.ts';
import { rolesForCommand } from '../permissions.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Role } from '../../domain/vocabulary.ts';

interface Input {
  readonly login?: string | undefined;
  readonly name?: string | undefined;
  readonly roles?: string | undefined;
  readonly twoPerson: boolean;
}

export interface UserView {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isActive: boolean;
}

export type UserData =
  | { readonly users: readonly UserView[]; readonly isOnePerson: boolean }
  | { readonly user: UserView; readonly isOnePerson: boolean; readonly tokensRevoked: number };

export const userCommand = defineCommand({
  name: 'user',
  group: 'set up',
  summary: 'List, add, change or deactivate the people of a company',
  example: 'user add omar --name "Omar Haddad" --roles OPERATOR,APPROVER --two-person',
  arguments: [
    { name: 'word', about: 'list, add, set, deactivate or activate' },
    { name: 'login', about: "the person's login on the operating system" },
  ],
  options: [
    { name: 'name', about: 'name shown to colleagues; the login if left out', value: 'TEXT' },
    { name: 'roles', about: 'VIEWER, OPERATOR, APPROVER, ADMIN; with commas between them', value: 'ROLES' },
    { name: 'twoPerson', about: 'for add and set: ends one-person mode, for good' },
  ],
  schema: z.object({
    word: z.enum(['list', 'add', 'set', 'deactivate', 'activate'], { error: 'is list, add, set, deactivate or activate' }).default('list'),
    login: z.string().max(200).optional(),
    name: z.string().max(500).optional(),
    roles: z.string().max(200).optional(),
    twoPerson: z.boolean().default(false),
  }),
  roles: rolesForCommand('user') ?? [],
  isDangerous: false,
  reversedBy: 'user',
  run: async (context, { word, ...input }): Promise<CommandResult<UserData>> => {
    switch (word) {
      case 'list':
        return await list(context);
      case 'add':
        return await add(context, input);
      case 'set':
        return await set(context, input);
      case 'deactivate':
        return await deactivate(context, input);
      case 'activate':
        return await activate(context, input);
    }
  },
});

async function list(context: CommandContext): Promise<CommandResult<UserData>> {
  const { listUsers } = await import('../people/manage-users.ts');
  const { users, isOnePerson } = await listUsers(await context.session());
  return { data: { users: users.map(viewOf), isOnePerson }, ending: 'ok' };
}

async function add(context: CommandContext, input: Input): Promise<CommandResult<UserData>> {
  const { addUser } = await import('../people/manage-users.ts');
  const { readRoles } = await import('../people/read-person.ts');
  const login = needed(input.login, 'Whom?', 'user add omar --roles OPERATOR');
  const roles = readRoles(needed(input.roles, 'In which roles?', 'user add omar --roles OPERATOR'));
  const added = await addUser(await context.session(), { login, name: input.name, roles, isTwoPerson: input.twoPerson });
  const still = added.isOnePerson
    ? ['The company is still in one-person mode: one person may do every step alone. End it with `wafa user set LOGIN --two-person`.']
    : [];
  return changed(added, `${added.user.login} works here now as ${roles.join(', ')}.`, still);
}

async function set(context: CommandContext, input: Input): Promise<CommandResult<UserData>> {
  const { setUser } = await import('../people/manage-users.ts');
  const { readRoles } = await import('../people/read-person.ts');
  const login = needed(input.login, 'Whom?', 'user set omar --roles OPERATOR,APPROVER');
  const roles = input.roles === undefined ? undefined : readRoles(input.roles);
  const after = await setUser(await context.session(), { login, name: input.name, roles, isTwoPerson: input.twoPerson });
  const mode = input.twoPerson ? ['The company takes two people for some steps from now on.'] : [];
  return changed(after, `${login} works here as ${after.user.roles.join(', ')}; it holds from their next step on.`, mode);
}

async function deactivate(context: CommandContext, input: Input): Promise<CommandResult<UserData>> {
  const { deactivateUser } = await import('../people/manage-users.ts');
  const after = await deactivateUser(await context.session(), needed(input.login, 'Whom?', 'user deactivate omar'));
  const tokens = after.tokensRevoked === 0 ? [] : [`Tokens revoked: ${after.tokensRevoked}.`];
  return changed(after, `${after.user.login} may do nothing here any more; what they did stays.`, tokens);
}

async function activate(context: CommandContext, input: Input): Promise<CommandResult<UserData>> {
  const { activateUser } = await import('../people/manage-users.ts');
  const after = await activateUser(await context.session(), needed(input.login, 'Whom?', 'user activate omar'));
  return changed(after, `${after.user.login} works here again as ${after.user.roles.join(', ')}.`, []);
}

function changed(
  { user, isChanged, isOnePerson, tokensRevoked }: ChangedPerson,
  note: string,
  more: readonly string[],
): CommandResult<UserData> {
  const data = { user: viewOf(user), isOnePerson, tokensRevoked };
  return isChanged
    ? { data, ending: 'ok', notes: [note, ...more] }
    : { data, ending: 'nothing-to-do', notes: ['Nothing changed: it was so already.'] };
}

const viewOf = ({ login, displayName, roles, isActive }: ChangedPerson['user']): UserView => ({
  login,
  name: displayName,
  roles,
  isActive,
});

function needed(value: string | undefined, question: string, example: string): string {
  if (value !== undefined) return value;
  throw new OperatorError({
    code: 'usage.missing-value',
    kind: 'usage',
    message: question,
    tryThis: `Write, for example: \`wafa ${example}\``,
  });
}
