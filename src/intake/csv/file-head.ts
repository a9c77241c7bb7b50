/**
 * Decides from the first bytes of a file whether it is UTF-8 CSV at all, and from its first line which delimiter it uses.
 * Refuses other encodings by name instead of reading them wrongly.
 */
import { OperatorError } from '../../domain/operator-error.ts';

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** @throws OperatorError `import.encoding` or `import.content-type`, naming what the file seems to be. */
export function refuseUnlessText(head: Uint8Array, file: string): void {
  const foreign = FOREIGN_STARTS.find(({ start }) => start.every((byte, at) => head[at] === byte));
  if (foreign && !foreign.isEncoding) throw wrongContent(file, foreign.what);
  if (foreign || looksLikeUtf16(head)) throw wrongEncoding(file, 'UTF-16');
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(new TextDecoder('latin1').decode(head.subarray(0, 512))))
    throw wrongContent(file, 'a web page or XML');
}

const FOREIGN_STARTS: readonly { readonly start: readonly number[]; readonly what: string; readonly isEncoding: boolean }[] = [
  { start: [0xff, 0xfe], what: 'UTF-16', isEncoding: true },
  { start: [0xfe, 0xff], what: 'UTF-16', isEncoding: true },
  { start: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or a zip archive', isEncoding: false },
  { start: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook', isEncoding: false },
  { start: [0x25, 0x50, 0x44, 0x46], what: 'a PDF', isEncoding: false },
  { start: [0x1f, 0x8b], what: 'a gzip archive', isEncoding: false },
];

/** Latin text in UTF-16 without a mark has a zero in every second byte; a stray NUL in a UTF-8 cell does not. */
function looksLikeUtf16(head: Uint8Array): boolean {
  const sample = head.subarray(0, 64);
  const zeros = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  return sample.length >= 8 && zeros * 3 > sample.length;
}

export const wrongEncoding = (file: string, seems: string, row?: number): OperatorError =>
  new OperatorError({
    code: 'import.encoding',
    message: `The file is not UTF-8 text: it seems to be ${seems}.`,
    tryThis: 'Save it again as "CSV UTF-8".',
    kind: 'usage',
    at: row === undefined ? { file } : { file, row },
  });

const wrongContent = (file: string, what: string): OperatorError =>
  new OperatorError({
    code: 'import.content-type',
    message: `The file is not CSV: it is ${what}.`,
    tryThis: 'Export the ledger as "CSV UTF-8".',
    kind: 'usage',
    at: { file },
  });

/** Excel's own directive, `sep=;`, on a line before the headings. */
export const SEPARATOR_LINE = /^sep=(,|;|\t)(?:\r\n|\r|\n)/;

/** The delimiter that splits the heading line most often outside quotes; a comma when none does. */
export function detectDelimiter(headingLine: string): Delimiter {
  const unquoted = headingLine.replace(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter): number => unquoted.split(delimiter).length;
  return DELIMITERS.reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
}
