/** What the terminal can show, from the environment. Pure. */
import { THEME_NAMES, type ThemeName } from '../paint/theme.ts';
import { ASCII_SYMBOLS, UNICODE_SYMBOLS, type Symbols } from '../paint/symbols.ts';
import type { BidiMode } from '../text/display-text.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `NO_COLOR` beats every theme; then `WAFA_THEME`; else the background the terminal tells of, dark when it does not. */
export function themeFrom(env: Environment): ThemeName {
  if ((env['NO_COLOR'] ?? '') !== '') return 'none';
  const asked = THEME_NAMES.find((name) => name === env['WAFA_THEME']);
  if (asked !== undefined) return asked;
  const background = Number(env['COLORFGBG']?.split(';').at(-1));
  return background === 7 || background === 15 ? 'light' : 'dark';
}

export const symbolsFrom = (env: Environment): Symbols =>
  env['WAFA_ASCII'] === '1' || /^(linux|vt\d+)/.test(env['TERM'] ?? '') ? ASCII_SYMBOLS : UNICODE_SYMBOLS;

/** Terminals on VTE and Konsole put Arabic in order by themselves. */
export function bidiFrom(env: Environment): BidiMode {
  const asked = env['WAFA_BIDI'];
  if (asked === 'app' || asked === 'terminal') return asked;
  return env['VTE_VERSION'] !== undefined || env['KONSOLE_VERSION'] !== undefined ? 'terminal' : 'app';
}

/** Why the console cannot be opened here; null when it can. */
export function consoleRefusal({
  isInputTerminal,
  isOutputTerminal,
  env,
}: {
  readonly isInputTerminal: boolean;
  readonly isOutputTerminal: boolean;
  readonly env: Environment;
}): string | null {
  if (!isInputTerminal || !isOutputTerminal) return 'The console needs a terminal for both input and output.';
  if (env['TERM'] === 'dumb') return 'This terminal (TERM=dumb) cannot draw a screen.';
  return null;
}

/** Whether sentences are wanted instead of a picture: our own name, that of Ink, and the one that programs of many kinds agree on. */
export const wantsSpeech = (env: Environment): boolean =>
  ['WAFA_SCREEN_READER', 'INK_SCREEN_READER', 'ACCESSIBLE'].some((name) => ['1', 'true', 'yes'].includes((env[name] ?? '').toLowerCase()));
