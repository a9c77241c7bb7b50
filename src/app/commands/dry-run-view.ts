/** What `send --dry-run` shows: every approved reminder with what would become of it now. */
import type { CommandResult } from './command.ts';
import type { DryRunOptions } from '../dry-run.ts';
import type { Session } from '../session.ts';

export interface WouldView {
  readonly dryRun: true;
  readonly wouldSend: number;
  readonly wouldNot: number;
  readonly transport: 'smtp' | 'outbox';
  readonly stopped: string | null;
  readonly reminders: readonly {
    readonly id: number;
    readonly customer: { readonly code: string; readonly name: string };
    readonly level: string;
    readonly would: 'send' | 'wait' | 'review' | 'cancel';
    readonly why: readonly string[];
    readonly until: string | null;
  }[];
}

export async function wouldView(session: Session, options: DryRunOptions): Promise<CommandResult<WouldView>> {
  const { dryRun } = await import('../dry-run.ts');
  const { reminders, stoppedWhy } = await dryRun(session, options);
  const wouldSend = reminders.filter(({ would }) => would === 'send').length;
  const data: WouldView = {
    dryRun: true,
    wouldSend,
    wouldNot: reminders.length - wouldSend,
    transport: options.transport.kind,
    stopped: stoppedWhy,
    reminders: reminders.map(({ id, customerCode, customerName, level, would, why, until }) => ({
      id,
      customer: { code: customerCode, name: customerName },
      level,
      would,
      why,
      until: until?.toString() ?? null,
    })),
  };
  const notes = [
    `${wouldSend} would be sent through ${options.transport.label}, ${data.wouldNot} would not. Nothing was sent and nothing was changed.`,
    ...(stoppedWhy === null ? [] : [`Sending is stopped: ${stoppedWhy}.`]),
  ];
  return { data, ending: wouldSend > 0 ? 'ok' : 'nothing-to-do', notes };
}
