/** What an import that left rows out says of them, once their file is written. */
import type { ImportRequest } from '../import-ledger.ts';
import type { RefusedRows } from './refused-rows.ts';
import { writeRejects } from './rejects-file.ts';
import type { ImportFault } from '../../intake/faults.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { choicesFor } from '../../intake/read-ledger.ts';

/** What an import with `--partial` left out. */
export interface RejectedRows {
  readonly rows: number;
  /** Where they are; `null` when there are none, and for a dry run that names no file. */
  readonly path: string | null;
  /** What is wrong with the first of them, in file order. */
  readonly faults: readonly ImportFault[];
}

type Request = Pick<ImportRequest, 'path' | 'partial' | 'isDryRun' | 'choices'> & { readonly mapping: Mapping };

/** A dry run leaves nothing behind but a file that was asked for by name. */
export async function rejectedRows(refused: RefusedRows | null, request: Request): Promise<RejectedRows> {
  if (refused === null || refused.count === 0) return { rows: 0, path: null, faults: [] };
  const { path, partial, isDryRun, mapping, choices } = request;
  const faults = refused.faults.toSorted((a, b) => (a.at.row ?? 0) - (b.at.row ?? 0));
  const isWanted = isDryRun !== true || partial?.rejects !== undefined;
  const how = { path, choices: choicesFor({ mapping, choices }), delimiter: mapping.delimiter, rejects: partial?.rejects };
  return { rows: refused.count, path: isWanted ? await writeRejects(refused, how) : null, faults };
}
