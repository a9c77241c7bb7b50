import { z } from 'zod';
import { defineCommand, type CommandEnding } from './command.ts';
import { rolesFor } from '../permissions.ts';
import { requestedCounts, requestedNotes } from './requested-view.ts';
import type { SendReport } from '../send-due.ts';

export const sendCommand = defineCommand({
  name: 'send',
  group: 'reminders',
  summary: 'Send what is approved and may leave now, in one pass',
  example: 'send',
  arguments: [],
  options: [{ name: 'due', about: 'only what has waited out its undo window, as a daemon would' }],
  schema: z.object({ due: z.boolean().default(false) }),
  roles: rolesFor('send'),
  isDangerous: true,
  reversedBy: null,
  run: async (context, { due }) => {
    const session = await context.session();
    const { openCompanyTransport } = await import('../open-transport.ts');
    const { sendDue } = await import('../send-due.ts');
    const transport = await openCompanyTransport(session);
    try {
      const report = await sendDue(session, {
        transport,
        endsUndoWindows: !due,
        ...(context.signal === undefined ? {} : { signal: context.signal }),
      });
      const { sent, uncertain, rejected, failed, deferred, needsReview, cancelled } = report;
      const data = {
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
