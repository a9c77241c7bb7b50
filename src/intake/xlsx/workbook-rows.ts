/** The rows of the one sheet of a workbook that is the ledger: the one named, else the first that is visible. */
import { shown } from '../faults.ts';
import type { ArchiveEntry } from '../archive/read-zip.ts';
import type { SourceRow } from '../source-row.ts';
import { sheetRows } from './sheet-rows.ts';
import { badWorkbook, readWorkbook } from './workbook.ts';
import type { SheetPlace } from './workbook.ts';

export interface WorkbookChoices {
  readonly file: string;
  readonly decimal: '.' | ',';
  readonly sheet: string | undefined;
}

/** @throws OperatorError `import.bad-workbook` and what reading a zip or XML throws. */
export async function* workbookRows(
  entries: readonly ArchiveEntry[],
  { file, decimal, sheet }: WorkbookChoices,
): AsyncGenerator<readonly SourceRow[]> {
  const workbook = await readWorkbook(entries, file);
  const chosen = chosenSheet(workbook.sheets, file, sheet);
  const others = workbook.sheets.filter((each) => each !== chosen).map(({ name }) => shown(name));
  let isFirst = true;
  for await (const rows of sheetRows(chosen, file, { ...workbook, decimal })) {
    yield isFirst ? withRemark(rows, chosen.name, others) : rows;
    isFirst = isFirst && rows.length === 0;
  }
}

function chosenSheet(sheets: readonly SheetPlace[], file: string, wanted: string | undefined): SheetPlace {
  const found = sheets.find(({ name, isHidden }) => (wanted === undefined ? !isHidden : name === wanted));
  if (found) return found;
  const names = sheets.map(({ name }) => shown(name)).join(', ');
  throw badWorkbook(file, wanted === undefined ? `has only hidden sheets (${names})` : `has no sheet ${shown(wanted)}; it has ${names}`);
}

/** Says on the first row of the ledger that other sheets were not read. */
const withRemark = (rows: readonly SourceRow[], chosen: string, others: readonly string[]): readonly SourceRow[] =>
  rows.map((row, index) =>
    index === 1 && others.length > 0
      ? {
          ...row,
          remark: {
            code: 'other-sheets',
            says: `only the sheet ${shown(chosen)} is read, not ${others.slice(0, 5).join(', ')}`,
            tryThis: 'Name another with --sheet.',
          },
        }
      : row,
  );
