/** Which mapping reads a file, and as what: as the operator says, and for the rest by the file's headings, never by its name. */
import { OperatorError } from '../../domain/operator-error.ts';
import { listMappings, loadMapping, type Mapping, type RecordKind } from '../../intake/mapping.ts';
import { readHeadings } from '../../intake/read-ledger.ts';
import { recogniseMapping, type Recognition } from '../../intake/recognise-mapping.ts';
import type { TableChoices } from '../../intake/table-file.ts';

export interface ChosenMapping {
  readonly mapping: Mapping;
  readonly kind: RecordKind;
  /** What showed it, when the operator left it open. */
  readonly recognition: Recognition | null;
}

interface MappingQuestion {
  readonly path: string;
  readonly mapping?: string | undefined;
  readonly kind?: RecordKind | undefined;
  readonly choices?: TableChoices | undefined;
}

/** @throws OperatorError `import.unrecognised` or `import.ambiguous` when the headings do not decide. */
export async function chooseMapping({ path, mapping: wanted, kind, choices }: MappingQuestion): Promise<ChosenMapping> {
  const given = wanted === undefined ? null : await loadMapping(wanted);
  if (given && kind) return { mapping: given, kind, recognition: null };
  const headings = await readHeadings({ path }, choices);
  const candidates = recogniseMapping(headings, given ? [given] : await listMappings()).filter(
    (each) => kind === undefined || each.kind === kind,
  );
  return onlyBest(candidates, { given, kind });
}

function onlyBest(
  candidates: readonly Recognition[],
  { given, kind }: { readonly given: Mapping | null; readonly kind: RecordKind | undefined },
): ChosenMapping {
  const [best, second] = candidates;
  if (!best) {
    throw new OperatorError({
      code: 'import.unrecognised',
      kind: 'usage',
      message:
        given || kind
          ? `The headings do not fit ${given ? `the mapping ${given.name}` : (kind ?? '')}.`
          : 'No mapping fits the headings of this file.',
      tryThis: 'Name the mapping with --map and the kind of file with --kind, or write a mapping as docs/import.md shows.',
    });
  }
  if (second && second.share === best.share) {
    throw new OperatorError({
      code: 'import.ambiguous',
      kind: 'usage',
      message: `The headings fit ${best.mapping.name} (${best.kind}) and ${second.mapping.name} (${second.kind}) equally well.`,
      tryThis: 'Say which with --map and --kind.',
    });
  }
  return { mapping: best.mapping, kind: best.kind, recognition: best };
}
