/** A key while an overlay is open: only the topmost sees it, and Escape always closes it without doing anything. */
import type { ConsoleState, Overlay } from './console-state.ts';
import type { Step } from './event.ts';
import { changeOverlay, closeOverlay, flashed, follow, started, wanted } from './follow-intents.ts';
import { choiceEntries } from '../overlays/choice-entries.ts';
import { helpEntries } from '../overlays/help-entries.ts';
import { paletteEntries } from '../overlays/palette-entries.ts';
import { commandLineKey } from './command-line-keys.ts';
import { notRead, readAnswer, withAnswer } from './prompt-answer.ts';
import { editField } from '../input/edit-field.ts';
import { pressed, type Key } from '../input/key.ts';
import { screenKey } from './screen-keys.ts';
import type { Intent, OutsideProgram, VerbAct } from './intent.ts';
import { LAST_LINE } from '../widgets/scroll.ts';

/**
 * How long a question must have been on the screen before it can be agreed to, in milliseconds. Keys typed ahead of it, or in one piece with
 * the key that asked, must not answer it.
 */
const ARMING_MS = 250;

export function overlayKey(state: ConsoleState, overlay: Overlay, key: Key, atMs: number): Step<ConsoleState> {
  if (key.chord === 'esc' || key.chord === 'ctrl+c')
    return [closeOverlay(state), overlay.kind === 'asked' ? [{ kind: 'answer', isMeant: false }] : []];
  switch (overlay.kind) {
    case 'confirm':
      return confirmKey(state, overlay, key, atMs);
    case 'asked':
      return askedKey(state, overlay, key, atMs);
    case 'prompt':
      return promptKey(state, overlay, key, atMs);
    case 'command-line':
      return commandLineKey(state, overlay, key, atMs);
    case 'palette':
    case 'help':
    case 'choice':
      return listingKey(state, overlay, key, atMs);
    case 'passage':
      return passageKey(state, overlay, key, atMs);
  }
}

/** Marks the overlays now on the terminal as seen since this moment. */
export function paintedOverlays(state: ConsoleState, ids: readonly number[], atMs: number): ConsoleState {
  const isNew = (overlay: Overlay): boolean => 'paintedAtMs' in overlay && overlay.paintedAtMs === null && ids.includes(overlay.id);
  if (!state.overlays.some(isNew)) return state;
  return {
    ...state,
    overlays: state.overlays.map((overlay) => (isNew(overlay) ? ({ ...overlay, paintedAtMs: atMs } as Overlay) : overlay)),
  };
}

const isArmed = (paintedAtMs: number | null, atMs: number): boolean => paintedAtMs !== null && atMs - paintedAtMs >= ARMING_MS;

type Confirm = Extract<Overlay, { kind: 'confirm' }>;

/** Enter agrees to nothing by itself where a word has to be typed; without one, `y` agrees and Enter, the key pressed by habit, declines. */
function confirmKey(state: ConsoleState, overlay: Confirm, key: Key, atMs: number): Step<ConsoleState> {
  const word = overlay.act.confirm?.typedWord ?? null;
  if (!isArmed(overlay.paintedAtMs, atMs)) return [state, []];
  if (word === null) {
    if (key.chord === 'y') return agreed(state, overlay.act, atMs);
    return key.chord === 'n' || key.chord === 'enter' ? [closeOverlay(state), []] : [state, []];
  }
  if (key.chord === 'enter')
    return overlay.typed.trim().toLowerCase() === word.toLowerCase() ? agreed(state, overlay.act, atMs) : [state, []];
  // A word from the clipboard is no word typed.
  if (key.chord === 'paste') return [state, []];
  const field = editField({ value: overlay.typed, caret: [...overlay.typed].length }, key);
  return [field === null ? state : changeOverlay(state, { ...overlay, typed: field.value }), []];
}

const agreed = (state: ConsoleState, act: VerbAct, atMs: number): Step<ConsoleState> => started(closeOverlay(state), act, atMs);

/** As a confirmation without a word: `y` means it, Enter by habit does not. */
function askedKey(state: ConsoleState, { paintedAtMs }: Extract<Overlay, { kind: 'asked' }>, key: Key, atMs: number): Step<ConsoleState> {
  if (!isArmed(paintedAtMs, atMs) || !['y', 'n', 'enter'].includes(key.chord)) return [state, []];
  return [closeOverlay(state), [{ kind: 'answer', isMeant: key.chord === 'y' }]];
}

type PromptOverlay = Extract<Overlay, { kind: 'prompt' }>;

function promptKey(state: ConsoleState, overlay: PromptOverlay, key: Key, atMs: number): Step<ConsoleState> {
  if (key.chord === 'enter') {
    const { value } = overlay.field;
    if (value.trim() === '' || overlay.paintedAtMs === null) return [state, []];
    const answer = readAnswer(overlay.prompt, value, state.pulse?.today ?? null);
    if (answer === null) return [flashed(state, notRead(value), 'notice', atMs), []];
    return wanted(closeOverlay(state), withAnswer(overlay.prompt.act, answer), atMs);
  }
  const field = editField(overlay.field, key);
  return [field === null ? state : changeOverlay(state, { ...overlay, field }), []];
}

type Listing = Extract<Overlay, { kind: 'palette' | 'help' | 'choice' }>;

interface Entry {
  readonly intents: readonly Intent[];
  /** The key it stands for, pressed for the operator. */
  readonly chord?: string;
  readonly removal?: readonly Intent[];
}

function entriesOf(state: ConsoleState, overlay: Listing, atMs: number): readonly Entry[] {
  const { value } = overlay.field;
  if (overlay.kind === 'choice') return choiceEntries(overlay.choice, value);
  return overlay.kind === 'palette' ? paletteEntries(state, value) : helpEntries(state, value, atMs);
}

/** A list narrowed by typing; Enter takes the chosen entry. */
function listingKey(state: ConsoleState, overlay: Listing, key: Key, atMs: number): Step<ConsoleState> {
  const entries = entriesOf(state, overlay, atMs);
  const step = { up: -1, down: 1, pageup: -10, pagedown: 10 }[key.chord];
  if (step !== undefined)
    return [changeOverlay(state, { ...overlay, at: Math.max(0, Math.min(entries.length - 1, overlay.at + step)) }), []];
  const chosen = entries[overlay.at];
  if (key.chord === 'delete' && chosen?.removal !== undefined) return follow(closeOverlay(state), chosen.removal, atMs);
  if (key.chord === 'enter') {
    const closed = closeOverlay(state);
    if (chosen?.chord !== undefined) return screenKey(closed, pressed(chosen.chord), atMs);
    return chosen === undefined ? [closed, []] : follow(closed, chosen.intents, atMs);
  }
  const field = editField(overlay.field, key);
  return [field === null ? state : changeOverlay(state, { ...overlay, field, at: 0 }), []];
}

const OUTSIDE_KEYS: Readonly<Partial<Record<string, OutsideProgram>>> = { v: 'pager', e: 'editor' };

function passageKey(state: ConsoleState, overlay: Extract<Overlay, { kind: 'passage' }>, key: Key, atMs: number): Step<ConsoleState> {
  const outside = OUTSIDE_KEYS[key.chord];
  if (outside !== undefined) return follow(state, [{ kind: 'outside', program: outside, title: overlay.title, page: overlay.page }], atMs);
  const page = Math.max(1, state.size.rows - 8);
  const to = (top: number): Step<ConsoleState> => [changeOverlay(state, { ...overlay, top: Math.max(0, Math.min(LAST_LINE, top)) }), []];
  switch (key.chord) {
    case 'up':
    case 'k':
      return to(overlay.top - 1);
    case 'down':
    case 'j':
      return to(overlay.top + 1);
    case 'pageup':
      return to(overlay.top - page);
    case 'pagedown':
    case 'space':
      return to(overlay.top + page);
    case 'home':
    case 'g':
      return to(0);
    case 'end':
    case 'G':
      return to(LAST_LINE);
    case 'enter':
    case 'q':
      return [closeOverlay(state), []];
    default:
      return [state, []];
  }
}
