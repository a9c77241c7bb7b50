import { z } from 'zod';
import { defineCommand, type CommandEnding, type CommandResult } from './command.ts';
import { wouldView, type WouldView } from './dry-run-view.ts';
import { rolesFor } from '../permissions.ts';
import { requestedCounts, requestedNotes } from './requested-view.ts';
import type { SendReport } from '../send-due.ts';

export const sendCommand = defineCommand({
  name: 'send',
  group: 'reminders',
  summary: 'Send what is approved and may leave now, in one pass',
  example: 'send',
  arguments: [],
  options: [
    { name: 'due', about: 'only what has waited out its undo window, as a daemon would' },
    { name: 'dryRun', about: 'say what would be sent now, what not and why, and send nothing' },
  ],
  schema: z.object({ due: z.boolean().default(false), dryRun: z.boolean().default(false) }),
  roles: rolesFor('send'),
  isDangerous: true,
  reversedBy: null,
  run: async (context, { due, dryRun }): Promise<CommandResult<SendData | WouldView>> => {
    const session = await context.session();
    const { openCompanyTransport } = await import('../open-transport.ts');
    const { sendDue } = await import('../send-due.ts');
    const transport = await openCompanyTransport(session);
    try {
      if (dryRun) return await wouldView(session, { transport, endsUndoWindows: !due });
      const report = await sendDue(session, {
        transport,
        endsUndoWindows: !due,
        ...(context.signal === undefined ? {} : { signal: context.signal }),
      });
      const { sent, uncertain, rejected, failed, deferred, needsReview, cancelled } = report;
      const data: SendData = {
        sent,
        uncertain,
        rejected,
        failed,
        deferred,
        needsReview,
        cancelled,
        transport: transport.kind,
        nextAt: report.nextAt?.toString() ?? null,
        stopped: report.stoppedWhy,
        requested: requestedCounts(report.requested),
      };
      return { data, ending: endingOf(report), notes: notesOf(report, transport.label) };
    } finally {
      await transport.close();
    }
  },
});

export interface SendData {
  readonly sent: number;
  readonly uncertain: number;
  readonly rejected: number;
  readonly failed: number;
  readonly deferred: number;
  readonly needsReview: number;
  readonly cancelled: number;
  readonly transport: 'smtp' | 'outbox';
  readonly nextAt: string | null;
  readonly stopped: string | null;
  readonly requested: ReturnType<typeof requestedCounts>;
}

function endingOf(report: SendReport): CommandEnding {
  const { requested } = report;
  const troubled =
    report.uncertain +
    report.rejected +
    report.failed +
    report.needsReview +
    requested.uncertain +
    requested.rejected +
    requested.failed +
    requested.cancelled;
  if (report.stoppedWhy !== null && report.sent === 0) return 'refused';
  if (troubled > 0) return 'partly';
  return report.sent + requested.sent > 0 ? 'ok' : 'nothing-to-do';
}

function notesOf(report: SendReport, label: string): readonly string[] {
  const notes = [`${report.sent} sent through ${label}.`];
  if (report.stoppedWhy !== null) notes.push(`Sending stopped: ${report.stoppedWhy}.`);
  if (report.deferred > 0)
    notes.push(`${report.deferred} approved and waiting${report.nextAt === null ? '' : `, the first until ${report.nextAt.toString()}`}.`);
  if (report.needsReview > 0)
    notes.push(`${report.needsReview} changed since they were approved and need review: \`wafa queue --status NEEDS_REVIEW\`.`);
  if (report.uncertain > 0)
    notes.push(
      `${report.uncertain} uncertain: nobody can know whether they arrived. See \`wafa queue --status UNCERTAIN\` and \`wafa settle\`.`,
    );
  if (report.rejected > 0) notes.push(`${report.rejected} refused by the mail server: \`wafa queue --status REJECTED\`.`);
  return [...notes, ...requestedNotes(report.requested, label)];
}
