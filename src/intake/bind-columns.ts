/**
 * Joins a mapping to the headings a file really has, once per file, so that reading a row is array look-ups only.
 * Only columns that a mapping names are ever read: a column called `status` or `approved_by` can do nothing.
 */
import type { OperatorError } from '../domain/operator-error.ts';
import { shown } from './faults.ts';
import { headingKey } from './headings.ts';
import type { Headings } from './headings.ts';
import { RECORD_KINDS } from './mapping.ts';
import type { FieldSource, FileMapping, Mapping, RowFilter } from './mapping.ts';

/** One field of one file: its heading for messages, and how to get its text from a row. */
export interface BoundField {
  readonly column: string;
  /** The columns it is made from, counted from 0. */
  readonly indexes: readonly number[];
  read(cells: readonly string[]): string;
}

/** Every heading a file mapping may read, filters and templates included. */
export function headingsNamed(mapping: FileMapping): readonly string[] {
  const sections = RECORD_KINDS.flatMap((kind) => mapping.yields[kind] ?? []);
  const filters = [mapping.where, ...sections.map(({ where }) => where)].flat().map(({ column }) => column);
  return [...sections.flatMap(({ fields }) => Object.values(fields).flatMap((source) => headingsOf(source))), ...filters];
}

/** The headings one field may be read from. */
export function headingsOf(source: FieldSource): readonly string[] {
  if (typeof source === 'string') return [source];
  if (Array.isArray(source)) return source;
  const columns = source.column === undefined ? [] : [source.column].flat();
  return [...columns, ...templateParts(source.template ?? '').flatMap((part) => ('heading' in part ? [part.heading] : []))];
}

/** @throws OperatorError `import.duplicate-heading`, `import.unknown-heading`, `import.missing-heading`. */
export function checkHeadings(headings: Headings, file: FileMapping, mapping: Mapping): void {
  const named = new Set(headingsNamed(file).map(headingKey));
  const seen = new Set<string>();
  for (const heading of headings.all) {
    const key = headingKey(heading);
    if (seen.has(key) && named.has(key))
      throw headings.refusal(
        'duplicate-heading',
        `The heading ${shown(heading)} stands twice.`,
        'Rename or remove one of the columns.',
        heading,
      );
    seen.add(key);
  }
  if (![...named].some((key) => seen.has(key))) throw noHeadings(headings, file);
  if (mapping.otherColumns === 'ignore') return;
  const unknown = headings.all.find((heading) => heading.trim() !== '' && !named.has(headingKey(heading)));
  if (unknown !== undefined)
    throw headings.refusal(
      'unknown-heading',
      `The heading ${shown(unknown)} is not known.`,
      `Known are ${[...named].join(', ')}.`,
      unknown,
    );
}

const noHeadings = (headings: Headings, file: FileMapping): OperatorError =>
  headings.refusal(
    'missing-heading',
    `Row ${headings.row} has none of the expected headings.`,
    `The first row must name the columns, for example ${headingsNamed(file).slice(0, 5).join(', ')}.`,
  );

/**
 * Binds the fields of one section. Fields whose columns the file lacks stay out of the answer.
 * @throws OperatorError `import.missing-heading` when a required field has no column, or a template names one that is missing.
 */
export function bindFields<Name extends string>(
  fields: Partial<Record<Name, FieldSource>>,
  required: readonly Name[],
  headings: Headings,
): Partial<Record<Name, BoundField>> {
  const bound: Partial<Record<Name, BoundField>> = {};
  for (const name of Object.keys(fields) as Name[]) {
    const field = bindField(fields[name] ?? '', headings);
    if (field) bound[name] = field;
  }
  const missing = required.find((name) => bound[name] === undefined);
  if (missing === undefined) return bound;
  const wanted = headingsOf(fields[missing] ?? missing).map((heading) => `"${heading}"`);
  throw headings.refusal(
    'missing-heading',
    `The file has no column ${wanted.join(' or ')}.`,
    'Add the column, or choose the mapping that fits the file.',
    wanted[0]?.slice(1, -1),
  );
}

function bindField(source: FieldSource, headings: Headings): BoundField | null {
  if (typeof source === 'string' || Array.isArray(source)) return bindColumn([source].flat(), headings);
  if (source.template !== undefined) return bindTemplate(source.template, headings);
  const column = bindColumn([source.column ?? []].flat(), headings);
  const fallback = source.constant ?? source.default;
  if (column === null && fallback === undefined) return null;
  const translate = translator(source.values);
  if (column === null) return { column: headings.all[0] ?? '', indexes: [], read: () => fallback ?? '' };
  return { ...column, read: (cells) => translate(column.read(cells)) || (fallback ?? '') };
}

function bindColumn(candidates: readonly string[], headings: Headings): BoundField | null {
  const found = candidates.find((heading) => headings.has(heading));
  const index = found === undefined ? undefined : headings.indexOf(found);
  if (found === undefined || index === undefined) return null;
  return { column: found, indexes: [index], read: (cells) => cells[index] ?? '' };
}

function translator(values: Readonly<Record<string, string>> | undefined): (text: string) => string {
  if (values === undefined) return (text) => text;
  const words = new Map(Object.entries(values).map(([from, to]) => [from.trim().toLowerCase(), to]));
  return (text) => words.get(text.trim().toLowerCase()) ?? text;
}

type TemplatePart = { readonly text: string } | { readonly heading: string; readonly filter: string };

/** `{customerID|lower}@example.test` in parts. */
const templateParts = (template: string): readonly TemplatePart[] =>
  template.split(/(\{[^{}]+\})/).map((part) => {
    if (!/^\{.+\}$/.test(part)) return { text: part };
    const [heading = '', filter = ''] = part.slice(1, -1).split('|');
    return { heading, filter };
  });

const FILTERS: Readonly<Record<string, (text: string) => string>> = {
  '': (text) => text,
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
};

function bindTemplate(template: string, headings: Headings): BoundField {
  const parts = templateParts(template).map((part) => {
    if ('text' in part) return () => part.text;
    const index = headings.indexOf(part.heading);
    const filter = FILTERS[part.filter];
    if (index === undefined)
      throw headings.refusal(
        'missing-heading',
        `The file has no column "${part.heading}".`,
        'Choose the mapping that fits the file.',
        part.heading,
      );
    if (!filter) throw headings.refusal('bad-mapping', `The mapping uses an unknown filter "${part.filter}".`, 'Use lower or upper.');
    return (cells: readonly string[]) => filter((cells[index] ?? '').trim());
  });
  const named = templateParts(template).flatMap((part) => ('heading' in part ? [part.heading] : []));
  return {
    column: named[0] ?? '',
    indexes: named.flatMap((heading) => headings.indexOf(heading) ?? []),
    read: (cells) => parts.map((part) => part(cells)).join(''),
  };
}

/** Marks the columns that some fields are made from; for comparing what two rows say. */
export function columnsOf(fields: readonly BoundField[]): readonly boolean[] {
  const marks: boolean[] = [];
  for (const index of fields.flatMap(({ indexes }) => indexes)) marks[index] = true;
  return Array.from(marks, (mark) => mark ?? false);
}

/** One test for all filters of a section; a filter on a column the file lacks sees an empty cell. */
export function bindFilters(filters: readonly RowFilter[], headings: Headings): (cells: readonly string[]) => boolean {
  const tests = filters.map(({ column, is, isNot }) => {
    const index = headings.indexOf(column) ?? -1;
    const wanted = is && new Set(is.map((text) => text.toLowerCase()));
    const unwanted = new Set((isNot ?? []).map((text) => text.toLowerCase()));
    return (cells: readonly string[]): boolean => {
      const cell = (cells[index] ?? '').trim().toLowerCase();
      return (!wanted || wanted.has(cell)) && !unwanted.has(cell);
    };
  });
  return (cells) => tests.every((test) => test(cells));
}
