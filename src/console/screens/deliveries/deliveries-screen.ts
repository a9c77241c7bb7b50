/** Deliveries: what nobody knows first, with everything needed to settle it; then what was sent lately. */
import type { Binding } from '../../input/binding.ts';
import type { Brush } from '../../paint/brush.ts';
import { headPieces, planColumns, rowPieces, type TableColumn } from '../../paint/columns.ts';
import type { Line, Tone } from '../../paint/line.ts';
import type { Intent } from '../../state/intent.ts';
import { asAnyScreen, type Screen, type Surroundings } from '../../state/screen.ts';
import { moveBindings, writeBinding, type ListPlace } from '../../widgets/list-bindings.ts';
import { cursorRow, emptyList, merged, scrolled, type ListState } from '../../widgets/list-state.ts';
import type { CsvTable } from '../../../cli/csv-text.ts';
import type { DeliveryView } from '../../../app/read-deliveries.ts';

interface DeliveriesState {
  readonly list: ListState<DeliveryView>;
}

const MOST_SHOWN = 300;
/** Lines of the area that are no rows: the head, a rule, the detail. */
const OTHER_LINES = 5;

const shownRows = ({ area }: Surroundings): number => Math.max(1, area.rows - OTHER_LINES);

const place: ListPlace<DeliveriesState, DeliveryView> = {
  list: ({ list }) => list,
  withList: (state, list) => ({ ...state, list }),
  shownRows,
};

const isUncertain = (row: DeliveryView | undefined): row is DeliveryView => row?.deliveryStatus === 'UNCERTAIN';

const settling = (name: string, chord: string, label: string, flag: string, about: string): Binding<DeliveriesState> => ({
  name,
  chords: [chord],
  label,
  about,
  verb: 'settle',
  whyNot: ({ list }, { atMs }) =>
    !isUncertain(cursorRow(list))
      ? 'only what is uncertain can be settled'
      : atMs < list.settlesAtMs
        ? 'the row under the cursor has just left'
        : null,
  run: (state) => {
    const row = cursorRow(state.list);
    const intents: readonly Intent[] = row === undefined ? [] : [{ kind: 'prompt', prompt: settlement(row, label, flag) }];
    return { state, intents };
  },
});

const settlement = (row: DeliveryView, label: string, flag: string) => ({
  title: `Settle reminder ${row.reminderId}: ${label}. How do you know?`,
  hint: `To ${row.customerName} <${row.recipientAddress}>; look for ${row.messageId} in the mail server’s log, or ask the customer.`,
  value: '',
  act: {
    words: ['settle', String(row.reminderId), flag, '--reason', '{answer}'],
    confirm: {
      question: `Settle reminder ${row.reminderId} as ${label}?`,
      facts: [`${row.customerCode} ${row.customerName}, ${row.recipientAddress}.`, 'This cannot be taken back.'],
      typedWord: null,
      verb: 'settle',
    },
    shows: 'summary' as const,
    undo: null,
  },
});

const bindings: readonly Binding<DeliveriesState>[] = [
  ...moveBindings(place),
  {
    name: 'open',
    chords: ['enter', 'right', 'l'],
    label: 'open',
    about: 'The reminder of the row under the cursor.',
    whyNot: ({ list }) => (cursorRow(list) === undefined ? 'nothing is here' : null),
    run: (state) => {
      const row = cursorRow(state.list);
      return { state, intents: row === undefined ? [] : [{ kind: 'open', screen: 'reminder', about: { id: row.reminderId } }] };
    },
  },
  settling('arrived', 'a', 'arrived', '--arrived', 'It arrived after all; counts as sent.'),
  settling('not-arrived', 'x', 'not arrived', '--not-arrived', 'It did not arrive, and does not go again.'),
  settling('send-again', 'S', 'send again', '--send-again', 'It did not arrive: propose it once more, to be approved.'),
  writeBinding('deliveries', place, deliveryTable, ['X']),
];

const OUTCOME_TONES: Readonly<Record<string, Tone>> = { ACCEPTED: 'good', UNCERTAIN: 'notice', REJECTED: 'bad' };

/** Whatever a mail server or a person said about it afterwards. */
const CAME_BACK: Readonly<Record<string, { readonly words: string; readonly tone: Tone }>> = {
  DELIVERED: { words: 'delivered', tone: 'good' },
  RELAYED: { words: 'passed on', tone: 'plain' },
  DELAYED: { words: 'delayed', tone: 'notice' },
  BOUNCED: { words: 'returned', tone: 'bad' },
  COMPLAINED: { words: 'complaint', tone: 'bad' },
  REPLIED: { words: 'reply', tone: 'notice' },
  AUTO_REPLIED: { words: 'automatic reply', tone: 'muted' },
};

const cameBackWords = ({ cameBack }: DeliveryView): string =>
  cameBack.map((kind) => CAME_BACK[kind]?.words ?? kind.toLowerCase()).join(', ');

function deliveryTable(rows: readonly DeliveryView[]): CsvTable {
  return {
    columns: ['reminder', 'customer', 'name', 'to', 'status', 'outcome', 'cameBack', 'attempt', 'at', 'relay', 'reply', 'messageId'],
    rows: rows.map((row) => [
      row.reminderId,
      row.customerCode,
      row.customerName,
      row.recipientAddress,
      row.deliveryStatus,
      row.outcome,
      row.cameBack.join(' '),
      row.attemptNumber,
      row.businessAt,
      row.relay,
      [row.replyCode, row.replyText].filter((part) => part !== null).join(' '),
      row.messageId,
    ]),
  };
}

const columnsOf = (timeZone: string): readonly TableColumn<DeliveryView>[] => [
  { title: 'ID', align: 'right', width: 6, text: ({ reminderId }) => String(reminderId), tone: () => 'muted' },
  { title: 'ACCOUNT', width: 10, leaveOut: 3, text: ({ customerCode }) => customerCode, tone: () => 'muted' },
  { title: 'NAME', width: 24, least: 12, most: 40, text: ({ customerName }) => customerName, tone: () => 'strong' },
  { title: 'TO', width: 28, least: 12, most: 44, leaveOut: 4, text: ({ recipientAddress }) => recipientAddress },
  { title: 'STATE', width: 10, text: ({ statusWord }) => statusWord },
  {
    title: 'OUTCOME',
    width: 12,
    text: ({ outcome }) => (outcome ?? 'under way').toLowerCase().replaceAll('_', ' '),
    tone: ({ outcome }) => OUTCOME_TONES[outcome ?? ''] ?? 'plain',
  },
  {
    title: 'CAME BACK',
    width: 16,
    least: 9,
    leaveOut: 2,
    text: cameBackWords,
    tone: ({ cameBack }) => CAME_BACK[cameBack[0] ?? '']?.tone ?? 'plain',
  },
  { title: 'AT', width: 13, text: ({ businessAt }) => atWords(businessAt, timeZone), tone: () => 'muted' },
];

const atWords = (at: string, timeZone: string): string =>
  Temporal.Instant.from(at)
    .toZonedDateTimeISO(timeZone)
    .toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

function view({ list }: DeliveriesState, brush: Brush, surroundings: Surroundings): readonly Line[] {
  const { columns } = surroundings.area;
  if (list.rows.length === 0) return [brush.line([], columns), brush.line([brush.piece('  Nothing has been sent yet.', 'muted')], columns)];
  const placed = planColumns(columnsOf(surroundings.timeZone), columns - 4);
  const rows = list.rows.slice(list.top, list.top + shownRows(surroundings)).map((row) => {
    const isAt = row.id === list.cursorId;
    return brush.line(
      [brush.piece(isAt ? ` ${brush.symbols.cursor} ` : '   ', 'key'), ...rowPieces(brush, placed, row)],
      columns,
      isAt ? 'cursor' : undefined,
    );
  });
  const gap = Array.from({ length: shownRows(surroundings) - rows.length }, () => brush.line([], columns));
  return [
    brush.line([brush.blank(3), ...headPieces(brush, placed)], columns),
    ...rows,
    ...gap,
    brush.line([brush.rule(columns)], columns),
    ...detail(cursorRow(list), brush, columns),
  ];
}

/** Everything somebody needs to find the mail in a server's log. */
function detail(row: DeliveryView | undefined, brush: Brush, columns: number): readonly Line[] {
  if (row === undefined) return [];
  const reply = [row.replyCode, row.replyText].filter((part) => part !== null).join(' ');
  return [
    brush.line(
      [
        brush.piece(` To ${row.recipientAddress} by ${row.relay}, attempt ${row.attemptNumber}`),
        brush.piece(reply === '' ? '' : `: ${reply}`, 'muted'),
      ],
      columns,
    ),
    brush.line([brush.piece(` ${row.messageId}`, 'muted')], columns),
    brush.line(
      [
        brush.piece(
          isUncertain(row) ? ' Nobody knows whether it arrived. Find out, then settle it: a arrived, x not arrived, S send again.' : '',
          'notice',
        ),
      ],
      columns,
    ),
  ];
}

const deliveries: Screen<DeliveriesState, readonly DeliveryView[]> = {
  name: 'deliveries',
  title: 'Deliveries',
  digit: '4',
  open: () => ({ list: emptyList() }),
  question: () => ({}),
  fetch: async (session) => {
    const { readDeliveries } = await import('../../../app/read-deliveries.ts');
    return await readDeliveries(session, { limit: MOST_SHOWN });
  },
  received: (state, rows, surroundings) => ({
    state: { list: scrolled(merged({ ...state.list, wantsOrder: true }, rows, surroundings.atMs).list, shownRows(surroundings)) },
  }),
  bindings,
  view,
  heading: ({ list }) => {
    const uncertain = list.rows.filter(isUncertain).length;
    return uncertain === 0 ? '' : `${uncertain} to settle`;
  },
  spoken: ({ list }) => {
    const row = cursorRow(list);
    return row === undefined
      ? ['Nothing has been sent yet.']
      : [
          `Reminder ${row.reminderId} to ${row.customerName}: ${row.statusWord}, ${(row.outcome ?? 'under way').toLowerCase()}${row.cameBack.length === 0 ? '' : `, came back: ${cameBackWords(row)}`}.`,
        ];
  },
};

export const deliveriesScreen = asAnyScreen(deliveries);
