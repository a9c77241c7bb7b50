/** Puts the reminders of one case into one thread: an answer to the last, within the conversation the first began. */
import type { MessageFrame } from './compose-message.ts';

/**
 * @param earlier Message-IDs of what the same address received in this case, oldest first. The first and the last are enough for every
 *   mail program, and keep the header short however long a case lasts.
 */
export function caseThread(earlier: readonly string[]): MessageFrame['thread'] {
  const [root, last] = [earlier[0], earlier.at(-1)];
  if (root === undefined || last === undefined) return null;
  return { inReplyTo: last, references: root === last ? [root] : [root, last] };
}
