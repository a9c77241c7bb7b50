/** Sends what was just ordered on request, and nothing else that may be waiting; says what became of each. */
import type { CommandContext, CommandResult } from './command.ts';
import { endingOfOrder, fateOf, requestedView } from './requested-view.ts';
import type { RequestedMailId } from '../../domain/ids.ts';

/** More mails than these are told by numbers. */
const MOST_TOLD = 10;

export async function sendOrdered(
  context: CommandContext,
  ids: readonly RequestedMailId[],
  more: readonly string[] = [],
): Promise<CommandResult<unknown>> {
  const session = await context.session();
  const { openCompanyTransport } = await import('../open-transport.ts');
  const { sendRequested } = await import('../requested/send-requested.ts');
  const { readRequested } = await import('../requested/settle-requested.ts');
  const { openDispatcher } = await import('../dispatch/dispatcher.ts');
  const transport = await openCompanyTransport(session);
  const dispatcher = await openDispatcher(session.installation, transport);
  try {
    const report = await sendRequested(session, { dispatcher, only: ids, signal: context.signal });
    const rows = await readRequested(session, ids);
    const sent = rows.filter(({ status }) => status === 'SENT').length;
    const told = rows.length <= MOST_TOLD ? rows : rows.filter(({ status }) => status !== 'SENT').slice(0, MOST_TOLD);
    const notes = [
      ...told.map(fateOf),
      ...(sent > 0 ? [`${sent} sent through ${transport.label}.`] : []),
      ...(report.stoppedWhy === null ? [] : [`Sending stopped: ${report.stoppedWhy}.`]),
      ...more,
    ];
    const data = { mails: rows.map(requestedView), transport: transport.kind, stopped: report.stoppedWhy };
    return { data, ending: endingOfOrder(rows.map(({ status }) => status)), notes };
  } finally {
    await dispatcher.close();
    await transport.close();
  }
}
