/**
 * A template as a text file: what the editor opens and `wafa templates import` reads. Four parts, each after a line of its own that names
 * it; what stands before the first is a note to the person editing and is not stored.
 */
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import type { LevelSources } from './reminder-texts.ts';

export interface TemplateFile {
  readonly texts: LevelSources;
  /** Invoices listed in the body; a longer list is summarised there. */
  readonly maxInvoiceCount: number;
}

const PARTS = ['EN subject', 'EN body', 'AR subject', 'AR body', 'max invoices'] as const;
type Part = (typeof PARTS)[number];

export function writeTemplateFile({ texts, maxInvoiceCount }: TemplateFile, note: readonly string[]): string {
  const values: Readonly<Record<Part, string>> = {
    'EN subject': texts.EN.subject,
    'EN body': texts.EN.body,
    'AR subject': texts.AR.subject,
    'AR body': texts.AR.body,
    'max invoices': String(maxInvoiceCount),
  };
  return `${note.map((line) => `# ${line}\n`).join('')}\n${PARTS.map((part) => `=== ${part} ===\n${values[part]}\n`).join('\n')}`;
}

/** Larger than any two letters; a larger file is some other file. */
const MOST_CHARACTERS = 64_000;

/** @throws OperatorError `template.bad-file` naming the line. */
export function readTemplateFile(text: string): TemplateFile {
  if (text.length > MOST_CHARACTERS) throw bad('is too long for a template');
  if (!text.isWellFormed() || text.includes('\uFFFD')) throw bad('is not UTF-8 text');
  const parts = partsOf(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  const part = (name: Part): string => parts.get(name) ?? missing(name);
  const count = /^[1-9]\d{0,3}$/.exec(part('max invoices'))?.[0];
  if (count === undefined) throw bad('has no whole number from 1 to 9999 under "=== max invoices ==="');
  return {
    texts: {
      EN: { subject: part('EN subject'), body: part('EN body') },
      AR: { subject: part('AR subject'), body: part('AR body') },
    },
    maxInvoiceCount: Number(count),
  };
}

function partsOf(text: string): ReadonlyMap<Part, string> {
  const parts = new Map<Part, string>();
  let name: Part | null = null;
  let lines: string[] = [];
  for (const [index, line] of [...text.split('\n'), '=== end ==='].entries()) {
    const heading = /^=== (.+) ===\s*$/.exec(line)?.[1];
    if (heading === undefined) {
      lines.push(line);
      continue;
    }
    if (name !== null) parts.set(name, lines.join('\n').trim());
    lines = [];
    if (heading === 'end') break;
    name = PARTS.find((part) => part === heading) ?? unknownPart(heading, index + 1);
    if (parts.has(name)) throw bad(`has the part "${name}" twice, again in line ${index + 1}`);
  }
  return parts;
}

function unknownPart(heading: string, line: number): never {
  throw bad(`has an unknown part ${JSON.stringify(safeText(heading.slice(0, 40)))} in line ${line}`);
}

function missing(part: Part): never {
  throw bad(`has no part "=== ${part} ==="`);
}

const bad = (what: string): OperatorError =>
  new OperatorError({
    code: 'template.bad-file',
    kind: 'usage',
    message: `The template file ${what}.`,
    tryThis: `It has these parts, each under its own line: ${PARTS.map((part) => `=== ${part} ===`).join(', ')}.`,
  });
