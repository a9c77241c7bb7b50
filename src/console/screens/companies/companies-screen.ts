/** Every company the person works for, with what waits in each. Enter goes there; nothing is added up across companies. */
import type { Binding } from '../../input/binding.ts';
import type { Brush } from '../../paint/brush.ts';
import { headPieces, planColumns, rowPieces, type TableColumn } from '../../paint/columns.ts';
import type { Line } from '../../paint/line.ts';
import { asAnyScreen, type Screen, type Surroundings } from '../../state/screen.ts';
import { moveBindings, type ListPlace } from '../../widgets/list-bindings.ts';
import { cursorRow, emptyList, merged, scrolled, type ListState } from '../../widgets/list-state.ts';
import { moneyWords } from '../../widgets/money-words.ts';
import type { CompanyToday } from '../../../app/read-companies-today.ts';
import type { TodayRow } from '../../../app/read-today.ts';

type Row = CompanyToday & { readonly id: number };

interface CompaniesState {
  readonly list: ListState<Row>;
}

/** Lines of the area that are no rows: the head, a rule, the detail. */
const OTHER_LINES = 4;

const shownRows = ({ area }: Surroundings): number => Math.max(1, area.rows - OTHER_LINES);

const place: ListPlace<CompaniesState, Row> = { list: ({ list }) => list, withList: (state, list) => ({ ...state, list }), shownRows };

const bindings: readonly Binding<CompaniesState>[] = [
  ...moveBindings(place),
  {
    name: 'enter',
    chords: ['enter', 'right', 'l'],
    label: 'go there',
    about: 'Leave this company for the one under the cursor.',
    whyNot: ({ list }) => (cursorRow(list) === undefined ? 'no company is chosen' : null),
    run: (state) => {
      const row = cursorRow(state.list);
      return { state, intents: row === undefined ? [] : [{ kind: 'enter-company', code: row.code }] };
    },
  },
];

const MODE_WORDS: Readonly<Record<CompanyToday['mode'], string>> = {
  LIVE: 'LIVE',
  OUTBOX: 'OUTBOX',
  LOOPBACK: 'LOOPBACK',
  PAUSED: 'PAUSED',
  STOPPED: 'STOPPED',
};

const rowOf = ({ today }: CompanyToday, key: TodayRow['key']): TodayRow | undefined => today.rows.find((row) => row.key === key);
const countOf = (company: CompanyToday, key: TodayRow['key']): number => rowOf(company, key)?.count ?? 0;

/** What is a person's turn beyond approving: replies, returned cheques, claims, silent cheques, ladders at their end. */
const TASK_KEYS: readonly TodayRow['key'][] = ['replies', 'cheques-returned', 'claims-not-found', 'cheques-unheard', 'ladders-complete'];
const tasksOf = (company: CompanyToday): number => TASK_KEYS.reduce((sum, key) => sum + countOf(company, key), 0);

const numberOrNothing = (count: number): string => (count === 0 ? '' : String(count));

const COLUMNS: readonly TableColumn<Row>[] = [
  { title: 'COMPANY', width: 10, text: ({ code }) => code, tone: () => 'strong' },
  { title: 'NAME', width: 24, least: 12, most: 44, text: ({ name }) => name },
  {
    title: 'MAIL',
    width: 8,
    leaveOut: 2,
    text: ({ mode }) => MODE_WORDS[mode],
    tone: ({ mode }) => (mode === 'LIVE' ? 'strong' : mode === 'OUTBOX' || mode === 'LOOPBACK' ? 'notice' : 'bad'),
  },
  { title: 'APPROVE', align: 'right', width: 7, text: (row) => numberOrNothing(countOf(row, 'to-approve')) },
  { title: 'CHECK', align: 'right', width: 5, text: (row) => numberOrNothing(countOf(row, 'uncertain')), tone: () => 'notice' },
  { title: 'TASKS', align: 'right', width: 5, text: (row) => numberOrNothing(tasksOf(row)) },
  { title: 'AT RISK', align: 'right', width: 18, leaveOut: 1, text: ({ today }) => moneyWords(today.atRisk), tone: () => 'strong' },
];

function view({ list }: CompaniesState, brush: Brush, surroundings: Surroundings): readonly Line[] {
  const { columns } = surroundings.area;
  const placed = planColumns(COLUMNS, columns - 3);
  const rows = list.rows.slice(list.top, list.top + shownRows(surroundings)).map((row) => {
    const isAt = row.id === list.cursorId;
    return brush.line(
      [
        brush.piece(isAt ? brush.symbols.cursor : ' ', 'key'),
        brush.piece(row.isHere ? brush.symbols.mark : ' ', 'accent'),
        brush.blank(1),
        ...rowPieces(brush, placed, row),
      ],
      columns,
      isAt ? 'cursor' : undefined,
    );
  });
  const row = cursorRow(list);
  const money = row === undefined ? null : rowOf(row, 'to-approve')?.money;
  return [
    brush.line([brush.blank(3), ...headPieces(brush, placed)], columns),
    ...rows,
    brush.line([brush.rule(columns)], columns),
    ...(row === undefined
      ? []
      : [
          brush.line(
            [
              brush.piece(` ${row.code} ${row.name}`, 'strong'),
              brush.piece(row.isHere ? ', where you are' : ''),
              brush.piece(money ? `: ${moneyWords(money)} to approve` : '', 'muted'),
              brush.piece(row.isWindowOpen ? ', its window is open' : ', its window is closed', 'muted'),
            ],
            columns,
          ),
        ]),
  ];
}

const companies: Screen<CompaniesState, readonly CompanyToday[]> = {
  name: 'companies',
  title: 'Companies',
  digit: 'C',
  open: () => ({ list: emptyList() }),
  question: () => ({}),
  fetch: async (session) => {
    const { readCompaniesToday } = await import('../../../app/read-companies-today.ts');
    return await readCompaniesToday(session);
  },
  received: (state, found, surroundings) => {
    // A code is a company's for ever; its place in the list is not.
    const known = new Map(state.list.rows.map(({ code, id }) => [code, id]));
    let next = Math.max(0, ...known.values());
    const rows = found.map((row) => ({ ...row, id: known.get(row.code) ?? (next += 1) }));
    const { list } = merged({ ...state.list, wantsOrder: true }, rows, surroundings.atMs);
    const here = rows.find(({ isHere }) => isHere)?.id ?? null;
    const placed = state.list.rows.length === 0 ? { ...list, cursorId: here ?? list.cursorId } : list;
    return { state: { list: scrolled(placed, shownRows(surroundings)) } };
  },
  bindings,
  view,
  heading: ({ list }) => (list.rows.length === 1 ? 'you work for this one only' : `you work for ${list.rows.length}`),
  spoken: ({ list }) => {
    const row = cursorRow(list);
    return row === undefined
      ? []
      : [
          `${row.code} ${row.name}: ${countOf(row, 'to-approve')} to approve, ${countOf(row, 'uncertain')} uncertain, ${tasksOf(row)} tasks, ${moneyWords(row.today.atRisk)} at risk${row.isHere ? ', open' : ''}.`,
        ];
  },
};

export const companiesScreen = asAnyScreen(companies);
