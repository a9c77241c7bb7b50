/**
 * Keys of the `:` line: typing, lines typed before by up and down, verbs completed by Tab. What Enter takes is a line of the command line, so
 * nothing can be done here that a shell could not.
 */
import type { ConsoleState, Overlay } from './console-state.ts';
import type { Step } from './event.ts';
import { changeOverlay, closeOverlay, follow, wanted } from './follow-intents.ts';
import { commandRegistry } from '../../app/commands/registry.ts';
import { editField, fieldOf } from '../input/edit-field.ts';
import type { Key } from '../input/key.ts';
import { splitWords } from '../input/split-words.ts';

type CommandLine = Extract<Overlay, { kind: 'command-line' }>;

/** More than a day's lines; a visit of weeks must not grow for ever. */
const MOST_REMEMBERED = 200;

export function commandLineKey(state: ConsoleState, overlay: CommandLine, key: Key, atMs: number): Step<ConsoleState> {
  switch (key.chord) {
    case 'enter':
      return entered(state, overlay.field.value, atMs);
    case 'up':
      return recalled(state, overlay, -1);
    case 'down':
      return recalled(state, overlay, 1);
    case 'tab':
      return [changeOverlay(state, { ...overlay, field: fieldOf(completedVerb(overlay.field.value, VERBS)) }), []];
    case 'backspace':
      if (overlay.field.value === '') return [closeOverlay(state), []];
  }
  const field = editField(overlay.field, key);
  return [field === null ? state : changeOverlay(state, { ...overlay, field }), []];
}

const VERBS: readonly string[] = commandRegistry.map(({ name }) => name);

function entered(state: ConsoleState, line: string, atMs: number): Step<ConsoleState> {
  const words = splitWords(line);
  const closed = closeOverlay(state);
  if (words.length === 0) return [closed, []];
  if (words.length === 1 && (words[0] === 'q' || words[0] === 'quit')) return follow(closed, [{ kind: 'quit' }], atMs);
  return wanted(
    { ...closed, linesTyped: remembered(state.linesTyped, line.trim()) },
    { words, confirm: null, shows: 'page', undo: null },
    atMs,
  );
}

/** The same line again moves to the end instead of standing twice. */
const remembered = (lines: readonly string[], line: string): readonly string[] =>
  [...lines.filter((known) => known !== line), line].slice(-MOST_REMEMBERED);

/** Above the oldest line it stays; below the newest one the line is empty again. */
function recalled(state: ConsoleState, overlay: CommandLine, by: number): Step<ConsoleState> {
  const { linesTyped } = state;
  if (linesTyped.length === 0) return [state, []];
  const at = Math.max(0, Math.min(linesTyped.length, (overlay.historyAt ?? linesTyped.length) + by));
  return [changeOverlay(state, { ...overlay, historyAt: at, field: fieldOf(linesTyped[at] ?? '') }), []];
}

/** The first word, as far as all verbs that begin like it agree; a blank behind it when only one does. */
export function completedVerb(line: string, verbs: readonly string[]): string {
  const fitting = verbs.filter((verb) => verb.startsWith(line));
  const [first] = fitting;
  if (first === undefined || line === '') return line;
  if (fitting.length === 1) return `${first} `;
  let length = first.length;
  while (!fitting.every((verb) => verb.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}
