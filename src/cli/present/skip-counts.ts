/** Why customers were not written to, counted, in words short enough for a list. */
import type { Block } from '../page.ts';
import { pairs } from '../page.ts';
import type { SkipCode } from '../../domain/decision.ts';
import { SKIP_ORDER } from '../../domain/skip-reasons.ts';

const WORDS: Readonly<Record<SkipCode, string>> = {
  inactive: 'marked inactive',
  'not-collectable': 'not in normal collection (cash, sister company, lawyers, agency)',
  'nothing-overdue': 'nothing overdue',
  'no-valid-address': 'no address to write to',
  suppressed: 'the address must not be written to',
  'reply-awaiting': 'they answered, and the answer waits for a person',
  blocked: 'everything overdue is blocked (dispute, promise, cheque …)',
  'net-not-positive': 'open credits cover what is overdue',
  'below-minimum': 'too little overdue for a reminder',
  'not-yet': 'overdue, but not for long enough',
  'reminder-live': 'a reminder is already under way',
  'ladder-complete': "all reminders used up: a person's turn",
  'contact-interval': 'contacted not long ago',
  'weekly-cap': 'contacted enough this week',
  'quiet-season': 'too firm a reminder for the season',
  'ledger-stale': 'the ledger is too old to act on',
  'calendar-unconfirmed': 'days off not known yet',
};

/** In the order they are judged; reasons nobody had are left out. */
export function skipCounts(skips: Readonly<Record<string, number>>): Block {
  const found = SKIP_ORDER.filter((code) => (skips[code] ?? 0) > 0);
  const width = Math.max(0, ...found.map((code) => String(skips[code]).length));
  return pairs(...found.map((code) => [String(skips[code]).padStart(width + 2), WORDS[code]] as const));
}
