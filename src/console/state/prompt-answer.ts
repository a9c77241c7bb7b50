/** What was typed at a prompt, as the words of the verb take it. Pure. */
import type { Prompt, VerbAct } from './intent.ts';
import { dayFromWords, dayInFull, daysFromWords, DAY_WORDS } from '../input/day-words.ts';

type Today = Temporal.PlainDate | null;

interface Answer {
  /** As it goes into the words. */
  readonly text: string;
  /** What it was understood as, where that is worth a second look. */
  readonly meaning: string | null;
}

/** @returns null when it is no such thing, nothing typed included. */
export function readAnswer({ reads = 'text' }: Prompt, typed: string, today: Today): Answer | null {
  if (reads === 'text') return typed.trim() === '' ? null : { text: typed.trim(), meaning: null };
  const day = reads === 'day' ? dayFromWords(typed, today) : null;
  const days = reads === 'day' ? (day === null ? null : [day]) : daysFromWords(typed, today);
  return days === null ? null : { text: days.join(','), meaning: days.map(dayInFull).join(' · ') };
}

/** Why what was typed is not taken. */
export const notRead = (typed: string): string => `“${typed.trim()}” is no day; write it like ${DAY_WORDS}.`;

/** The act with the answer in all its words, those of the question included. */
export function withAnswer(act: VerbAct, { text, meaning }: Answer): VerbAct {
  const put = (words: string, answer: string): string => words.replace('{answer}', () => answer);
  const { confirm } = act;
  return {
    ...act,
    words: act.words.map((word) => put(word, text)),
    confirm: confirm === null ? null : { ...confirm, facts: confirm.facts.map((fact) => put(fact, meaning ?? text)) },
  };
}
