/**
 * The console in sentences: what a screen reader is given instead of the picture. Pure. The topmost overlay is what there is; without one, the
 * screen. Only what was not said before is said again.
 */
import { choiceEntries } from '../overlays/choice-entries.ts';
import { helpEntries } from '../overlays/help-entries.ts';
import { paletteEntries } from '../overlays/palette-entries.ts';
import { screenNamed } from '../screens/all-screens.ts';
import type { ConsoleState, Overlay } from '../state/console-state.ts';
import { readAnswer } from '../state/prompt-answer.ts';
import { surroundingsOf } from '../state/surroundings.ts';
import { spokenLines } from '../../cli/spoken-lines.ts';

export function spokenState(state: ConsoleState, atMs: number): readonly string[] {
  return [...linkLines(state), ...flashLines(state), ...placeLines(state, atMs)];
}

/** What is new in `after`, in its order. */
export function newlySpoken(before: readonly string[], after: readonly string[]): readonly string[] {
  const said = new Set(before);
  return after.filter((line) => !said.has(line) && line.trim() !== '');
}

const flashLines = ({ flash }: ConsoleState): readonly string[] => (flash === null ? [] : [flash.text]);

const linkLines = ({ link, pulse, isReadOnly }: ConsoleState): readonly string[] =>
  link.kind === 'lost'
    ? ['The database is away. What was said may be old, and nothing can be changed.']
    : pulse === null
      ? []
      : [`${pulse.companyName}, ${MODE_WORDS[pulse.mode]}${isReadOnly ? ', read-only' : ''}.`];

const MODE_WORDS = {
  LIVE: 'mail leaves for customers',
  OUTBOX: 'mail goes to a folder and to nobody',
  LOOPBACK: 'mail goes to a test server',
  PAUSED: 'sending is paused',
  STOPPED: 'all sending is stopped',
} as const;

function placeLines(state: ConsoleState, atMs: number): readonly string[] {
  const overlay = state.overlays.at(-1);
  if (overlay !== undefined) return overlayLines(overlay, state, atMs);
  const open = state.screens.at(-1);
  if (open === undefined) return [];
  const screen = screenNamed(open.name);
  if (open.answered === null && state.link.kind !== 'lost') return [`${screen.title}: reading.`];
  const surroundings = surroundingsOf(state, atMs);
  return [`${screen.title}. ${screen.heading(open.state, surroundings)}`.trim(), ...screen.spoken(open.state, surroundings)];
}

function overlayLines(overlay: Overlay, state: ConsoleState, atMs: number): readonly string[] {
  switch (overlay.kind) {
    case 'confirm': {
      const { question, facts, typedWord, verb } = overlay.act.confirm ?? { question: '', facts: [], typedWord: null, verb: '' };
      const how =
        typedWord === null
          ? `Press y to ${verb}, n or Escape to leave it.`
          : `Type ${typedWord} and press Enter to ${verb}; Escape leaves it. Typed: ${overlay.typed === '' ? 'nothing' : overlay.typed}.`;
      return [question, ...facts, how];
    }
    case 'asked':
      return [overlay.question, 'Press y for yes, n for no.'];
    case 'prompt': {
      const meaning = readAnswer(overlay.prompt, overlay.field.value, state.pulse?.today ?? null)?.meaning ?? null;
      const typed = `Typed: ${overlay.field.value === '' ? 'nothing' : overlay.field.value}${meaning === null ? '' : `, which is ${meaning}`}.`;
      return [overlay.prompt.title, overlay.prompt.hint, typed];
    }
    case 'command-line':
      return [`Command: ${overlay.field.value === '' ? 'nothing typed' : overlay.field.value}`];
    case 'palette': {
      const entries = paletteEntries(state, overlay.field.value);
      return chosenLines(
        'Commands',
        overlay.field.value,
        entries.length,
        overlay.at,
        entries[overlay.at],
        ({ name, about }) => `${name}: ${about}`,
      );
    }
    case 'help': {
      const entries = helpEntries(state, overlay.field.value, atMs);
      return chosenLines('Keys here', overlay.field.value, entries.length, overlay.at, entries[overlay.at], ({ keys, about, whyNot }) =>
        whyNot === null ? `${keys}: ${about}` : `${keys}: ${about} Not now: ${whyNot}.`,
      );
    }
    case 'choice': {
      const { title, whenNone, entries: all } = overlay.choice;
      if (all.length === 0) return [title, whenNone];
      const entries = choiceEntries(overlay.choice, overlay.field.value);
      return chosenLines(
        title,
        overlay.field.value,
        entries.length,
        overlay.at,
        entries[overlay.at],
        ({ name, about }) => `${name}: ${about}`,
      );
    }
    case 'passage':
      return [overlay.title, ...spokenLines(overlay.page), 'Escape closes it.'];
  }
}

function chosenLines<Entry>(
  title: string,
  filter: string,
  count: number,
  at: number,
  entry: Entry | undefined,
  words: (entry: Entry) => string,
): readonly string[] {
  const narrowed = filter === '' ? '' : ` for ${filter}`;
  return [`${title}${narrowed}: ${count}.`, ...(entry === undefined ? ['Nothing by these words.'] : [`${at + 1}. ${words(entry)}`])];
}
