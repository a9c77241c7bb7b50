import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { OperatorError } from '../../../src/domain/operator-error.ts';
import { MOST_FILE_BYTES, openLedgerFile } from '../../../src/intake/csv/ledger-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wafa-ledger-file-'));
  await mkdir(join(folder, 'inbox'));
  await writeFile(join(folder, 'secret.csv'), 'a\n');
  await writeFile(join(folder, 'inbox', 'good.csv'), 'a,b\n1,2\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The code a file of the test folder is refused with, or `opened`. */
async function outcomeOf(path: string, root?: string): Promise<string> {
  const opened = openLedgerFile(join(folder, path), root === undefined ? null : join(folder, root));
  return opened.then(
    async (file) => {
      await file.close();
      return 'opened';
    },
    (error: unknown) => (error instanceof OperatorError ? error.code : String(error)),
  );
}

describe('opening a ledger file', () => {
  it('gives its name, size and bytes', async () => {
    const file = await openLedgerFile(join(folder, 'inbox', 'good.csv'), join(folder, 'inbox'));
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.chunks) chunks.push(chunk);
    expect([file.name, file.bytes, Buffer.concat(chunks).toString()]).toEqual(['good.csv', 8, 'a,b\n1,2\n']);
  });

  it('refuses a pipe at once instead of waiting for a writer', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
    expect(await outcomeOf('pipe.csv')).toBe('import.not-regular-file');
  });

  it('refuses a folder, a device, a link and what does not exist', async () => {
    await symlink(join(folder, 'secret.csv'), join(folder, 'link.csv'));
    expect(await outcomeOf('inbox')).toBe('import.not-regular-file');
    await expect(openLedgerFile('/dev/zero')).rejects.toMatchObject({ code: 'import.not-regular-file' });
    expect(await outcomeOf('link.csv')).toBe('import.not-regular-file');
    expect(await outcomeOf('nothing.csv')).toBe('import.not-found');
  });

  it('refuses what lies outside the folder it should come from, by a link of the folder as well', async () => {
    await symlink(folder, join(folder, 'inbox', 'up'));
    expect(await outcomeOf('secret.csv', 'inbox')).toBe('import.outside-folder');
    expect(await outcomeOf('inbox/up/secret.csv', 'inbox')).toBe('import.outside-folder');
    expect(await outcomeOf('inbox/../secret.csv', 'inbox')).toBe('import.outside-folder');
  });

  it('without a folder to stay in, the same file through the same linked folder opens', async () => {
    const file = await openLedgerFile(join(folder, 'inbox', 'up', 'secret.csv'));
    for await (const chunk of file.chunks) expect(chunk.length).toBe(2);
  });

  it('refuses an empty file, a file of the system that claims to be empty, and one too large to be a ledger', async () => {
    await writeFile(join(folder, 'empty.csv'), '');
    await writeFile(join(folder, 'huge.csv'), '');
    await truncate(join(folder, 'huge.csv'), MOST_FILE_BYTES + 1);
    expect(await outcomeOf('empty.csv')).toBe('import.empty-file');
    await expect(openLedgerFile('/proc/self/environ')).rejects.toMatchObject({ code: 'import.empty-file' });
    expect(await outcomeOf('huge.csv')).toBe('import.file-too-big');
  });

  it('refuses a file this user may not read, without a stack', async () => {
    await writeFile(join(folder, 'locked.csv'), 'a\n');
    await chmod(join(folder, 'locked.csv'), 0);
    await chmod(folder, 0o755);
    expect(await asNobodyInParticular(() => outcomeOf('locked.csv'))).toBe('import.permission');
  });
});

/** Root may read everything, so for root the file is opened as the user who may read nothing. */
async function asNobodyInParticular<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return await work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
