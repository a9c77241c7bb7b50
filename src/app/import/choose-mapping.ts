/** Which mapping reads a file, and as what: as the operator says, and for the rest by the file's headings, never by its name. */
import { OperatorError } from '../../domain/operator-error.ts';
import { listMappings, loadMapping, RECORD_KINDS, type Mapping, type RecordKind } from '../../intake/mapping.ts';
import { readTop } from '../../intake/read-ledger.ts';
import { nearestMapping, recogniseMapping, type Recognition } from '../../intake/recognise-mapping.ts';
import type { TableChoices } from '../../intake/table-file.ts';

export interface ChosenMapping {
  readonly mapping: Mapping;
  readonly kind: RecordKind;
  /** What showed it, when the operator left it open. */
  readonly recognition: Recognition | null;
  /** Where the headings are, when titles stand above them. */
  readonly headingRow: number | undefined;
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
  // What fits is not asked when everything was said: most files have their headings first, and a second look costs time.
  if (given && kind) return { mapping: given, kind, recognition: null, headingRow: undefined };
  // A mapping of one kind of file leaves nothing to find out; reading with it names the very column that is not there.
  const onlyKind = given === null ? undefined : onlyKindOf(given);
  if (given && onlyKind && kind === undefined) return { mapping: given, kind: onlyKind, recognition: null, headingRow: undefined };
  const mappings = given ? [given] : await listMappings();
  const { candidates, headingRow, headings } = await firstFitting({ path, kind, choices }, mappings);
  return { ...onlyBest(candidates, { given, kind, nearest: nearestMapping(headings, mappings) }), headingRow };
}

function onlyKindOf({ files }: Mapping): RecordKind | undefined {
  const kinds = RECORD_KINDS.filter((kind) => files[kind] !== undefined);
  return kinds.length === 1 ? kinds[0] : undefined;
}

/** The row of the headings that a mapping and kind fit, below titles. `undefined` when there is none. */
export async function headingRowOf(
  { mapping, kind }: Pick<ChosenMapping, 'mapping' | 'kind'>,
  question: MappingQuestion,
): Promise<number | undefined> {
  return (await firstFitting({ ...question, kind }, [mapping])).headingRow;
}

/** The first of the rows at the top that some mapping can read as headings. */
async function firstFitting(
  { path, kind, choices }: MappingQuestion,
  mappings: readonly Mapping[],
): Promise<{
  readonly candidates: readonly Recognition[];
  readonly headingRow: number | undefined;
  /** The first row there is, which names the columns unless titles stand above it. */
  readonly headings: readonly string[];
}> {
  const top = await readTop({ path }, choices);
  const headings = top[0]?.cells ?? [];
  for (const [index, { row, cells }] of top.entries()) {
    const candidates = recogniseMapping(cells, mappings).filter((each) => kind === undefined || each.kind === kind);
    if (candidates.length > 0) return { candidates, headingRow: index === 0 ? undefined : row, headings };
  }
  return { candidates: [], headingRow: undefined, headings };
}

/** What keeps the nearest mapping from reading the file, which is usually one heading. */
function nearestText(nearest: ReturnType<typeof nearestMapping>): string {
  if (nearest === null) return '';
  const { mapping, kind, why, lacks } = nearest;
  const others =
    lacks.length === 0 ? '' : ` It also knows ${lacks.slice(0, MOST_LACKING).join(', ')}${lacks.length > MOST_LACKING ? ' …' : ''}.`;
  return ` Nearest is ${mapping.name} (${kind}): ${why}${others}`;
}

/** Of the headings a file lacks: enough to recognise the one that was meant. */
const MOST_LACKING = 8;

function onlyBest(
  candidates: readonly Recognition[],
  {
    given,
    kind,
    nearest,
  }: { readonly given: Mapping | null; readonly kind: RecordKind | undefined; readonly nearest: ReturnType<typeof nearestMapping> },
): Omit<ChosenMapping, 'headingRow'> {
  const [best, second] = candidates;
  if (!best) {
    throw new OperatorError({
      code: 'import.unrecognised',
      kind: 'usage',
      message:
        (given || kind
          ? `The headings do not fit ${given ? `the mapping ${given.name}` : (kind ?? '')}.`
          : 'No mapping fits the headings of this file.') + nearestText(nearest),
      tryThis:
        'Name the mapping with --map and the kind of file with --kind. `wafa import mapping new FILE --out MAPPING.json` proposes one of your own.',
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
