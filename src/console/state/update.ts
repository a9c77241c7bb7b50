/**
 * The console's one way to change: an event in, the next state and what the world has to do out. Pure, so that every journey through the console
 * can be tried without a terminal, and keys that come in one piece each see the state the one before them left.
 */
import type { ConsoleState, OpenScreen } from './console-state.ts';
import type { ConsoleEvent, Effect, Step } from './event.ts';
import { flashed, follow, shown } from './follow-intents.ts';
import { overlayKey, paintedOverlays } from './overlay-keys.ts';
import { screenKey } from './screen-keys.ts';
import { consoleChords } from './console-keys.ts';
import { surroundingsOf } from './surroundings.ts';
import { counted, undoAfter } from './last-undo.ts';
import { screenNamed } from '../screens/all-screens.ts';

/** Below this nothing useful fits; only leaving is possible. */
export const LEAST_COLUMNS = 60;
export const LEAST_ROWS = 15;

export function update(state: ConsoleState, event: ConsoleEvent): Step<ConsoleState> {
  const [next, effects] = changed(state, event);
  return withQuestion(state, next, effects);
}

function changed(state: ConsoleState, event: ConsoleEvent): Step<ConsoleState> {
  switch (event.kind) {
    case 'opened':
      return [state, askAgain(state)];
    case 'key':
      return keyPressed(state, event);
    case 'resized':
      return [{ ...state, size: { columns: event.columns, rows: event.rows } }, [{ kind: 'repaint' }]];
    case 'painted':
      return [paintedOverlays(state, event.overlayIds, event.atMs), []];
    case 'pulse':
      return pulsed(state, event);
    case 'link-lost':
      return [
        {
          ...state,
          link:
            state.link.kind === 'lost'
              ? { ...state.link, tries: state.link.tries + 1, why: event.why }
              : { kind: 'lost', sinceMs: event.atMs, tries: 1, why: event.why },
        },
        [],
      ];
    case 'answered':
      return answered(state, event);
    case 'unanswered':
      return [flashed(state, event.why, 'bad', event.atMs), []];
    case 'asked':
      return [shown(state, { kind: 'asked', id: 0, question: event.question, paintedAtMs: null }), []];
    case 'entered':
      return entered(state, event);
    case 'verb-ended':
      return verbEnded(state, event);
    case 'flash':
      return [flashed(state, event.text, event.tone, event.atMs), []];
    case 'tick':
      return [ticked(state, event.atMs), []];
  }
}

function ticked(state: ConsoleState, atMs: number): ConsoleState {
  const rested = state.flash !== null && atMs >= state.flash.untilMs ? { ...state, flash: null } : state;
  const lastUndo = counted(rested.lastUndo, rested, atMs);
  return lastUndo === rested.lastUndo ? rested : { ...rested, lastUndo };
}

function keyPressed(state: ConsoleState, { key, atMs }: Extract<ConsoleEvent, { kind: 'key' }>): Step<ConsoleState> {
  if (consoleChords(state.rebound, 'redraw').includes(key.chord)) return [state, [{ kind: 'repaint' }]];
  const isTooSmall = state.size.columns < LEAST_COLUMNS || state.size.rows < LEAST_ROWS;
  if (isTooSmall) return key.chord === 'ctrl+c' || key.chord === 'q' ? [{ ...state, hasQuit: true }, [{ kind: 'quit' }]] : [state, []];
  const overlay = state.overlays.at(-1);
  return overlay === undefined ? screenKey(state, key, atMs) : overlayKey(state, overlay, key, atMs);
}

/** Whenever anything happened in the company, what is on the screen is asked for again. */
function pulsed(state: ConsoleState, { pulse, atMs }: Extract<ConsoleEvent, { kind: 'pulse' }>): Step<ConsoleState> {
  // One that was on its way when another company was entered.
  if (state.company !== null && state.company !== pulse.companyCode) return [state, []];
  const link = { kind: 'live', seenAtMs: atMs } as const;
  const next = { ...state, pulse, link };
  const hasMoved = state.pulse !== null && (state.pulse.sequence !== pulse.sequence || !state.pulse.today.equals(pulse.today));
  const wasAway = state.link.kind !== 'live';
  return hasMoved || wasAway ? [next, askAgain(next)] : [next, []];
}

/** Nothing of the company that was left stays: no row, no mark, no question half asked, nothing to take back. */
function entered(state: ConsoleState, { code, whyNot, atMs }: Extract<ConsoleEvent, { kind: 'entered' }>): Step<ConsoleState> {
  const rested: ConsoleState = { ...state, running: null };
  if (whyNot !== null) return [flashed(rested, whyNot, 'bad', atMs), []];
  const today = screenNamed('today');
  const fresh: ConsoleState = {
    ...rested,
    company: code,
    pulse: null,
    link: { kind: 'connecting' },
    overlays: [],
    lastUndo: null,
    screens: [{ name: today.name, about: {}, state: today.open({}), answered: null }],
  };
  return [flashed(fresh, `You are in ${code} now.`, 'good', atMs), askAgain(fresh)];
}

function answered(
  state: ConsoleState,
  { screen: name, question, data, atMs }: Extract<ConsoleEvent, { kind: 'answered' }>,
): Step<ConsoleState> {
  const at = state.screens.findLastIndex((open) => open.name === name && currentQuestion(state, open) === question);
  const open = state.screens[at];
  // The answer to a question nobody asks any more.
  if (open === undefined) return [state, []];
  const { state: screenState, intents = [] } = screenNamed(name).received(open.state, data, surroundingsOf(state, atMs));
  const screens = state.screens.with(at, { ...open, state: screenState, answered: question });
  return follow({ ...state, screens }, intents, atMs);
}

function verbEnded(state: ConsoleState, { ending, atMs }: Extract<ConsoleEvent, { kind: 'verb-ended' }>): Step<ConsoleState> {
  const what = ending.words.join(' ');
  const rested: ConsoleState = { ...state, running: null, lastUndo: undoAfter(state, ending, atMs) };
  const told = flashed(rested, ending.summary, ending.isDone ? 'good' : 'bad', atMs);
  const [next, effects] =
    ending.page === null ? ([told, []] as const) : follow(told, [{ kind: 'passage', title: what, page: ending.page }], atMs);
  return [next, [...effects, ...askAgain(next)]];
}

/** Asks when the screen on top wants to know something it has not been told. */
function withQuestion(before: ConsoleState, state: ConsoleState, effects: readonly Effect[]): Step<ConsoleState> {
  const open = state.screens.at(-1);
  if (open === undefined || effects.some(({ kind }) => kind === 'ask')) return [state, effects];
  const wanted = currentQuestion(state, open);
  if (wanted === null || wanted === open.answered) return [state, effects];
  const previous = before.screens.at(-1);
  const wasAsked =
    previous !== undefined &&
    previous.name === open.name &&
    currentQuestion(before, previous) === wanted &&
    before.screens.length === state.screens.length;
  return wasAsked ? [state, effects] : [state, [...effects, ...askAgain(state)]];
}

function askAgain(state: ConsoleState): readonly Effect[] {
  const open = state.screens.at(-1);
  const question = open === undefined ? null : screenNamed(open.name).question(open.state, surroundingsOf(state, 0).area);
  return open === undefined || question === null ? [] : [{ kind: 'ask', screen: open.name, question }];
}

function currentQuestion(state: ConsoleState, open: OpenScreen): string | null {
  const question = screenNamed(open.name).question(open.state, surroundingsOf(state, 0).area);
  return question === null ? null : JSON.stringify(question);
}
