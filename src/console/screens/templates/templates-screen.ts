/** Templates: the words of every level, which version is in force, and what somebody is still writing. */
import { templateBindings } from './template-actions.ts';
import type { Binding } from '../../input/binding.ts';
import type { Brush } from '../../paint/brush.ts';
import { headPieces, planColumns, rowPieces, type TableColumn } from '../../paint/columns.ts';
import type { Line } from '../../paint/line.ts';
import { asAnyScreen, type Screen, type Surroundings } from '../../state/screen.ts';
import { moveBindings, type ListPlace } from '../../widgets/list-bindings.ts';
import { cursorRow, emptyList, merged, scrolled, type ListState } from '../../widgets/list-state.ts';
import type { ListedTemplate } from '../../../app/templates/read-templates.ts';

type Row = ListedTemplate & { readonly id: number };

interface TemplatesState {
  readonly list: ListState<Row>;
}

/** Lines of the area that are no rows: the head, a rule, the detail. */
const OTHER_LINES = 4;

const shownRows = ({ area }: Surroundings): number => Math.max(1, area.rows - OTHER_LINES);

const place: ListPlace<TemplatesState, Row> = { list: ({ list }) => list, withList: (state, list) => ({ ...state, list }), shownRows };

const bindings: readonly Binding<TemplatesState>[] = [
  ...moveBindings(place),
  {
    name: 'open',
    chords: ['enter', 'right', 'l'],
    label: 'open',
    about: 'The text of the template under the cursor, with all its versions.',
    whyNot: ({ list }) => (cursorRow(list) === undefined ? 'no template is chosen' : null),
    run: (state) => {
      const row = cursorRow(state.list);
      return { state, intents: row === undefined ? [] : [{ kind: 'open', screen: 'template', about: { name: row.name } }] };
    },
  },
  ...templateBindings<TemplatesState>(({ list }) => cursorRow(list) ?? null),
];

const COLUMNS: readonly TableColumn<Row>[] = [
  { title: 'FOR', width: 13, text: ({ supportsConsolidation }) => (supportsConsolidation ? 'several items' : 'one item') },
  { title: 'LEVEL', width: 7, text: ({ name }) => name.slice(name.indexOf('/') + 1).toUpperCase(), tone: () => 'strong' },
  // Both are required of every version: a text in one language alone cannot be stored.
  { title: 'LANGUAGES', width: 9, leaveOut: 2, text: () => 'EN, AR', tone: () => 'muted' },
  {
    title: 'IN FORCE',
    width: 10,
    text: ({ activeVersion }) => (activeVersion === null ? 'none' : `version ${activeVersion}`),
    tone: ({ activeVersion }) => (activeVersion === null ? 'bad' : 'plain'),
  },
  {
    title: 'DRAFT',
    width: 10,
    text: ({ draftVersion }) => (draftVersion === null ? '' : `version ${draftVersion}`),
    tone: () => 'notice',
  },
  { title: 'LISTS UP TO', width: 11, leaveOut: 1, align: 'right', text: ({ maxInvoiceCount }) => itemsWords(maxInvoiceCount) },
];

const itemsWords = (count: number | null): string => (count === null ? '' : count === 1 ? '1 item' : `${count} items`);

function view({ list }: TemplatesState, brush: Brush, surroundings: Surroundings): readonly Line[] {
  const { columns } = surroundings.area;
  const placed = planColumns(COLUMNS, columns - 3);
  const shown = list.rows.slice(list.top, list.top + shownRows(surroundings));
  const rows = shown.map((row) => {
    const isAt = row.id === list.cursorId;
    return brush.line(
      [brush.piece(isAt ? `${brush.symbols.cursor}  ` : '   ', 'key'), ...rowPieces(brush, placed, row)],
      columns,
      isAt ? 'cursor' : undefined,
    );
  });
  const row = cursorRow(list);
  const uses = row === undefined || row.consolidationVariables.length === 0 ? '' : ` Uses ${row.consolidationVariables.join(', ')}.`;
  return [
    brush.line([brush.blank(3), ...headPieces(brush, placed)], columns),
    ...rows,
    brush.line([brush.rule(columns)], columns),
    ...(row === undefined ? [] : [brush.line([brush.piece(` ${row.name}`, 'strong'), brush.piece(uses, 'muted')], columns)]),
    brush.line([brush.piece(' Each version has both languages. A new one is a draft until activated.', 'muted')], columns),
  ];
}

const templates: Screen<TemplatesState, readonly ListedTemplate[]> = {
  name: 'templates',
  title: 'Templates',
  digit: '8',
  open: () => ({ list: emptyList() }),
  question: () => ({}),
  fetch: async (session) => {
    const { listTemplates } = await import('../../../app/templates/read-templates.ts');
    return await listTemplates(session);
  },
  received: (state, found, surroundings) => {
    const rows = found.map((row, at) => ({ ...row, id: at + 1 }));
    return { state: { list: scrolled(merged(state.list, rows, surroundings.atMs).list, shownRows(surroundings)) } };
  },
  bindings,
  view,
  heading: ({ list }) => {
    const drafts = list.rows.filter(({ draftVersion }) => draftVersion !== null).length;
    return drafts === 0 ? 'no drafts' : drafts === 1 ? '1 draft' : `${drafts} drafts`;
  },
  spoken: ({ list }) => {
    const row = cursorRow(list);
    return row === undefined
      ? []
      : [`${row.name}: version ${row.activeVersion ?? 'none'} in force${row.draftVersion === null ? '' : `, draft ${row.draftVersion}`}.`];
  },
};

export const templatesScreen = asAnyScreen(templates);
