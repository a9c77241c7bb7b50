import type { Binding } from './binding.ts';

/** The chords a binding has here: the operator's own where there are some, else those it comes with. */
export const chordsOf = (
  rebound: Readonly<Record<string, readonly string[]>>,
  screen: string,
  { name, chords }: Pick<Binding<unknown>, 'name' | 'chords'>,
): readonly string[] => rebound[`${screen}.${name}`] ?? chords;
