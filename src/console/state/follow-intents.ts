/** Turns what a screen asked for into the console's next state, and into effects. */
import { screenNamed } from '../screens/all-screens.ts';
import { emptyField, fieldOf } from '../input/edit-field.ts';
import type { ConsoleState, Overlay } from './console-state.ts';
import type { Effect, Step } from './event.ts';
import type { Intent, VerbAct } from './intent.ts';
import type { Tone } from '../paint/line.ts';

/** Long enough to read a sentence, short enough not to be taken for the present. In milliseconds. */
const FLASH_MS = 6_000;

export const flashed = (state: ConsoleState, text: string, tone: Tone, atMs: number): ConsoleState => ({
  ...state,
  flash: { text, tone, untilMs: atMs + FLASH_MS },
});

export function follow(state: ConsoleState, intents: readonly Intent[], atMs: number): Step<ConsoleState> {
  return intents.reduce<Step<ConsoleState>>(
    ([current, effects], intent) => {
      const [next, more] = followOne(current, intent, atMs);
      return [next, [...effects, ...more]];
    },
    [state, []],
  );
}

function followOne(state: ConsoleState, intent: Intent, atMs: number): Step<ConsoleState> {
  switch (intent.kind) {
    case 'open':
      return [opened(state, intent), []];
    case 'back':
      return [state.screens.length > 1 ? { ...state, screens: state.screens.slice(0, -1) } : state, reask(state)];
    case 'flash':
      return [flashed(state, intent.text, intent.tone, atMs), []];
    case 'refresh':
      return [state, reask(state, state.screens.length)];
    case 'redraw':
      return [state, [{ kind: 'repaint' }]];
    case 'verb':
      return wanted(state, intent.act, atMs);
    case 'prompt':
      return [shown(state, { kind: 'prompt', id: 0, prompt: intent.prompt, field: fieldOf(intent.prompt.value), paintedAtMs: null }), []];
    case 'choose':
      return [shown(state, { kind: 'choice', id: 0, choice: intent.choice, field: emptyField, at: 0 }), []];
    case 'copy':
      return [state, [{ kind: 'copy', text: intent.text, what: intent.what }]];
    case 'passage':
      return [shown(state, { kind: 'passage', id: 0, title: intent.title, page: intent.page, top: 0 }), []];
    case 'enter-company':
      return entering(state, intent.code, atMs);
    case 'outside':
    case 'write-rows':
      return [state, [intent]];
    case 'command-line':
      return [shown(state, { kind: 'command-line', id: 0, field: fieldOf(intent.text), historyAt: null }), []];
    case 'palette':
      return [shown(state, { kind: 'palette', id: 0, field: emptyField, at: 0 }), []];
    case 'help':
      return [shown(state, { kind: 'help', id: 0, field: emptyField, at: 0 }), []];
    case 'quit':
      return [{ ...state, hasQuit: true }, [{ kind: 'quit' }]];
  }
}

/** Asks for what the screen below the top one wants, once it is on top again, or for the top one's anew. */
function reask(state: ConsoleState, depth = state.screens.length - 1): readonly Effect[] {
  const open = state.screens[Math.max(0, depth - 1)];
  if (open === undefined) return [];
  const question = screenNamed(open.name).question(open.state, { columns: state.size.columns, rows: Math.max(0, state.size.rows - 4) });
  return question === null ? [] : [{ kind: 'ask', screen: open.name, question }];
}

/** A screen with a digit is a place of its own: going there leaves the trail behind. */
function opened(state: ConsoleState, { screen: name, about }: Extract<Intent, { kind: 'open' }>): ConsoleState {
  const screen = screenNamed(name);
  const standing = state.screens.find((open) => open.name === name && JSON.stringify(open.about) === JSON.stringify(about));
  const fresh = standing ?? { name, about, state: screen.open(about), answered: null };
  const below =
    screen.digit === null
      ? state.screens.filter((open) => open !== standing)
      : state.screens.filter((open) => screenNamed(open.name).digit !== null && open !== standing);
  return { ...state, screens: [...below, fresh] };
}

export const shown = (state: ConsoleState, overlay: Overlay): ConsoleState => ({
  ...state,
  overlays: [...state.overlays, { ...overlay, id: state.nextOverlayId }],
  nextOverlayId: state.nextOverlayId + 1,
});

/** Asks first when it has to be agreed to. */
export function wanted(state: ConsoleState, act: VerbAct, atMs: number): Step<ConsoleState> {
  if (act.confirm !== null) return [shown(state, { kind: 'confirm', id: 0, act, typed: '', paintedAtMs: null }), []];
  return started(state, act, atMs);
}

/** One verb at a time: what is pressed while one runs is refused, not kept. */
export function started(state: ConsoleState, act: VerbAct, atMs: number): Step<ConsoleState> {
  if (state.running !== null) return [flashed(state, `\`${state.running.words[0] ?? ''}\` is still running.`, 'notice', atMs), []];
  return [{ ...state, running: { words: act.words, sinceMs: atMs } }, [{ kind: 'run-verb', act }]];
}

/** Like a verb under way: nothing else may begin, or it would begin in one company and end in the other. */
function entering(state: ConsoleState, code: string, atMs: number): Step<ConsoleState> {
  if (state.running !== null) return [flashed(state, `\`${state.running.words[0] ?? ''}\` is still running.`, 'notice', atMs), []];
  if (code === state.pulse?.companyCode) return [opened(state, { kind: 'open', screen: 'today', about: {} }), []];
  return [{ ...state, running: { words: ['enter', code], sinceMs: atMs } }, [{ kind: 'enter-company', code }]];
}

export const closeOverlay = (state: ConsoleState): ConsoleState => ({ ...state, overlays: state.overlays.slice(0, -1) });

export const changeOverlay = (state: ConsoleState, overlay: Overlay): ConsoleState => ({
  ...state,
  overlays: [...state.overlays.slice(0, -1), overlay],
});
