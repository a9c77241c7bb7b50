/**
 * A backup as a file: one line that says what it is, then everything else compressed and encrypted (AES-256-GCM), then 16 bytes that prove
 * both unchanged. Nothing of it is used before they did.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';

import { OperatorError } from '../../domain/operator-error.ts';

const FORMAT = 1;
const TAG_BYTES = 16;
/** Far more than the line ever has. */
const LONGEST_HEADER = 65_536;

const headerLine = z.object({
  wafaBackup: z.literal(FORMAT),
  createdAt: z.string(),
  program: z.string(),
  postgres: z.string(),
  migrations: z.array(z.string()),
  iv: z.string(),
});

export type BackupHeader = Omit<z.output<typeof headerLine>, 'wafaBackup' | 'iv'>;

/** The file appears whole, on disk and under its name, or not at all. */
export async function writeSealed(path: string, key: Buffer, header: BackupHeader, content: AsyncIterable<Buffer>): Promise<void> {
  const iv = randomBytes(12);
  const line = Buffer.from(`${JSON.stringify({ wafaBackup: FORMAT, ...header, iv: iv.toString('hex') })}\n`);
  const draft = `${path}.part`;
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(line);
  try {
    const file = createWriteStream(draft, { flags: 'wx', mode: 0o600 });
    file.write(line);
    // Speed before size: rows of a ledger compress well at any level.
    await pipeline(Readable.from(content), createGzip({ level: 1 }), cipher, file, { end: true });
    await using whole = await open(draft, 'a');
    await whole.write(cipher.getAuthTag());
    await whole.sync();
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

interface Opened {
  readonly header: BackupHeader;
  readonly iv: Buffer;
  readonly line: Buffer;
  readonly endsAt: number;
}

/** @throws OperatorError `backup.not-one` */
async function openSealed(path: string): Promise<Opened> {
  await using file = await open(path, 'r').catch((cause: unknown) => {
    throw notOne(path, cause);
  });
  const { size } = await stat(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, LONGEST_HEADER)), 0, undefined, 0);
  const lineEnd = buffer.subarray(0, bytesRead).indexOf(0x0a);
  const parsed = headerLine.safeParse(lineEnd < 0 ? null : safeJson(buffer.subarray(0, lineEnd).toString('utf8')));
  if (!parsed.success || size < lineEnd + 1 + TAG_BYTES) throw notOne(path);
  const { wafaBackup: _, iv, ...header } = parsed.data;
  return { header, iv: Buffer.from(iv, 'hex'), line: buffer.subarray(0, lineEnd + 1), endsAt: size - TAG_BYTES };
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What the first line says; it is not proven. @throws OperatorError `backup.not-one` */
export const headerOf = async (path: string): Promise<BackupHeader> => (await openSealed(path)).header;

/**
 * Reads the whole file once to see that it is unchanged and the key its own, and again to give it out.
 * @throws OperatorError `backup.not-one|changed`
 */
export async function readSealed(path: string, key: Buffer): Promise<AsyncIterable<Buffer>> {
  const opened = await openSealed(path);
  await decrypted(path, key, opened, new Writable({ write: (_chunk, _encoding, done) => done() }));
  return streamOf(path, key, opened);
}

const tagOf = async (path: string, endsAt: number): Promise<Buffer> => {
  await using file = await open(path, 'r');
  return (await file.read(Buffer.alloc(TAG_BYTES), 0, TAG_BYTES, endsAt)).buffer;
};

async function decrypted(path: string, key: Buffer, { iv, line, endsAt }: Opened, into: Writable): Promise<void> {
  const decipher = createDecipheriv('aes-256-gcm', key, iv)
    .setAAD(line)
    .setAuthTag(await tagOf(path, endsAt));
  const sealed = createReadStream(path, { start: line.length, end: endsAt - 1 });
  try {
    await pipeline(sealed, decipher, createGunzip(), into);
  } catch (cause) {
    throw new OperatorError({
      code: 'backup.changed',
      message: 'The backup is not as it was written, or the key is not the one it was written with.',
      tryThis: 'Use the key file of the installation that made it (backup.key in its data folder), or another backup.',
      cause,
    });
  }
}

async function* streamOf(path: string, key: Buffer, { iv, line, endsAt }: Opened): AsyncGenerator<Buffer> {
  const decipher = createDecipheriv('aes-256-gcm', key, iv)
    .setAAD(line)
    .setAuthTag(await tagOf(path, endsAt));
  const plain = createReadStream(path, { start: line.length, end: endsAt - 1 })
    .pipe(decipher)
    .pipe(createGunzip());
  for await (const chunk of plain) yield chunk as Buffer;
}

const notOne = (path: string, cause?: unknown): OperatorError =>
  new OperatorError({
    code: 'backup.not-one',
    kind: 'usage',
    message: `There is no backup of Wafa at ${JSON.stringify(path.slice(-200))}.`,
    tryThis: 'Name a file that `wafa db backup` wrote.',
    ...(cause === undefined ? {} : { cause }),
  });
