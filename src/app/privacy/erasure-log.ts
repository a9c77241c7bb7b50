/**
 * Who was erased, outside the database: a backup from before does not know it, so that restoring one replays the list. It names nobody: the
 * numbers of the contacts, and the keyed hash the address is known by.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const line = z.object({
  erasure: z.literal(1),
  companyCode: z.string(),
  contactIds: z.array(z.int().positive()),
  key: z.string().nullable(),
  erasedAt: z.string(),
});

export type Erasure = Omit<z.output<typeof line>, 'erasure'>;

const logPath = (home: string): string => join(home, 'erasures.jsonl');

/** On disk before the erasure is saved: one too many in it does no harm, one too few would bring a person back. */
export async function noteErasure(home: string, erasure: Erasure): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  await using file = await open(logPath(home), 'a', 0o600);
  await file.write(`${JSON.stringify({ erasure: 1, ...erasure })}\n`);
  await file.sync();
}

/** Lines that cannot be read, such as one whose writing was cut short, were never followed by an erasure and count for nothing. */
export async function erasures(home: string): Promise<readonly Erasure[]> {
  const text = await readFile(logPath(home), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((source) => {
    try {
      const parsed = line.safeParse(JSON.parse(source));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}
