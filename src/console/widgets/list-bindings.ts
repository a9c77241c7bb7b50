/** The keys by which every list is moved about in and marked: arrows and letters alike. */
import { fileChoice } from './file-choice.ts';
import type { Binding } from '../input/binding.ts';
import type { CsvTable } from '../../cli/csv-text.ts';
import type { Surroundings } from '../state/screen.ts';
import { allMarked, markToggled, moved, rangeToggled, type Listed, type ListState } from './list-state.ts';

/** Where a screen keeps its list, and how many rows it shows. */
export interface ListPlace<State, Row extends Listed> {
  list(state: State): ListState<Row>;
  withList(state: State, list: ListState<Row>): State;
  shownRows(surroundings: Surroundings): number;
}

export function moveBindings<State, Row extends Listed>(place: ListPlace<State, Row>): readonly Binding<State>[] {
  const move = (name: string, chords: readonly string[], about: string, by: (page: number) => number): Binding<State> => ({
    name,
    chords,
    label: name,
    about,
    isQuiet: true,
    run: (state, surroundings) => {
      const page = place.shownRows(surroundings);
      return { state: place.withList(state, moved(place.list(state), by(page), page)) };
    },
  });
  return [
    move('down', ['down', 'j'], 'To the next row.', () => 1),
    move('up', ['up', 'k'], 'To the row above.', () => -1),
    move('page-down', ['pagedown', 'ctrl+d'], 'A page down.', (page) => page),
    move('page-up', ['pageup', 'ctrl+u'], 'A page up.', (page) => -page),
    move('first', ['home', 'g'], 'To the first row.', () => -Infinity),
    move('last', ['end', 'G'], 'To the last row.', () => Infinity),
  ];
}

export function markBindings<State, Row extends Listed>(place: ListPlace<State, Row>): readonly Binding<State>[] {
  const change = (
    name: string,
    chords: readonly string[],
    about: string,
    how: (list: ListState<Row>) => ListState<Row>,
  ): Binding<State> => ({
    name,
    chords,
    label: name,
    about,
    isQuiet: name !== 'mark',
    run: (state) => ({ state: place.withList(state, how(place.list(state))) }),
  });
  return [
    {
      ...change('mark', ['space'], 'Mark the row, or take the mark off; the cursor goes on.', markToggled),
      run: (state, surroundings) => {
        const page = place.shownRows(surroundings);
        return { state: place.withList(state, moved(markToggled(place.list(state)), 1, page)) };
      },
    },
    change('range', ['v'], 'Begin a range of marks here, or end it.', rangeToggled),
    change('mark-all', ['*'], 'Mark every row of this page.', allMarked),
  ];
}

/** Writes the rows that are there into a file, whatever of them fits the screen. */
export function writeBinding<State, Row extends Listed>(
  name: string,
  place: ListPlace<State, Row>,
  table: (rows: readonly Row[]) => CsvTable,
  chords: readonly string[] = ['x'],
): Binding<State> {
  return {
    name: 'export',
    chords,
    label: 'export',
    about: 'Write this list into a file of the folder the console was started in: CSV or Excel.',
    isQuiet: true,
    whyNot: (state) => (place.list(state).rows.length === 0 ? 'nothing is here' : null),
    run: (state) => ({
      state,
      intents: [
        { kind: 'choose', choice: fileChoice((writes) => ({ kind: 'write-rows', name, table: table(place.list(state).rows), writes })) },
      ],
    }),
  };
}
