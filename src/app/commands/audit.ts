import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { rolesFor } from '../permissions.ts';

const eventId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is not the id of an event')
  .transform(Number);

/** `reminder:41`, or `reminder` for all of them. */
const objectArgument = z
  .string()
  .regex(/^[a-z]+(?::[1-9]\d{0,14})?$/, 'is not an object; write it like reminder:41')
  .transform((text) => {
    const [kind = '', id] = text.split(':');
    return { kind, id: id === undefined ? null : Number(id) };
  });

const schema = z.object({
  word: z.enum(['list', 'verify', 'anchor', 'export'], { error: 'is list, verify, anchor or export' }).default('list'),
  verb: z.string().max(60).optional(),
  object: objectArgument.optional(),
  user: z.string().max(200).optional(),
  since: dayArgument.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  after: eventId.optional(),
  output: z.string().max(4_096).optional(),
  anchors: z.string().max(4_096).optional(),
  noAnchor: z.boolean().default(false),
});

type Input = z.output<typeof schema>;

export const auditCommand = defineCommand({
  name: 'audit',
  group: 'looking back',
  summary: 'List, verify, anchor or export who changed what, when and why',
  example: 'audit verify',
  arguments: [{ name: 'word', about: 'list, verify, anchor or export' }],
  options: [
    { name: 'verb', about: 'for list: only events of this verb', value: 'VERB' },
    { name: 'object', about: 'for list: only events about this, such as reminder:41', value: 'KIND:ID' },
    { name: 'user', about: 'for list: only events by this login', value: 'LOGIN' },
    { name: 'since', about: 'for list and export: from this day on', value: 'DATE' },
    { name: 'limit', about: 'for list: events on a page', value: 'N' },
    { name: 'after', about: 'for list: the `next` of the page before', value: 'NEXT' },
    { name: 'output', about: 'for export: the file to write, which must not exist', value: 'FILE' },
    { name: 'anchors', about: 'for verify and anchor: the anchor file, when it is not in its usual place', value: 'FILE' },
    { name: 'noAnchor', about: 'for verify: write no anchor afterwards' },
  ],
  schema,
  roles: rolesFor('audit'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, input): Promise<CommandResult<unknown>> => {
    switch (input.word) {
      case 'list':
        return await list(context, input);
      case 'verify':
        return await verify(context, input);
      case 'anchor':
        return await anchor(context, input);
      case 'export':
        return await exportAll(context, input);
    }
  },
});

async function list(context: CommandContext, { verb, object, user, since, limit, after }: Input): Promise<CommandResult<unknown>> {
  const { listAudit } = await import('../audit/list-audit.ts');
  const data = await listAudit(await context.session(), { verb, object, login: user, sinceOn: since, limit, before: after });
  return { data, ending: 'ok', notes: data.events.length === 0 ? ['No event is like that.'] : [] };
}

async function verify(context: CommandContext, { anchors: path, noAnchor }: Input): Promise<CommandResult<unknown>> {
  const { verifyAudit } = await import('../audit/verify-audit.ts');
  const { end, anchors, anchored } = await verifyAudit(await context.session(), { path, anchors: !noAnchor });
  const newest = anchors.marks.at(-1);
  const verified = {
    events: end.id,
    lastHash: end.hash,
    anchorFile: anchors.path,
    anchors: anchors.marks.length,
    newestAnchor: newest === undefined ? null : { lastId: newest.id, anchoredAt: newest.anchoredAt },
    anchoredNow: anchored?.isNew ?? false,
  };
  const notes = [...(newest === undefined ? [NO_ANCHOR] : []), ...anchors.unreadableLines.map((row) => unreadable(anchors.path, row))];
  return { data: { verified }, ending: 'ok', notes };
}

const NO_ANCHOR =
  'There was no anchor to compare with: the chain agrees with itself, but an administrator of the database could have rewritten all of it. Anchors show that from the first one on; keep copies of their file elsewhere.';

const unreadable = (path: string, row: number): string =>
  `Line ${row} of ${path} is no anchor (its writing was cut short?) and counts for nothing.`;

async function anchor(context: CommandContext, { anchors: path }: Input): Promise<CommandResult<unknown>> {
  const { anchorAudit } = await import('../audit/anchor-audit.ts');
  const { file, mark, isNew } = await anchorAudit(await context.session(), { path });
  const data = { anchor: { file, lastId: mark.id, lastHash: mark.hash, anchoredAt: mark.anchoredAt, isNew } };
  return { data, ending: 'ok', notes: isNew ? [] : ['Nothing has happened since the newest anchor, so no line was added.'] };
}

async function exportAll(context: CommandContext, { since, output }: Input): Promise<CommandResult<unknown>> {
  const { exportAudit } = await import('../audit/export-audit.ts');
  const session = await context.session();
  const exported = await exportAudit(session, { sinceOn: since, output: output ?? `audit-${session.companyCode}.jsonl` });
  return { data: { exported }, ending: 'ok', notes: ['docs/audit.md says how to check it without Wafa.'] };
}
