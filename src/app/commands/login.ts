import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { rolesForCommand } from '../permissions.ts';
import { asId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { UserTokenRow } from '../../store/sql/user-tokens.ts';

/** A quarter: long enough to forget the task, short enough to forget the token. */
const USUAL_DAYS = 90;

interface LoginView {
  readonly id: number;
  readonly login: string;
  readonly label: string;
  readonly status: 'valid' | 'expired' | 'revoked';
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
}

export type LoginData =
  /** The only place where a token is ever written out. */
  | { readonly token: string; readonly id: number; readonly label: string; readonly expiresAt: string }
  | { readonly logins: readonly LoginView[] }
  | { readonly revoked: { readonly id: number; readonly login: string; readonly label: string } };

export const loginCommand = defineCommand({
  name: 'login',
  group: 'set up',
  summary: 'Make, list or revoke the tokens that stand for you in scripts',
  example: 'login create --label "nightly import" --days 90',
  arguments: [
    { name: 'word', about: 'list, create or revoke' },
    { name: 'id', about: 'for revoke: which one, as `login list` numbers them' },
  ],
  options: [
    { name: 'label', about: 'for create: what it is for', value: 'TEXT' },
    { name: 'days', about: `for create: how long it holds, up to 366; ${USUAL_DAYS} if left out`, value: 'N' },
  ],
  schema: z.object({
    word: z.enum(['list', 'create', 'revoke'], { error: 'is list, create or revoke' }).default('list'),
    id: z
      .string()
      .regex(/^[1-9]\d{0,14}$/, 'is not the number of a token')
      .transform(Number)
      .optional(),
    label: z.string().max(500).optional(),
    days: z
      .string()
      .regex(/^\d{1,4}$/, 'is not a number of days')
      .transform(Number)
      .default(USUAL_DAYS),
  }),
  roles: rolesForCommand('login') ?? [],
  isDangerous: false,
  reversedBy: 'login',
  run: async (context, { word, id, label, days }): Promise<CommandResult<LoginData>> => {
    switch (word) {
      case 'list':
        return await list(context);
      case 'create':
        return await create(context, label, days);
      case 'revoke':
        return await revoke(context, id);
    }
  },
});

async function list(context: CommandContext): Promise<CommandResult<LoginData>> {
  const { listTokens } = await import('../people/manage-tokens.ts');
  const logins = (await listTokens(await context.session())).map(viewOf);
  return {
    data: { logins },
    ending: 'ok',
    notes: logins.length === 0 ? ['There are no tokens; make one with `wafa login create --label TEXT`.'] : [],
  };
}

async function create(context: CommandContext, label: string | undefined, days: number): Promise<CommandResult<LoginData>> {
  const { createToken } = await import('../people/manage-tokens.ts');
  const made = await createToken(await context.session(), {
    label: needed(label, 'What is it for?', 'login create --label "nightly import"'),
    days,
  });
  return {
    data: { token: made.secret.reveal(), id: made.id, label: made.label, expiresAt: second(made.expiresAt) },
    ending: 'ok',
    notes: [
      'This is the only time the token is shown. Keep it in a file of your own (chmod 600) and name that in WAFA_TOKEN_FILE.',
      `It is number ${made.id} and holds for ${days === 1 ? '1 day' : `${days} days`}; end it earlier with \`wafa login revoke ${made.id}\`.`,
    ],
  };
}

async function revoke(context: CommandContext, id: number | undefined): Promise<CommandResult<LoginData>> {
  const { revokeToken } = await import('../people/manage-tokens.ts');
  const { login, label, isChanged, ...revoked } = await revokeToken(
    await context.session(),
    asId<'user-token'>(needed(id, 'Which one?', 'login revoke 3')),
  );
  const data = { revoked: { id: revoked.id, login, label } };
  return isChanged
    ? { data, ending: 'ok', notes: [`Token ${revoked.id} is worth nothing any more.`] }
    : { data, ending: 'nothing-to-do', notes: [`Token ${revoked.id} was revoked already.`] };
}

const viewOf = (row: UserTokenRow): LoginView => ({
  id: row.id,
  login: row.login,
  label: row.label,
  status: row.revokedAt === null ? (row.isValid ? 'valid' : 'expired') : 'revoked',
  createdAt: second(row.createdAt),
  expiresAt: second(row.expiresAt),
  lastUsedAt: row.lastUsedAt === null ? null : second(row.lastUsedAt),
});

const second = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' });

function needed<Value>(value: Value | undefined, question: string, example: string): Value {
  if (value !== undefined) return value;
  throw new OperatorError({
    code: 'usage.missing-value',
    kind: 'usage',
    message: question,
    tryThis: `Write, for example: \`wafa ${example}\``,
  });
}
