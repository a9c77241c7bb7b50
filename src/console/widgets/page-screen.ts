/** A screen that shows one page to scroll in: what a verb would print, kept up to date. */
import { linesFrom, scrollBindings } from './scroll.ts';
import { pageLines } from './page-lines.ts';
import type { Binding } from '../input/binding.ts';
import { asAnyScreen, type AnyScreen, type Question, type Screen } from '../state/screen.ts';
import { spokenLines } from '../../cli/spoken-lines.ts';
import type { Page } from '../../cli/page.ts';
import type { Session } from '../../app/session.ts';

export interface PageState<Data> {
  readonly top: number;
  readonly question: Question;
  readonly data: Data | null;
}

export interface PageScreen<Data> {
  readonly name: string;
  readonly title: string;
  readonly digit: string | null;
  question(about: Question): Question;
  fetch(session: Session, question: Question): Promise<Data>;
  page(data: Data, timeZone: string): Page;
  heading?(data: Data): string;
  readonly bindings?: readonly Binding<PageState<Data>>[];
}

export function pageScreen<Data>({ name, title, digit, question, fetch, page, heading, bindings = [] }: PageScreen<Data>): AnyScreen {
  const pagerBinding: Binding<PageState<Data>> = {
    name: 'pager',
    chords: ['v'],
    label: 'pager',
    about: 'Read this page in your pager (PAGER, else less), which can search it.',
    isQuiet: true,
    whyNot: ({ data }) => (data === null ? 'it has not been read yet' : null),
    run: (state, { timeZone }) => ({
      state,
      intents: state.data === null ? [] : [{ kind: 'outside', program: 'pager', title, page: page(state.data, timeZone) }],
    }),
  };
  const screen: Screen<PageState<Data>, Data> = {
    name,
    title,
    digit,
    open: (about) => ({ top: 0, question: question(about), data: null }),
    question: (state) => state.question,
    fetch,
    received: (state, data) => ({ state: { ...state, data } }),
    bindings: [...scrollBindings<PageState<Data>>(), ...bindings, pagerBinding],
    view: ({ data, top }, brush, { area, timeZone }) =>
      data === null ? [] : linesFrom(pageLines(page(data, timeZone), brush, area.columns), top, area.rows),
    heading: ({ data }) => (data === null ? '' : (heading?.(data) ?? '')),
    spoken: ({ data }, { timeZone }) => (data === null ? [] : spokenLines(page(data, timeZone))),
  };
  return asAnyScreen(screen);
}
