/** Reads the parts of our documents that tests hold against the program: fenced blocks, tables and links. */
import { readdirSync, readFileSync } from 'node:fs';

import { packagePath } from '../../src/package-root.ts';

export interface Fence {
  /** What follows the opening marks, e.g. `sh run`. */
  readonly info: string;
  readonly text: string;
  /** The nearest heading above, without its marks. */
  readonly under: string;
}

export const readDocument = (path: string): string => readFileSync(packagePath(path), 'utf8');

/** Every document of the repository that people read, by its path. */
export const documentPaths = (): readonly string[] => [
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(packagePath('docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
    .sort(),
];

export function fencesOf(markdown: string): readonly Fence[] {
  const fences: Fence[] = [];
  let under = '';
  let open: { readonly info: string; readonly lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    if (open === undefined) {
      if (line.startsWith('```')) open = { info: line.slice(3).trim(), lines: [] };
      else under = /^#+ (.*)$/.exec(line)?.[1] ?? under;
    } else if (line.startsWith('```')) {
      fences.push({ info: open.info, text: open.lines.join('\n'), under });
      open = undefined;
    } else open.lines.push(line);
  }
  return fences;
}

/** The cells of every table row, heading rows and their rules left out, with the heading above the table. */
export function tableRowsOf(markdown: string): readonly { readonly under: string; readonly cells: readonly string[] }[] {
  const rows: { under: string; cells: readonly string[] }[] = [];
  const lines = markdown.split('\n');
  let under = '';
  for (const [index, line] of lines.entries()) {
    under = /^#+ (.*)$/.exec(line)?.[1] ?? under;
    const isHead = lines[index + 1]?.startsWith('|--') === true || line.startsWith('|--');
    if (line.startsWith('|') && !isHead) rows.push({ under, cells: cellsOf(line) });
  }
  return rows;
}

const cellsOf = (line: string): readonly string[] =>
  line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());

/** Targets of links, those within the page and those to other sites left out. */
export const fileLinksOf = (markdown: string): readonly string[] =>
  [...withoutFences(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));

export const inBackticks = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

export const withoutFences = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, '');
