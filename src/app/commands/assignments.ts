import { z } from 'zod';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';

/** What follows a sub-word that takes settings: `key=value`, several at once. */
export const assignmentWords = z.array(z.string().max(2_000)).max(100).default([]);

/**
 * The pairs an operator typed; a value may hold further equal signs.
 * @throws OperatorError `usage.assignment` for a word without one, and for a key given twice.
 */
export function readAssignments(words: readonly string[], example: string): Readonly<Record<string, string>> {
  const pairs = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw refused(`${quoted(word)} is not a setting.`, example);
    const key = word.slice(0, at).trim();
    if (pairs.has(key)) throw refused(`${quoted(key)} is given twice.`, example);
    pairs.set(key, word.slice(at + 1));
  }
  if (pairs.size === 0) throw refused('Nothing is given to set.', example);
  return Object.fromEntries(pairs);
}

const quoted = (text: string): string => JSON.stringify(safeText(text.slice(0, 60)));

const refused = (message: string, example: string): OperatorError =>
  new OperatorError({ code: 'usage.assignment', kind: 'usage', message, tryThis: `Write settings as key=value, for example ${example}.` });
