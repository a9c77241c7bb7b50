/**
 * Refuses from the first bytes of a file what is no text at all, by name, and finds the delimiter in its first line.
 */
import { OperatorError } from '../../domain/operator-error.ts';

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** @throws OperatorError `import.content-type`, naming what the file seems to be. */
export function refuseForeignContent(head: Uint8Array, file: string): void {
  const foreign = FOREIGN_STARTS.find(({ start }) => start.every((byte, at) => head[at] === byte));
  if (foreign) throw wrongContent(file, foreign.what);
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(new TextDecoder('latin1').decode(head.subarray(0, 512))))
    throw wrongContent(file, 'a web page or XML');
}

const FOREIGN_STARTS: readonly { readonly start: readonly number[]; readonly what: string }[] = [
  { start: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or a zip archive' },
  { start: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook' },
  { start: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { start: [0x1f, 0x8b], what: 'a gzip archive' },
];

const wrongContent = (file: string, what: string): OperatorError =>
  new OperatorError({
    code: 'import.content-type',
    message: `The file is not a ledger: it is ${what}.`,
    tryThis: 'Export the ledger as CSV, as an Excel workbook (.xlsx) or as UBL invoices.',
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
