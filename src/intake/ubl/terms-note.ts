/** Payment terms as people write them into invoices. Only a plain number of days is taken; a discount's days are not terms. */

const PLAIN_DAYS = /^(?:payment\s+)?(?:within\s+|net\s+|due\s+in\s+|due\s+within\s+)?(\d{1,3})\s*days?(?:\s+net)?\.?$/i;

/** @returns calendar days as text, or '' when the note says anything else. */
export function termsDays(note: string): string {
  return PLAIN_DAYS.exec(note.trim())?.[1] ?? '';
}
