import type { ReminderChange } from '../store/sql/reminders/move-reminder.ts';

/** Ends an approval: with the facts it rested on, with a hold, or because it was taken back. */
export const NO_APPROVAL = {
  approvalKind: null,
  approvedBy: null,
  approvedAt: null,
  approvedDigest: null,
  approvedRenderHash: null,
  approvalLapsesOn: null,
  claimableAt: null,
  undoUntil: null,
} as const satisfies ReminderChange;
