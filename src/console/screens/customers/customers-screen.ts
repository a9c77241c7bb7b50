/** Customers: who is on the phone? By number, invoice, order, or part of a name in either script. */
import type { Binding } from '../../input/binding.ts';
import { editField, emptyField, fieldOf } from '../../input/edit-field.ts';
import type { Brush } from '../../paint/brush.ts';
import { headPieces, planColumns, rowPieces, type TableColumn } from '../../paint/columns.ts';
import type { Line } from '../../paint/line.ts';
import type { Field } from '../../state/console-state.ts';
import { asAnyScreen, type Outcome, type Screen, type Surroundings } from '../../state/screen.ts';
import { moveBindings, writeBinding, type ListPlace } from '../../widgets/list-bindings.ts';
import { cursorRow, emptyList, merged, scrolled, type ListState } from '../../widgets/list-state.ts';
import type { CsvTable } from '../../../cli/csv-text.ts';
import type { findCustomers } from '../../../app/customers/find-customers.ts';

type Found = Awaited<ReturnType<typeof findCustomers>>[number];

interface CustomersState {
  /** What was looked for last; empty before the first time. */
  readonly text: string;
  /** What is being typed; null when the list has the keys. */
  readonly typing: Field | null;
  readonly list: ListState<Found>;
}

const MOST_FOUND = 100;
/** Less is in nearly every name. */
const SHORTEST = 2;
/** Lines of the area that are no rows: the field, a gap, the head. */
const OTHER_LINES = 4;

const shownRows = ({ area }: Surroundings): number => Math.max(1, area.rows - OTHER_LINES);

const place: ListPlace<CustomersState, Found> = { list: ({ list }) => list, withList: (state, list) => ({ ...state, list }), shownRows };

const bindings: readonly Binding<CustomersState>[] = [
  ...moveBindings(place),
  {
    name: 'open',
    chords: ['enter', 'right', 'l'],
    label: 'open',
    about: 'Everything about the customer under the cursor.',
    whyNot: ({ list }) => (cursorRow(list) === undefined ? 'nobody is chosen' : null),
    run: (state) => {
      const row = cursorRow(state.list);
      return { state, intents: row === undefined ? [] : [{ kind: 'open', screen: 'customer', about: { code: row.code } }] };
    },
  },
  {
    name: 'find',
    chords: ['/'],
    label: 'find',
    about: 'Look for a telephone number, an invoice, an order, or part of a name.',
    run: (state) => ({ state: { ...state, typing: fieldOf(state.text) } }),
  },
  writeBinding('customers', place, foundTable),
];

function foundTable(rows: readonly Found[]): CsvTable {
  return {
    columns: ['customer', 'name', 'nameAr', 'foundBy', 'found', 'collection', 'active'],
    rows: rows.map((row) => [
      row.code,
      row.name,
      row.nameAr,
      row.matched,
      row.matchedText,
      row.collectionStatus,
      row.isActive ? 'yes' : 'no',
    ]),
  };
}

function typedKey(state: CustomersState, key: Parameters<typeof editField>[1]): Outcome<CustomersState> {
  const { typing } = state;
  if (typing === null) return { state };
  if (key.chord === 'esc') return { state: { ...state, typing: null }, intents: state.text === '' ? [{ kind: 'back' }] : [] };
  if (key.chord !== 'enter') return { state: { ...state, typing: editField(typing, key) ?? typing } };
  const text = typing.value.trim();
  if (text.length < SHORTEST) return { state, intents: [{ kind: 'flash', text: 'Give two letters or more.', tone: 'notice' }] };
  return { state: { text, typing: null, list: emptyList() } };
}

const COLUMNS: readonly TableColumn<Found>[] = [
  { title: 'ACCOUNT', width: 12, text: ({ code }) => code, tone: () => 'muted' },
  { title: 'NAME', width: 30, least: 16, most: 50, text: ({ name }) => name, tone: () => 'strong' },
  { title: 'الاسم', width: 24, leaveOut: 3, most: 36, align: 'right', text: ({ nameAr }) => nameAr ?? '' },
  {
    title: 'FOUND BY',
    width: 20,
    leaveOut: 2,
    text: ({ matched, matchedText }) => (matched === 'name' ? 'name' : `${matched} ${matchedText}`),
  },
  { title: 'COLLECTION', width: 10, text: ({ collectionStatus, isActive }) => (isActive ? collectionStatus : 'INACTIVE') },
];

function view(state: CustomersState, brush: Brush, surroundings: Surroundings): readonly Line[] {
  const { columns } = surroundings.area;
  const { typing, text, list } = state;
  const field =
    typing === null
      ? [brush.piece(' /', 'key'), brush.piece(text, 'strong')]
      : [brush.piece(' /', 'key'), brush.piece(typing.value, 'strong'), brush.piece(brush.symbols.side, 'key')];
  const words = (said: string): readonly Line[] => [
    brush.line(field, columns),
    brush.line([], columns),
    ...brush.wrapped(said, columns - 4, 'muted').map((line) => ({ pieces: [brush.blank(2), ...line.pieces] })),
  ];
  if (typing !== null && text === '')
    return words(
      'A telephone number in any form, an invoice or order number, an account’s code, or part of a name in English or Arabic; then Enter.',
    );
  if (list.rows.length === 0) return words(`Nobody by “${text}”.`);
  const placed = planColumns(COLUMNS, columns - 4);
  const rows = list.rows.slice(list.top, list.top + shownRows(surroundings)).map((row) => {
    const isAt = row.id === list.cursorId && typing === null;
    return brush.line(
      [brush.piece(isAt ? ` ${brush.symbols.cursor} ` : '   ', 'key'), ...rowPieces(brush, placed, row)],
      columns,
      isAt ? 'cursor' : undefined,
    );
  });
  return [
    brush.line(field, columns),
    brush.line([], columns),
    brush.line([brush.blank(3), ...headPieces(brush, placed)], columns),
    ...rows,
  ];
}

const customers: Screen<CustomersState, readonly Found[]> = {
  name: 'customers',
  title: 'Customers',
  digit: '3',
  open: () => ({ text: '', typing: emptyField, list: emptyList() }),
  question: ({ text }) => ({ text }),
  fetch: async (session, { text }) => {
    if (text === '') return [];
    const { findCustomers: find } = await import('../../../app/customers/find-customers.ts');
    return await find(session, { text: text as string, limit: MOST_FOUND });
  },
  received: (state, found, surroundings) => ({
    state: { ...state, list: scrolled(merged(state.list, found, surroundings.atMs).list, shownRows(surroundings)) },
  }),
  bindings,
  captures: ({ typing }) => typing !== null,
  unbound: (state, key) => (state.typing === null ? null : typedKey(state, key)),
  view,
  heading: ({ list, text }) => (text === '' ? '' : `${list.rows.length}${list.rows.length === MOST_FOUND ? ' or more' : ''} found`),
  spoken: ({ list, typing }) => {
    if (typing !== null) return ['Type whom to look for, then Enter.'];
    const row = cursorRow(list);
    return row === undefined ? ['Nobody found.'] : [`${row.name}, account ${row.code}.`];
  },
};

export const customersScreen = asAnyScreen(customers);
