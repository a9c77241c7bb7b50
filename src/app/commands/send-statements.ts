/** `statement --send`: orders statements of one account or of all, and sends them. */
import type { CommandContext, CommandResult } from './command.ts';
import { sendOrdered } from './send-ordered.ts';
import type { Day } from '../../domain/days.ts';
import type { CustomerId, RequestedMailId } from '../../domain/ids.ts';

interface StatementInput {
  readonly customer: string | undefined;
  readonly asOf: Day | undefined;
  readonly isRepeat: boolean;
}

export async function sendStatements(
  context: CommandContext,
  { customer, asOf, isRepeat }: StatementInput,
): Promise<CommandResult<unknown>> {
  const order = { asOn: asOf, isRepeat };
  if (customer === undefined) return await sendToAll(context, order);
  const { orderStatement } = await import('../requested/order-statements.ts');
  return await sendOrdered(context, [await orderStatement(await context.session(), customer, order)]);
}

/** Nobody asked for these, so it is asked once more whether they are meant. An interrupt stops between two pages of accounts. */
async function sendToAll(context: CommandContext, order: { readonly asOn: Day | undefined; readonly isRepeat: boolean }) {
  await context.confirm('Send a statement to every account with anything open?');
  const { orderStatements } = await import('../requested/order-statements.ts');
  const session = await context.session();
  const ids: RequestedMailId[] = [];
  const skips = new Map<string, number>();
  let after: CustomerId | null = null;
  do {
    const page = await orderStatements(session, after, order);
    ids.push(...page.ids);
    for (const [why, count] of Object.entries(page.skips)) skips.set(why, (skips.get(why) ?? 0) + count);
    after = context.signal?.aborted === true ? null : page.next;
    if (after !== null) context.say(`${ids.length} statements ordered…`);
  } while (after !== null);
  return await sendOrdered(
    context,
    ids,
    [...skips].map(([why, count]) => `${count} ${count === 1 ? 'account' : 'accounts'} left out: ${WHY[why] ?? why}.`),
  );
}

const WHY: Readonly<Record<string, string>> = {
  already: 'one was ordered today (--again sends another)',
  'no-address': 'nobody with an address',
  suppressed: 'nothing may go to the address',
  'not-collectable': 'not active, or not reminded by mail',
};
