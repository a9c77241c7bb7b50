/** `wafa import list` and `wafa import undo`. */
import type { CommandContext, CommandResult } from './command.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { ImportBatch } from '../../store/sql/import-undo.ts';

export async function listBatches(context: CommandContext): Promise<CommandResult<unknown>> {
  const { listImports } = await import('../import/undo-import.ts');
  const batches = await listImports(await context.session());
  return {
    data: { imports: batches.map(batchView) },
    ending: 'ok',
    notes: batches.length === 0 ? ['Nothing was imported yet.'] : [],
  };
}

export async function undoBatch(context: CommandContext, id: number | undefined): Promise<CommandResult<unknown>> {
  if (id === undefined)
    throw new OperatorError({
      code: 'import.no-batch',
      kind: 'usage',
      message: 'Which import is to be undone?',
      tryThis: 'Name its number from `wafa import list`: `wafa import undo 12`.',
    });
  const { undoImport } = await import('../import/undo-import.ts');
  const { batch, proposalsCancelled } = await undoImport(await context.session(), id);
  const proposals = proposalsCancelled === 1 ? 'One proposal was' : `${proposalsCancelled} proposals were`;
  return {
    data: { import: batchView(batch), proposalsCancelled },
    ending: 'ok',
    notes: [
      `Import ${batch.id} of ${batch.fileName} is undone.`,
      ...(proposalsCancelled > 0 ? [`${proposals} cancelled; \`wafa plan\` composes what is left.`] : []),
    ],
  };
}

const batchView = ({ id, kind, fileName, mapping, rowCount, summary, importedBy, appliedAt, undoneAt }: ImportBatch) => ({
  id,
  file: fileName,
  kind,
  mapping,
  rows: rowCount,
  importedBy,
  appliedAt: appliedAt.toString(),
  undoneAt: undoneAt?.toString() ?? null,
  rejected: Number(summary['rejected'] ?? 0),
  summary,
});
