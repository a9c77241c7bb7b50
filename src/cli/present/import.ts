import { dayOfText, instantText } from './amounts.ts';
import type { Presenter, PresentContext } from './presenter.ts';
import { gap, hint, line, pairs, table, type Block, type Column, type Page } from '../page.ts';
import type { FaultPlace } from '../../domain/operator-error.ts';

interface Warning {
  readonly message: string;
  readonly at: FaultPlace;
}

interface ImportData {
  readonly import: {
    readonly dryRun: boolean;
    readonly file: string;
    readonly mapping: string;
    readonly kind: string;
    readonly rows: number;
    readonly asOf: string;
  };
  readonly warnings: readonly Warning[];
}

/** More would scroll the result away; `--json` has them all. */
const MOST_WARNINGS = 10;

interface BatchData {
  readonly id: number;
  readonly file: string;
  readonly kind: string;
  readonly rows: number;
  readonly importedBy: string | null;
  readonly appliedAt: string;
  readonly undoneAt: string | null;
  readonly rejected: number;
}

interface WatchData {
  readonly files: readonly { readonly file: string; readonly result: string }[];
}

const BATCH_COLUMNS: readonly Column[] = [
  { title: 'IMPORT', align: 'right' },
  { title: 'ON' },
  { title: 'FILE', least: 16 },
  { title: 'OF' },
  { title: 'ROWS', align: 'right' },
  { title: 'BY', least: 8, leaveOut: 1 },
  { title: '' },
];

/** What was read; what was written is told by the notes. */
export const importPresenter: Presenter<ImportData | { readonly imports: readonly BatchData[] } | WatchData> = {
  page: (data, context) => {
    if ('imports' in data) return data.imports.length === 0 ? [] : [batchTable(data.imports, context)];
    // What was watched or undone is told in full by the notes.
    if ('files' in data || !('warnings' in data)) return [];
    return filePage(data);
  },
};

const batchTable = (batches: readonly BatchData[], { timeZone }: PresentContext): Block =>
  table(
    BATCH_COLUMNS,
    batches.map(({ id, appliedAt, file, kind, rows, importedBy, undoneAt, rejected }) => [
      String(id),
      instantText(appliedAt, timeZone),
      file,
      kind,
      String(rows),
      importedBy ?? '-',
      [...(rejected > 0 ? [`${rejected} rejected`] : []), ...(undoneAt === null ? [] : ['undone'])].join(', '),
    ]),
  );

function filePage({ import: { file, kind, mapping, rows, asOf, dryRun }, warnings }: ImportData): Page {
  return [
    pairs(
      ['File', `${file}, ${rows} ${rows === 1 ? 'row' : 'rows'} of ${kind}`],
      ['Read with', `mapping ${mapping}`],
      ['As of', dayOfText(asOf)],
      ...(dryRun ? [['Dry run', 'nothing was changed'] as const] : []),
    ),
    ...warningBlocks(warnings),
  ];
}

function warningBlocks(warnings: readonly Warning[]): readonly Block[] {
  if (warnings.length === 0) return [];
  const more = warnings.length - MOST_WARNINGS;
  return [
    gap,
    line('Warnings'),
    ...warnings.slice(0, MOST_WARNINGS).map(({ message }) => line(`  ${message}`)),
    ...(more > 0 ? [hint(`${more} more: see --json`)] : []),
  ];
}
