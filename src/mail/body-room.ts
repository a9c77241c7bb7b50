/**
 * Whether the body of a mail might have to leave rows out to stay below the size at which Gmail cuts mails off. Asked when a reminder is
 * composed, where nothing is rendered yet: an upper bound of what each row takes, so that a list which is cut never leaves without the
 * statement that has all of it, however late the policy begins with statements.
 */
import type { ReminderLine } from '../domain/decision.ts';
import type { Language } from '../domain/vocabulary.ts';
import { esc } from './html-text.ts';
import { ownDirection } from './reading-order.ts';
import { MOST_HTML_BYTES } from './reminder-mail.ts';

/** A row without its own words takes 270 bytes in English and 480 in Arabic; what was paid and what is set aside may stand below it. */
const ROW_BYTES = 900;
/** Heading of a branch, its words left out. */
const BRANCH_BYTES = 500;
/** Style, names, bank details, and words of a template that uses all the room it has; an ordinary mail takes 11 kB in both languages. */
const REST_BYTES = 40_000;

export function mayLeaveRowsOut(lines: readonly ReminderLine[], language: Language): boolean {
  const halves = language.length > 2 ? 2 : 1;
  let bytes = REST_BYTES;
  let branch = lines[0]?.branchId;
  for (const { number, customerReference, branchId, branchName, branchCode } of lines) {
    bytes += halves * (ROW_BYTES + shown(number) + shown(customerReference ?? ''));
    if (branchId !== branch) bytes += halves * (BRANCH_BYTES + shown(branchName) + shown(branchCode));
    branch = branchId;
    if (bytes > MOST_HTML_BYTES) return true;
  }
  return false;
}

const shown = (text: string): number => Buffer.byteLength(esc(ownDirection(text)));
