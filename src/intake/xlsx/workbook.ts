/** What a workbook says of itself: its sheets, whether days count from 1904, which styles are days, and the strings cells share. */
import { OperatorError } from '../../domain/operator-error.ts';
import type { ArchiveEntry } from '../archive/read-zip.ts';
import { readXml } from '../archive/xml-events.ts';
import { SharedStrings } from './shared-strings.ts';

export interface SheetPlace {
  readonly name: string;
  readonly isHidden: boolean;
  readonly entry: ArchiveEntry;
}

export interface Workbook {
  readonly sheets: readonly SheetPlace[];
  /** Old Macintosh workbooks count days from 1904. */
  readonly is1904: boolean;
  /** By the number of a cell's style: does it show a day? */
  readonly isDayStyle: readonly boolean[];
  readonly sharedStrings: SharedStrings;
}

/** @throws OperatorError `import.bad-workbook`, and what reading a zip or XML throws. */
export async function readWorkbook(entries: readonly ArchiveEntry[], file: string): Promise<Workbook> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const { sheets, is1904 } = await readSheetList(byName, file);
  return { sheets, is1904, isDayStyle: await readDayStyles(byName, file), sharedStrings: await readSharedStrings(byName, file) };
}

type Entries = ReadonlyMap<string, ArchiveEntry>;

async function readSheetList(entries: Entries, file: string): Promise<Pick<Workbook, 'sheets' | 'is1904'>> {
  const targets = await readTargets(entries, file);
  const sheets: SheetPlace[] = [];
  let is1904 = false;
  await read(entries, 'xl/workbook.xml', file, {
    open: ({ local, attributes }) => {
      if (local === 'workbookPr') is1904 = isOn(attributes['date1904']?.value);
      if (local !== 'sheet') return;
      const relation = Object.values(attributes).find((attribute) => attribute.local === 'id' && attribute.prefix !== '');
      const entry = entries.get(targets.get(relation?.value ?? '') ?? '');
      const isHidden = (attributes['state']?.value ?? 'visible') !== 'visible';
      if (entry && sheets.length < MOST_SHEETS) sheets.push({ name: attributes['name']?.value ?? '', isHidden, entry });
    },
    text: () => {},
    close: () => {},
  });
  if (sheets.length === 0) throw badWorkbook(file, 'has no sheets');
  return { sheets, is1904 };
}

const MOST_SHEETS = 1_000;
const isOn = (text: string | undefined): boolean => text === '1' || text === 'true';

async function readTargets(entries: Entries, file: string): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  await read(entries, 'xl/_rels/workbook.xml.rels', file, {
    open: ({ local, attributes }) => {
      const target = attributes['Target']?.value ?? '';
      if (local === 'Relationship') targets.set(attributes['Id']?.value ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
    text: () => {},
    close: () => {},
  });
  return targets;
}

/** Numbers of the built-in formats that show days (ECMA-376 part 1, 18.8.30). */
const BUILT_IN_DAYS: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

async function readDayStyles(entries: Entries, file: string): Promise<readonly boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isInside = false;
  if (!entries.has('xl/styles.xml')) return styles;
  await read(entries, 'xl/styles.xml', file, {
    open: ({ local, attributes }) => {
      const format = Number(attributes['numFmtId']?.value ?? 0);
      if (local === 'numFmt') custom.set(format, showsDays(attributes['formatCode']?.value ?? ''));
      if (local === 'cellXfs') isInside = true;
      if (local === 'xf' && isInside) styles.push(custom.get(format) ?? BUILT_IN_DAYS.has(format));
    },
    text: () => {},
    close: ({ local }) => {
      if (local === 'cellXfs') isInside = false;
    },
  });
  return styles;
}

/** A format with a year or a day of the month outside quotes, brackets and escapes. */
const showsDays = (code: string): boolean => /[yd]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

/** Of all strings together: beyond it a workbook is made to fill memory. */
const MOST_SHARED_BYTES = 50_331_648;
const MOST_SHARED_STRINGS = 2_000_000;

async function readSharedStrings(entries: Entries, file: string): Promise<SharedStrings> {
  const strings = new SharedStrings();
  let current = '';
  // Phonetic readings of East Asian text stand beside it and are not part of it.
  let isPhonetic = false;
  let isText = false;
  if (!entries.has('xl/sharedStrings.xml')) return strings;
  await read(entries, 'xl/sharedStrings.xml', file, {
    open: ({ local }) => {
      if (local === 'si') current = '';
      if (local === 'rPh') isPhonetic = true;
      isText = local === 't';
    },
    text: (text) => {
      if (isText && !isPhonetic && current.length < LONGEST_SHARED) current += text;
    },
    close: ({ local }) => {
      isText = false;
      if (local === 'rPh') isPhonetic = false;
      if (local !== 'si') return;
      strings.add(current);
      if (strings.size > MOST_SHARED_BYTES || strings.length > MOST_SHARED_STRINGS)
        throw badWorkbook(file, 'holds more text than a ledger has');
    },
  });
  return strings;
}

/** As long as a cell may be, and a little, so that a longer one is still refused as too long. */
const LONGEST_SHARED = 70_000;

async function read(entries: Entries, name: string, file: string, handlers: Parameters<typeof readXml>[2]): Promise<void> {
  const entry = entries.get(name);
  if (!entry) throw badWorkbook(file, `lacks its part ${name}`);
  await readXml(entry.open(), file, handlers);
}

export const badWorkbook = (file: string, says: string): OperatorError =>
  new OperatorError({
    code: 'import.bad-workbook',
    message: `The workbook ${file} ${says}.`,
    tryThis: 'Save it again as .xlsx, or as "CSV UTF-8".',
    kind: 'usage',
    at: { file },
  });
