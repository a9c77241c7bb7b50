/** Mail on request as plain data, and what a pass over it did in words. */
import type { CommandEnding } from './command.ts';
import type { RequestedReport } from '../requested/send-requested.ts';
import { REQUESTED_WORDS, type RequestedStatus } from '../../domain/requested-mail.ts';
import type { RequestedMailRow } from '../../store/sql/requested/requested-mails.ts';

export type RequestedView = ReturnType<typeof requestedView>;

export const requestedView = (row: RequestedMailRow) => ({
  id: row.id as number,
  kind: row.kind,
  customer: row.customerCode,
  to: row.recipientAddress,
  language: row.language,
  asOn: row.asOn.toString(),
  invoices: row.invoiceNumbers,
  status: row.status,
  reason: row.statusReason,
  orderedBy: row.orderedByLogin,
  orderedAt: row.orderedAt.toString(),
  claimableAt: row.status === 'QUEUED' ? row.claimableAt.toString() : null,
  sentAt: row.sentAt?.toString() ?? null,
});

/** What one pass did, as the JSON of `send` says it. */
export const requestedCounts = ({ sent, uncertain, rejected, failed, deferred, cancelled }: RequestedReport) => ({
  sent,
  uncertain,
  rejected,
  failed,
  deferred,
  cancelled,
});

export function requestedNotes(report: RequestedReport, label: string): readonly string[] {
  const notes: string[] = [];
  if (report.sent > 0) notes.push(`${report.sent} on request sent through ${label}.`);
  if (report.deferred > 0) notes.push(`${report.deferred} on request waiting: \`wafa requested --status QUEUED\`.`);
  if (report.cancelled > 0)
    notes.push(`${report.cancelled} on request no longer true, not sent: \`wafa requested --status CANCELLED\`, then order anew.`);
  if (report.uncertain > 0)
    notes.push(`${report.uncertain} on request uncertain: nobody can know whether they arrived. See \`wafa requested settle\`.`);
  if (report.rejected + report.failed > 0)
    notes.push(`${report.rejected + report.failed} on request not accepted: \`wafa requested --status REJECTED\` or FAILED.`);
  return notes;
}

/** How an order ended, by what became of its mails: what waits for an hour or a retry is done as far as it can be. */
export function endingOfOrder(statuses: readonly RequestedStatus[]): CommandEnding {
  if (statuses.length === 0) return 'nothing-to-do';
  return statuses.every((status) => status === 'SENT' || status === 'QUEUED') ? 'ok' : 'partly';
}

/** One sentence a mail: `Mail 4 to C-17: sent.` */
export const fateOf = ({ id, customerCode, status, statusReason }: RequestedMailRow): string =>
  `Mail ${id} to ${customerCode}: ${REQUESTED_WORDS[status]}${statusReason === null || status === 'SENT' ? '' : ` (${statusReason})`}.`;
