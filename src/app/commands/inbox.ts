import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { rolesForCommand } from '../permissions.ts';
import type { InboxCheck, InboxStatusView, ReplyView } from '../inbox/look-at-inbox.ts';
import type { InboxReport } from '../inbox/read-inbox.ts';

export type InboxData =
  | { readonly inbox: InboxStatusView | null }
  | { readonly check: InboxCheck }
  | { readonly reading: InboxReport }
  | { readonly replies: readonly ReplyView[] };

export const inboxCommand = defineCommand({
  name: 'inbox',
  group: 'running',
  summary: 'What comes back by mail: how the mailbox stands, whether it can be read, what people answered',
  example: 'inbox replies C-17',
  arguments: [
    { name: 'word', about: 'status (if left out), check, read or replies' },
    { name: 'customer', about: 'for replies: of this account' },
  ],
  options: [{ name: 'limit', about: 'for replies: how many at most; 20 if left out', value: 'NUMBER' }],
  schema: z.object({
    word: z.enum(['status', 'check', 'read', 'replies'], { error: 'is status, check, read or replies' }).default('status'),
    customer: z.string().min(1).max(64).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(20),
  }),
  roles: rolesForCommand('inbox') ?? [],
  isDangerous: false,
  reversedBy: null,
  run: async (context, { word, customer, limit }): Promise<CommandResult<InboxData>> => {
    switch (word) {
      case 'status':
        return await status(context);
      case 'check':
        return await check(context);
      case 'read':
        return await read(context);
      case 'replies': {
        const { readReplies } = await import('../inbox/look-at-inbox.ts');
        return { data: { replies: await readReplies(await context.session(), { customerCode: customer, limit }) }, ending: 'ok' };
      }
    }
  },
});

async function status(context: CommandContext): Promise<CommandResult<InboxData>> {
  const { readInboxStatus } = await import('../inbox/look-at-inbox.ts');
  const inbox = await readInboxStatus(await context.session());
  const notes = inbox?.stale === true ? ['Reminders do not leave by themselves until it is read again.'] : [];
  return { data: { inbox }, ending: inbox?.stale === true ? 'failed' : 'ok', notes };
}

async function check(context: CommandContext): Promise<CommandResult<InboxData>> {
  const { checkInbox } = await import('../inbox/look-at-inbox.ts');
  const found = await checkInbox(await context.session());
  return { data: { check: found }, ending: found.reachable ? 'ok' : 'failed', notes: found.tryThis === null ? [] : [found.tryThis] };
}

async function read(context: CommandContext): Promise<CommandResult<InboxData>> {
  const { readInbox } = await import('../inbox/read-inbox.ts');
  const reading = await readInbox(await context.session(), context.signal === undefined ? {} : { signal: context.signal });
  const ending = reading.outcome === 'read' ? 'ok' : reading.outcome === 'busy' ? 'nothing-to-do' : 'failed';
  return { data: { reading }, ending, notes: reading.tryThis === null ? [] : [reading.tryThis] };
}
