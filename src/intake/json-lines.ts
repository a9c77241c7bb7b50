/** JSON lines as a table: one flat object per line. The names of all lines together are the headings. */
import { OperatorError } from '../domain/operator-error.ts';
import type { SourceRow } from './source-row.ts';

const FIRST_LINE = 1;
const MOST_LINE_CHARACTERS = 1_048_576;
const MOST_NAMES = 500;

/** @throws OperatorError `import.bad-json`, `import.encoding`. */
export async function* jsonRows(
  chunks: () => AsyncIterable<Uint8Array>,
  file: string,
  onBytes?: (chunk: Uint8Array) => void,
): AsyncGenerator<readonly SourceRow[]> {
  const names = await namesOf(chunks(), file);
  yield [{ row: FIRST_LINE, cells: names }];
  for await (const objects of parsedLines(chunks(), file, onBytes)) yield objects.map((line) => rowOf(line, names));
}

async function namesOf(chunks: AsyncIterable<Uint8Array>, file: string): Promise<readonly string[]> {
  const names = new Set<string>();
  let first: ParsedLine | null = null;
  for await (const objects of parsedLines(chunks, file))
    for (const line of objects) {
      const { row, value } = line;
      if (value === null) first ??= line;
      for (const name of Object.keys(value ?? {})) {
        names.add(name);
        if (names.size > MOST_NAMES) throw badJson(file, row, `has more than ${MOST_NAMES} different names`);
      }
    }
  if (names.size === 0 && first !== null) throw badJson(file, first.row, first.says ?? '');
  return [...names];
}

interface ParsedLine {
  readonly row: number;
  /** `null` for a line that is no object. */
  readonly value: Readonly<Record<string, unknown>> | null;
  readonly raw: string;
  /** What is wrong with the line, as the rest of a sentence that starts with it. */
  readonly says?: string;
}

/** A line that cannot be read is a faulty row like another: the rest of the file may be right. */
function rowOf({ row, raw, value, says }: ParsedLine, names: readonly string[]): SourceRow {
  const broken = says ?? (Object.values(value ?? {}).some(isNested) ? 'has a list or an object as a value' : undefined);
  if (broken !== undefined) return { row, raw, cells: [], problem: { code: 'bad-json', says: broken, tryThis: FLAT_OBJECT } };
  return { row, raw, cells: names.map((name) => cellOf(value?.[name])) };
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

async function* parsedLines(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  onBytes?: (chunk: Uint8Array) => void,
): AsyncGenerator<readonly ParsedLine[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let row = FIRST_LINE;
  for await (const chunk of chunks) {
    onBytes?.(chunk);
    text += decoded(decoder, chunk, file, row);
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    if (text.length > MOST_LINE_CHARACTERS) throw badJson(file, row + lines.length, 'is longer than 1 MB');
    yield lines.flatMap((line, index) => parsedLine(line, row + index));
    row += lines.length;
  }
  yield parsedLine(text + decoded(decoder, null, file, row), row);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | null, file: string, row: number): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new OperatorError({
      code: 'import.encoding',
      message: 'The file is not UTF-8 text, as JSON is.',
      tryThis: 'Write it in UTF-8.',
      kind: 'usage',
      at: { file, row },
    });
  }
}

function parsedLine(line: string, row: number): readonly ParsedLine[] {
  if (line.trim() === '') return [];
  let value: unknown;
  try {
    // A number keeps its own digits: 0.10 is no float, and a code of twenty digits loses none.
    value = JSON.parse(line, (_, each: unknown, context?: { readonly source?: string }) =>
      typeof each === 'number' ? (context?.source ?? String(each)) : each,
    );
  } catch {
    return [{ row, raw: line, value: null, says: 'is not JSON' }];
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return [{ row, raw: line, value: null, says: 'is not an object in braces' }];
  return [{ row, raw: line, value: value as Readonly<Record<string, unknown>> }];
}

function cellOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return '';
}

const FLAT_OBJECT = 'Write one flat object per line, {"invoice_number": "INV-1", …}.';

const badJson = (file: string, row: number, says: string): OperatorError =>
  new OperatorError({
    code: 'import.bad-json',
    message: `Line ${row} ${says}.`,
    tryThis: FLAT_OBJECT,
    kind: 'usage',
    at: { file, row },
  });
