/** What can be done to the chosen reminders: each as the words of a verb, with what has to be agreed to. The version seen goes with every id. */
import { DAY_WORDS } from '../../input/day-words.ts';
import type { Confirmation, Intent, Prompt, VerbAct } from '../../state/intent.ts';
import { moneyWords, summed } from '../../widgets/money-words.ts';
import type { QueueView } from '../../../app/reminder-view.ts';

/** Above this many at once a word has to be typed: a slip of the range must not approve a month. */
const BULK_LIMIT = 25;

const NAMES_SHOWN = 3;

/** `41@3`: reminder 41 as it was when it was shown. */
const seenId = ({ id, version }: Pick<QueueView, 'id' | 'version'>): string => `${id}@${version}`;

export function verbOn(
  verb: string,
  rows: readonly QueueView[],
  {
    extra = [],
    undo = null,
    asks = true,
  }: { readonly extra?: readonly string[]; readonly undo?: string | null; readonly asks?: boolean } = {},
): VerbAct {
  return {
    words: [verb, ...rows.map(seenId), ...extra],
    confirm: asks ? confirmationOf(verb, rows) : null,
    // One by one, what became of each, where there are several.
    shows: rows.length > 1 ? 'page' : 'summary',
    undo: undo === null ? null : [undo, ...rows.map(({ id }) => String(id))],
  };
}

/** Asks for the day on which they are proposed again. */
export const holdPrompt = (rows: readonly QueueView[]): Prompt => ({
  title: 'Hold until which day?',
  hint: `A day such as ${DAY_WORDS}; proposed again on it.`,
  value: '',
  reads: 'day',
  act: verbOn('hold', rows, { extra: ['--until', '{answer}'], undo: 'release', asks: false }),
});

/** Only what was approved and has not left yet. */
export const scheduled = (rows: readonly QueueView[]): readonly QueueView[] => rows.filter(({ status }) => status === 'QUEUED');

export const act = (act_: VerbAct): Intent => ({ kind: 'verb', act: act_ });

function confirmationOf(verb: string, rows: readonly QueueView[]): Confirmation {
  const count = rows.length === 1 ? '1 reminder' : `${rows.length} reminders`;
  const finals = rows.filter(({ level }) => level === 'FINAL').length;
  return {
    question: `${capital(verb)} ${count}?`,
    facts: [
      `Asks for ${summed(rows.flatMap(({ totals }) => totals))
        .map(moneyWords)
        .join(' and ')}, by email.`,
      namesOf(rows),
      ...(finals === 0 ? [] : [`${finals} of them ${finals === 1 ? 'is a FINAL notice' : 'are FINAL notices'}.`]),
    ],
    typedWord: finals > 0 ? 'final' : rows.length > BULK_LIMIT ? String(rows.length) : null,
    verb,
  };
}

function namesOf(rows: readonly QueueView[]): string {
  const first = rows.slice(0, NAMES_SHOWN).map(({ customer }) => `${customer.code} ${customer.name}`);
  const more = rows.length - first.length;
  return `To ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
