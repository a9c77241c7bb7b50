/** Finds the mapping, and the kind of file in it, whose headings a file has. Decides by headings alone, never by file name. */
import { OperatorError } from '../domain/operator-error.ts';
import { bindFields, checkHeadings, headingsNamed } from './bind-columns.ts';
import { headingKey, Headings } from './headings.ts';
import type { FileMapping, Mapping, RecordKind } from './mapping.ts';
import { RECORD_KINDS, REQUIRED_FIELDS } from './mapping.ts';

export interface Recognition {
  readonly mapping: Mapping;
  readonly kind: RecordKind;
  /** Headings of the file that the mapping reads. */
  readonly matched: readonly string[];
  /** Share of the file's own headings that the mapping reads, 0-1. */
  readonly share: number;
}

/**
 * Candidates that could read the file, best first; none when no mapping has all the columns it cannot do without. Two with
 * the same share of headings are for a person to choose between.
 */
export function recogniseMapping(headings: readonly string[], mappings: readonly Mapping[]): readonly Recognition[] {
  const candidates = mappings.flatMap((mapping) =>
    RECORD_KINDS.flatMap((kind) => {
      const file = mapping.files[kind];
      return file && canRead(headings, file, mapping) ? [{ mapping, kind, ...matching(headings, file) }] : [];
    }),
  );
  return candidates.toSorted((a, b) => b.share - a.share);
}

function matching(headings: readonly string[], file: FileMapping): Pick<Recognition, 'matched' | 'share'> {
  const named = new Set(headingsNamed(file).map(headingKey));
  const matched = headings.filter((heading) => named.has(headingKey(heading)));
  return { matched, share: headings.length === 0 ? 0 : matched.length / headings.length };
}

/** The mapping that comes nearest to headings that none fits, and what keeps it from reading them; `null` when none knows even half of them. */
export function nearestMapping(
  headings: readonly string[],
  mappings: readonly Mapping[],
): { readonly mapping: Mapping; readonly kind: RecordKind; readonly why: string; readonly lacks: readonly string[] } | null {
  const candidates = mappings.flatMap((mapping) =>
    RECORD_KINDS.flatMap((kind) => {
      const file = mapping.files[kind];
      return file ? [{ mapping, kind, file, ...matching(headings, file) }] : [];
    }),
  );
  const best = candidates.toSorted((a, b) => b.matched.length - a.matched.length || b.share - a.share)[0];
  if (best === undefined || best.share < 0.5) return null;
  const why = obstacle(headings, best.file, best.mapping);
  if (why === null) return null;
  const present = new Set(headings.map(headingKey));
  return { mapping: best.mapping, kind: best.kind, why, lacks: headingsNamed(best.file).filter((name) => !present.has(headingKey(name))) };
}

/** Tries the very checks that reading makes, so that a recognised file is never refused for its headings afterwards. */
const canRead = (cells: readonly string[], file: FileMapping, mapping: Mapping): boolean => obstacle(cells, file, mapping) === null;

function obstacle(cells: readonly string[], file: FileMapping, mapping: Mapping): string | null {
  try {
    const headings = new Headings(cells, 'headings', 1);
    checkHeadings(headings, file, mapping);
    for (const kind of RECORD_KINDS) {
      const section = file.yields[kind];
      if (section) bindFields<string>(section.fields, REQUIRED_FIELDS[kind], headings);
    }
    return null;
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
}
