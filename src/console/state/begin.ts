import type { ConsoleState } from './console-state.ts';
import type { Question } from './screen.ts';
import type { ThemeName } from '../paint/theme.ts';
import type { Page } from '../../cli/page.ts';
import { screenNamed } from '../screens/all-screens.ts';

export interface Beginning {
  readonly columns: number;
  readonly rows: number;
  readonly theme: ThemeName;
  readonly isReadOnly: boolean;
  readonly rebound: Readonly<Record<string, readonly string[]>>;
  /** Said before anything else; null when there is nothing to say. */
  readonly notice: { readonly title: string; readonly page: Page } | null;
  /** The screens that are there at first, the last one on top. */
  readonly screens: readonly { readonly name: string; readonly about: Question }[];
}

export const beginning = ({ columns, rows, theme, isReadOnly, rebound, notice, screens }: Beginning): ConsoleState => ({
  size: { columns, rows },
  theme,
  screens: screens.map(({ name, about }) => ({ name, about, state: screenNamed(name).open(about), answered: null })),
  overlays: notice === null ? [] : [{ kind: 'passage', id: 0, title: notice.title, page: notice.page, top: 0 }],
  company: null,
  pulse: null,
  link: { kind: 'connecting' },
  flash: null,
  running: null,
  lastUndo: null,
  linesTyped: [],
  isReadOnly,
  hasQuit: false,
  nextOverlayId: 1,
  rebound,
});
