/**
 * Where a ledger comes from, readable more than once: what a file is (its encoding, the order of its dates) is found out from the
 * whole of it before its first row is taken.
 */
import { OperatorError } from '../domain/operator-error.ts';
import { openLedgerFile } from './csv/ledger-file.ts';

/** A file by its path (in `root`, when given, after following links), or bytes from elsewhere under a name for messages. */
export type LedgerSource =
  | { readonly path: string; readonly root?: string }
  /** `chunks` can be iterated from the beginning any number of times. */
  | { readonly name: string; readonly chunks: AsyncIterable<Uint8Array> };

/** Bytes that can be read from the beginning as often as needed. */
export interface SourceBytes {
  /** File name without its folder, safe to show. */
  readonly name: string;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** @throws OperatorError `import.…` when the file cannot be opened; `import.file-changed` while reading, when it was replaced since. */
export async function sourceBytes(source: LedgerSource): Promise<SourceBytes> {
  if ('chunks' in source) return { name: source.name, chunks: () => source.chunks };
  const { path, root = null } = source;
  const first = await openLedgerFile(path, root);
  await first.close();
  return { name: first.name, chunks: () => readAgain(path, root, first.identity) };
}

async function* readAgain(path: string, root: string | null, identity: string): AsyncGenerator<Uint8Array> {
  const file = await openLedgerFile(path, root);
  if (file.identity !== identity) {
    await file.close();
    throw new OperatorError({
      code: 'import.file-changed',
      message: `The file ${file.name} changed while it was being read.`,
      tryThis: 'Wait until whatever writes it has finished, then import it again.',
      at: { file: file.name },
    });
  }
  yield* file.chunks;
}
/** All of it at once, for formats that cannot be read from front to back. @throws OperatorError `import.file-too-big`. */
export async function wholeBytes({ name, chunks }: SourceBytes, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks()) {
    size += chunk.length;
    if (size > most)
      throw new OperatorError({
        code: 'import.file-too-big',
        message: `The file ${name} is larger than ${most / 1_048_576} MB, the most for its kind.`,
        tryThis: 'Split it, or export it as CSV.',
        kind: 'usage',
        at: { file: name },
      });
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
