/** The encodings a text ledger may be in, and what is known of the one a file is in. */

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1256', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** As people know them. */
export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1256': 'Windows-1256',
  'windows-1252': 'Windows-1252',
};

export interface EncodingChoice {
  readonly encoding: Encoding;
  /** What speaks for it, as the rest of a sentence: "Windows-1256: …". */
  readonly why: string;
}
