import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { fateOf, requestedView } from './requested-view.ts';
import { rolesForCommand } from '../permissions.ts';
import { asId, type RequestedMailId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { REQUESTED_STATUSES } from '../../domain/requested-mail.ts';

const schema = z.object({
  what: z.enum(['list', 'cancel', 'settle']).default('list'),
  id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  customer: z.string().min(1).max(64).optional(),
  status: z.enum(REQUESTED_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  arrived: z.boolean().default(false),
  notArrived: z.boolean().default(false),
  reason: z.string().trim().min(1).max(500).optional(),
});
type Input = z.output<typeof schema>;

export const requestedCommand = defineCommand({
  name: 'requested',
  group: 'reminders',
  summary: 'Statements and copies that were sent on request, and what became of them',
  example: 'requested --status UNCERTAIN',
  arguments: [
    { name: 'what', about: 'list (if left out), cancel or settle' },
    { name: 'id', about: 'for cancel and settle: which mail' },
  ],
  options: [
    { name: 'customer', about: 'for list: of this account', value: 'CODE' },
    { name: 'status', about: `for list: ${REQUESTED_STATUSES.join(', ')}`, value: 'STATUS' },
    { name: 'limit', about: 'for list: how many at most; 50 if left out', value: 'NUMBER' },
    { name: 'arrived', about: 'for settle: it arrived' },
    { name: 'notArrived', about: 'for settle: it did not arrive, and does not go again by itself' },
    { name: 'reason', about: 'for cancel and settle: why, or how you know', value: 'TEXT' },
  ],
  schema,
  roles: rolesForCommand('requested') ?? [],
  isDangerous: false,
  reversedBy: null,
  run: async (context, input): Promise<CommandResult<unknown>> =>
    input.what === 'list' ? await list(context, input) : await decide(context, input),
});

async function list(context: CommandContext, { customer, status, limit }: Input): Promise<CommandResult<unknown>> {
  const { listRequested } = await import('../requested/settle-requested.ts');
  const rows = await listRequested(await context.session(), { customerCode: customer, status, limit });
  return { data: { mails: rows.map(requestedView) }, ending: 'ok' };
}

async function decide(context: CommandContext, { what, id, arrived, notArrived, reason }: Input): Promise<CommandResult<unknown>> {
  if (id === undefined || reason === undefined) throw usage(`To ${what} a mail, give its number and --reason.`);
  if (what === 'settle' && arrived === notArrived) throw usage('Give exactly one of --arrived and --not-arrived.');
  const { cancelRequested, settleRequested } = await import('../requested/settle-requested.ts');
  const mail: RequestedMailId = asId<'requested-mail'>(id);
  const session = await context.session();
  const row = what === 'cancel' ? await cancelRequested(session, mail, reason) : await settleRequested(session, mail, arrived, reason);
  return { data: { mails: [requestedView(row)] }, ending: 'ok', notes: [fateOf(row)] };
}

const usage = (message: string): OperatorError =>
  new OperatorError({
    code: 'usage.requested',
    kind: 'usage',
    message,
    tryThis: 'For example `wafa requested settle 4 --arrived --reason "they confirmed by phone"`.',
  });
