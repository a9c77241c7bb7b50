/** What of a list to choose from is left by the words typed. Pure. */
import type { Choice, ChoiceEntry } from '../state/intent.ts';

export function choiceEntries({ entries }: Choice, filter: string): readonly ChoiceEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ name, about }) => words.every((word) => `${name} ${about}`.toLowerCase().includes(word)));
}
