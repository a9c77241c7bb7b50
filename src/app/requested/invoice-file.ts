/**
 * The PDF of an invoice in the configured folder: of this company, of exactly this number, a plain file that is what it says. A name
 * never leads out of the company's own folder, and two numbers never share one.
 */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';

/** Mail systems commonly take 25 MB with everything, and a file grows by a third on its way. */
const MOST_BYTES = 10 * 1024 * 1024;
export const MOST_BYTES_TOGETHER = 15 * 1024 * 1024;

/** @throws OperatorError `copy.no-folder`, `copy.no-file`, `copy.link`, `copy.too-large`, `copy.not-pdf` */
export async function readInvoiceFile(folder: string | undefined, companyCode: string, number: string): Promise<Buffer> {
  if (folder === undefined || folder === '') throw noFolder();
  const home = await companyFolder(folder, companyCode, number);
  const bytes = await readPlainFile(join(home, fileNameOf(number)), number);
  // ISO 32000-1 §7.5.2: a PDF file begins with this. What does not is not opened by the customer either.
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw fault('not-pdf', number, 'is not a PDF file', 'Put the PDF itself there.');
  return bytes;
}

/**
 * Letters, digits, blanks and `._()+,-` stand for themselves, anything else is written as in a web address: so no number names another
 * folder or another number's file. A number of dots alone would be a folder too.
 */
export function fileNameOf(number: string): string {
  const name = [...number.normalize('NFC')].map((character) => (PLAIN.test(character) ? character : encoded(character))).join('');
  return `${name.replace(/^\./, '%2E')}.pdf`;
}

const PLAIN = /^[\p{L}\p{M}\p{Nd} ._()+,-]$/u;
const encoded = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** The folder itself may be reached through links, as whoever runs the machine likes it; a company's folder inside may not lead out. */
async function companyFolder(folder: string, companyCode: string, number: string): Promise<string> {
  try {
    const root = await realpath(folder);
    const home = join(root, companyCode);
    if ((await realpath(home)) !== home) throw fault('link', number, 'lies behind a link', `Make ${companyCode} a folder of its own.`);
    return home;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw fault('no-file', number, 'is not there', `Make the folder ${companyCode} in WAFA_INVOICE_FOLDER, with ${shown(number)} in it.`);
  }
}

/** Opened without following a link and without waiting for a pipe, then asked what it is: nothing can be exchanged in between. */
async function readPlainFile(path: string, number: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw fault('link', number, 'is a link', 'Put the file itself there.');
    throw fault('no-file', number, 'is not there, or cannot be read', `Its name has to be ${shown(number)}.`);
  });
  try {
    const { size } = await file.stat().then((stat) => {
      if (!stat.isFile()) throw fault('no-file', number, 'is not a file', `Put a file of the name ${shown(number)} there.`);
      return stat;
    });
    if (size > MOST_BYTES) throw fault('too-large', number, 'is larger than 10 MB', 'Send it another way, or make it smaller.');
    const bytes = Buffer.alloc(size);
    let read = 0;
    while (read < size) {
      const { bytesRead } = await file.read(bytes, read, size - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await file.close();
  }
}

const shown = (number: string): string => safeText(fileNameOf(number).slice(0, 120));

const noFolder = (): OperatorError =>
  new OperatorError({
    code: 'copy.no-folder',
    kind: 'configuration',
    message: 'Nothing says where copies of invoices lie.',
    tryThis: 'Set WAFA_INVOICE_FOLDER to the folder; docs/configuration.md says how the files are named.',
  });

const fault = (code: string, number: string, says: string, tryThis: string): OperatorError =>
  new OperatorError({
    code: `copy.${code}`,
    kind: 'usage',
    message: `The file of invoice ${safeText(number.slice(0, 60))} ${says}.`,
    tryThis,
  });
