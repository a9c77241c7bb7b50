/**
 * How meanings look: the only file with colours. Every theme works without any (`none`, for `NO_COLOR` and old terminals): bold, reverse and the
 * symbols carry the meaning then.
 */
import type { Line, LineKind, Tone } from './line.ts';

export type ThemeName = 'dark' | 'light' | 'contrast' | 'colour-blind' | 'none';

/** SGR parameters, such as `1;31`; empty for none. */
interface Theme {
  readonly tones: Readonly<Record<Tone, string>>;
  readonly lines: Readonly<Record<LineKind, string>>;
}

/** Sixteen-colour codes where they do, so that the terminal's own palette is kept; 256-colour backgrounds only where grey is needed. */
const DARK: Theme = {
  tones: {
    plain: '',
    strong: '1',
    muted: '38;5;245',
    title: '1;36',
    key: '36',
    good: '32',
    notice: '33',
    bad: '1;31',
    accent: '36',
    disabled: '38;5;240',
  },
  lines: {
    cursor: '48;5;238',
    marked: '',
    bar: '48;5;236',
    overlay: '48;5;235',
    'overlay-title': '1;48;5;235',
    'overlay-cursor': '1;48;5;24',
  },
};

const LIGHT: Theme = {
  tones: {
    plain: '',
    strong: '1',
    muted: '38;5;242',
    title: '1;34',
    key: '34',
    good: '38;5;28',
    notice: '38;5;130',
    bad: '1;38;5;160',
    accent: '34',
    disabled: '38;5;247',
  },
  lines: {
    cursor: '48;5;252',
    marked: '',
    bar: '48;5;254',
    overlay: '48;5;255',
    'overlay-title': '1;48;5;255',
    'overlay-cursor': '1;48;5;153',
  },
};

const CONTRAST: Theme = {
  tones: {
    plain: '',
    strong: '1',
    muted: '',
    title: '1;4',
    key: '1',
    good: '1;92',
    notice: '1;93',
    bad: '1;91',
    accent: '1;96',
    disabled: '2',
  },
  lines: { cursor: '7', marked: '', bar: '7', overlay: '', 'overlay-title': '1;7', 'overlay-cursor': '7' },
};

/** Blue and orange stay apart for every common kind of colour blindness; red and green do not. */
const COLOUR_BLIND: Theme = {
  ...DARK,
  tones: { ...DARK.tones, good: '38;5;75', notice: '38;5;220', bad: '1;38;5;208', accent: '38;5;75', title: '1;38;5;75', key: '38;5;75' },
};

const NONE: Theme = {
  tones: { plain: '', strong: '1', muted: '', title: '1', key: '1', good: '', notice: '1', bad: '1', accent: '', disabled: '' },
  lines: { cursor: '7', marked: '', bar: '7', overlay: '', 'overlay-title': '1', 'overlay-cursor': '7' },
};

const THEMES: Readonly<Record<ThemeName, Theme>> = {
  dark: DARK,
  light: LIGHT,
  contrast: CONTRAST,
  'colour-blind': COLOUR_BLIND,
  none: NONE,
};

export const THEME_NAMES = Object.keys(THEMES) as readonly ThemeName[];

/** The line as the terminal gets it. */
export function ansiLine({ pieces, kind }: Line, name: ThemeName): string {
  const theme = THEMES[name];
  const groundOf = (own: LineKind | null | undefined): string => (own === null || own === undefined ? '' : theme.lines[own]);
  return pieces.map((piece) => sgr([groundOf(piece.kind === undefined ? kind : piece.kind), theme.tones[piece.tone]], piece.text)).join('');
}

function sgr(codes: readonly string[], text: string): string {
  const used = codes.filter((code) => code !== '').join(';');
  return used === '' || text === '' ? text : `\u001B[${used}m${text}\u001B[0m`;
}
