/** Draws the queue: a heading, one line per reminder, and a detail line for the one under the cursor. */
import { queueColumns } from './queue-columns.ts';
import type { QueueState } from './queue-state.ts';
import type { Brush } from '../../paint/brush.ts';
import { headPieces, planColumns, rowPieces } from '../../paint/columns.ts';
import type { Line } from '../../paint/line.ts';
import type { Surroundings } from '../../state/screen.ts';
import { cursorRow } from '../../widgets/list-state.ts';
import { moneyWords, summed, totalsWords } from '../../widgets/money-words.ts';

/** Lines of the area that are no rows: the table's head, a rule, the detail. */
const OTHER_LINES = 4;

export const queueRowsShown = ({ area }: Surroundings): number => Math.max(1, area.rows - OTHER_LINES);

export function queueView(state: QueueState, brush: Brush, surroundings: Surroundings): readonly Line[] {
  const { columns } = surroundings.area;
  const { list } = state;
  if (list.rows.length === 0) return emptyQueue(state, brush, columns);
  // Two cells for cursor and mark.
  const shown = list.rows.slice(list.top, list.top + queueRowsShown(surroundings));
  const placed = planColumns(
    queueColumns({ columns, timeZone: surroundings.timeZone, symbols: brush.symbols, order: state.order, rows: list.rows }),
    columns - 4,
  );
  const rows = shown.map((row) => {
    const isAt = row.id === list.cursorId;
    const isMarked = list.marks.has(row.id);
    const signs = [
      brush.piece(isAt ? brush.symbols.cursor : ' ', 'key'),
      brush.piece(isMarked ? brush.symbols.mark : ' ', 'accent'),
      brush.blank(1),
    ];
    return brush.line([...signs, ...rowPieces(brush, placed, row)], columns, isAt ? 'cursor' : undefined);
  });
  const gap = Array.from({ length: queueRowsShown(surroundings) - rows.length }, () => brush.line([], columns));
  return [
    brush.line([brush.blank(3), ...headPieces(brush, placed)], columns),
    ...rows,
    ...gap,
    brush.line([brush.rule(columns)], columns),
    ...detail(state, brush, columns),
  ];
}

/** What is marked, in count and money; else the row under the cursor, in full. */
function detail(state: QueueState, brush: Brush, columns: number): readonly Line[] {
  const { list } = state;
  if (state.typing !== null)
    return [
      brush.line([brush.piece(' /', 'key'), brush.piece(state.typing.value), brush.piece(brush.symbols.side, 'key')], columns),
      brush.line(
        [brush.piece(' Enter filters, Esc leaves it as it was. level:firm days>90 score>60 status:held, or part of a name.', 'muted')],
        columns,
      ),
    ];
  if (list.marks.size > 0) {
    const marked = list.rows.filter(({ id }) => list.marks.has(id));
    const totals = summed(marked.flatMap((row) => row.totals))
      .map(moneyWords)
      .join(' + ');
    return [
      brush.line([brush.piece(` ${marked.length} marked  `, 'accent'), brush.piece(totals, 'strong')], columns),
      brush.line([brush.piece(' Keys act on the marked rows. Esc drops the marks.', 'muted')], columns),
    ];
  }
  const row = cursorRow(list);
  if (row === undefined) return [];
  return [
    brush.line(
      [
        brush.piece(` ${row.customer.code} `, 'muted'),
        brush.piece(row.customer.name, 'strong'),
        brush.piece('  '),
        brush.piece(row.customer.nameAr ?? ''),
      ],
      columns,
    ),
    brush.line(
      [
        brush.piece(
          ` ${totalsWords(row.totals)} in ${row.items} ${row.items === 1 ? 'item' : 'items'}, oldest ${row.oldestDaysPastDue} days${columns < 100 ? '' : ' past due'}. `,
        ),
        brush.piece(`${moneyWords(row.atRisk)} at risk. `, 'notice'),
        brush.piece(
          row.changes.length > 0 ? row.changes.join(' ') : `To ${row.recipient.name} <${row.recipient.address}>.`,
          row.changes.length > 0 ? 'notice' : 'muted',
        ),
      ],
      columns,
    ),
  ];
}

function emptyQueue({ filter }: QueueState, brush: Brush, columns: number): readonly Line[] {
  const text =
    filter === ''
      ? [
          '',
          '  Nothing waits here.',
          '',
          '  Plan today’s reminders with  :plan',
          '  Read a ledger with  :import FILE  (wafa help import)',
          '  Why is nobody contacted?  :runs  shows every reason with its count.',
        ]
      : ['', `  Nothing by the filter “${filter}”.`, '', '  Esc drops it.'];
  return text.map((row) => brush.line([brush.piece(row, 'muted')], columns));
}
