import { dayOfText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { gap, hint, line, pairs, type Block } from '../page.ts';
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

/** What was read; what was written is told by the notes. */
export const importPresenter: Presenter<ImportData> = {
  page: ({ import: { file, kind, mapping, rows, asOf, dryRun }, warnings }) => [
    pairs(
      ['File', `${file}, ${rows} ${rows === 1 ? 'row' : 'rows'} of ${kind}`],
      ['Read with', `mapping ${mapping}`],
      ['As of', dayOfText(asOf)],
      ...(dryRun ? [['Dry run', 'nothing was changed'] as const] : []),
    ),
    ...warningBlocks(warnings),
  ],
};

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
