/** The shared list of hostile inputs, when this checkout stands beside it; tests that need it are skipped elsewhere. */
import { existsSync, readFileSync } from 'node:fs';

export interface BadInput {
  readonly id: string;
  readonly input?: string;
  /** Raw bytes, for input that is not valid text. */
  readonly b64?: string;
  /** A recipe for input too large to store. */
  readonly gen?: Readonly<Record<string, unknown>>;
  readonly expect: string;
  readonly why: string;
}

const FILE = new URL('../../../shared/bad-inputs.json', import.meta.url);

export const hasBadInputs = existsSync(FILE);

/** The cases of one surface, e.g. `emails`; empty when the list is not there. */
export function badInputs(group: string): readonly BadInput[] {
  if (!hasBadInputs) return [];
  const { groups } = JSON.parse(readFileSync(FILE, 'utf8')) as {
    groups: Readonly<Record<string, { readonly cases: readonly BadInput[] }>>;
  };
  return groups[group]?.cases ?? [];
}

/** The text of a case: as given, or built from its recipe. */
export function badText({ input, gen }: BadInput): string | null {
  if (input !== undefined) return input;
  const { base = '', prefix = '', repeat, times, suffix = '' } = (gen ?? {}) as Readonly<Record<string, string | number>>;
  return typeof repeat === 'string' ? `${base}${prefix}${repeat.repeat(Number(times))}${suffix}` : null;
}
