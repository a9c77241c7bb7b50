/** Today: what needs a person, each with its count and money, the most urgent first. Enter goes where it is done. */
import type { Binding } from '../../input/binding.ts';
import type { Brush } from '../../paint/brush.ts';
import type { Line } from '../../paint/line.ts';
import { asAnyScreen, type Screen, type Surroundings } from '../../state/screen.ts';
import type { Intent } from '../../state/intent.ts';
import { moneyWords } from '../../widgets/money-words.ts';
import type { TodayRow, TodayView } from '../../../app/read-today.ts';

interface TodayState {
  /** The key of the row under the cursor, so that it stays there when rows come and go; null before the first move. */
  readonly atKey: TodayRow['key'] | null;
  /** Only what is about accounts the person looks after. */
  readonly isMine: boolean;
  readonly today: TodayView | null;
}

const LABELS: Readonly<Record<TodayRow['key'], string>> = {
  'to-approve': 'to approve',
  'needs-review': 'changed since approval: check',
  uncertain: 'nobody knows whether they arrived: settle',
  replies: 'replies waiting for an answer',
  'cheques-returned': 'returned cheques: call the customer',
  'claims-not-found': 'said to be paid, and not found',
  'cheques-unheard': 'cheques past their day that nobody heard of',
  'addresses-returned': 'Addresses no longer good',
  'ladders-complete': 'accounts past their final reminder: decide',
  'promises-broken': 'promises broken in the last 7 days',
  'promises-due': 'promises due by the day after tomorrow',
  'cheques-due': 'cheques due by the day after tomorrow',
  returned: 'returned or refused in the last 7 days',
  'holds-ending': 'holds ending by tomorrow',
  held: 'held',
  'leaving-today': 'leaving today',
};

/** The queue's filter that shows just these; others have no list of their own. */
const FILTERS: Readonly<Partial<Record<TodayRow['key'], string>>> = {
  'to-approve': 'status:proposed',
  'needs-review': 'status:needs-review',
  uncertain: 'status:uncertain',
  returned: 'status:bounced',
  'holds-ending': 'status:held',
  held: 'status:held',
  'leaving-today': 'status:queued',
};

/** What is about a customer and no reminder: settled from the customer's own screen, where it is looked for by name or number. */
const OF_CUSTOMERS: ReadonlySet<TodayRow['key']> = new Set(['replies', 'promises-broken', 'promises-due', 'cheques-due']);

/** The plain place of the cursor: that of its row, else the first. */
const cursorAt = (state: TodayState): number =>
  Math.max(
    0,
    rowsOf(state).findIndex(({ key }) => key === state.atKey),
  );

/** Only what is there; an operator's morning is not a list of zeros. */
const rowsOf = ({ today }: TodayState): readonly TodayRow[] => today?.rows.filter(({ count }) => count > 0) ?? [];

function goTo(row: TodayRow | undefined): readonly Intent[] {
  if (row === undefined) return [];
  if (OF_CUSTOMERS.has(row.key)) return [{ kind: 'open', screen: 'customers', about: {} }];
  const filter = FILTERS[row.key];
  return [{ kind: 'open', screen: 'queue', about: filter === undefined ? {} : { filter } }];
}

const move = (name: string, chords: readonly string[], about: string, by: number): Binding<TodayState> => ({
  name,
  chords,
  label: name,
  about,
  isQuiet: true,
  run: (state) => {
    const rows = rowsOf(state);
    return { state: { ...state, atKey: rows[Math.max(0, Math.min(rows.length - 1, cursorAt(state) + by))]?.key ?? null } };
  },
});

const bindings: readonly Binding<TodayState>[] = [
  move('down', ['down', 'j'], 'To the next row.', 1),
  move('up', ['up', 'k'], 'To the row above.', -1),
  {
    name: 'open',
    chords: ['enter', 'right', 'l'],
    label: 'open',
    about: 'To the reminders of this row, or to the customers.',
    run: (state) => ({ state, intents: goTo(rowsOf(state)[cursorAt(state)]) }),
  },
  {
    name: 'mine',
    chords: ['m'],
    label: 'mine',
    about: 'Only accounts you look after yourself, or everybody’s again.',
    run: (state) => ({ state: { ...state, isMine: !state.isMine } }),
  },
  {
    name: 'plan',
    chords: ['P'],
    label: 'plan',
    about: 'Look at every account now.',
    verb: 'plan',
    run: (state) => ({ state, intents: [{ kind: 'verb', act: { words: ['plan'], confirm: null, shows: 'page', undo: null } }] }),
  },
  {
    name: 'status',
    chords: ['s'],
    label: 'status',
    about: 'How things stand in full.',
    run: (state) => ({ state, intents: [{ kind: 'verb', act: { words: ['status'], confirm: null, shows: 'page', undo: null } }] }),
  },
];

function view(state: TodayState, brush: Brush, { area: { columns }, today: day }: Surroundings): readonly Line[] {
  const { today } = state;
  if (today === null) return [];
  const rows = rowsOf(state);
  const counted = rows.map((row, at) => {
    const isAt = at === cursorAt(state);
    const money = row.money === null ? '' : moneyWords(row.money);
    return brush.line(
      [
        brush.piece(isAt ? ` ${brush.symbols.cursor} ` : '   ', 'key'),
        brush.cell(String(row.count), 6, { align: 'right', tone: 'strong' }),
        brush.blank(2),
        brush.cell(LABELS[row.key], Math.min(50, columns - 35), {
          tone: row.key === 'uncertain' || row.key === 'promises-broken' ? 'notice' : 'plain',
        }),
        brush.cell(money, 22, { align: 'right', tone: 'strong' }),
      ],
      columns,
      isAt ? 'cursor' : undefined,
    );
  });
  const line = (text: string, tone: 'plain' | 'muted' | 'notice' = 'muted'): Line => brush.line([brush.piece(`   ${text}`, tone)], columns);
  return [
    brush.line([], columns),
    ...(rows.length === 0 ? emptyDay(today).map((text) => line(text)) : counted),
    brush.line([], columns),
    line(
      `${moneyWords(today.atRisk)} at risk in what waits; ${today.scheduled.count} scheduled for ${moneyWords(today.scheduled.money)}.`,
      'plain',
    ),
    line(windowLine(today)),
    line(ledgerWords(today, day)),
    ...today.daysToConfirm.map(({ key, days }) => line(`Confirm ${key}: ${days.join(', ')} (screen 7)`, 'notice')),
  ];
}

const emptyDay = ({ ledger, isMine }: TodayView): readonly string[] =>
  isMine
    ? ['Nothing of the accounts you look after waits.', '', 'm shows everybody’s.']
    : ledger.invoicesAsOn === null
      ? ['There is no ledger yet.', '', 'Read one with  :import FILE', 'A sample to look around in:  wafa demo']
      : ['Nothing waits for anybody.', '', 'Look at every account with  P'];

/** When mail may leave today, and the next day it may not. */
function windowLine({ windowsToday, nextDayOff }: TodayView): string {
  const now = windowsToday.length === 0 ? 'No mail leaves today' : `Mail leaves today ${windowsToday.join(' and ')}`;
  if (nextDayOff === null) return `${now}; no day off is known of ahead.`;
  const day = Temporal.PlainDate.from(nextDayOff.on).toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
  const status = nextDayOff.status === null || ['confirmed', 'statutory'].includes(nextDayOff.status) ? '' : `, ${nextDayOff.status}`;
  return `${now}; next day off ${day}: ${nextDayOff.name}${status}.`;
}

/** Ages in days, because a date alone makes nobody wonder. */
function ledgerWords({ ledger }: TodayView, day: Temporal.PlainDate | null): string {
  const age = (iso: string | null): string => {
    if (iso === null) return 'none yet';
    const days = day === null ? 0 : Temporal.PlainDate.from(iso).until(day).days;
    return days === 0 ? 'of today' : `${days} ${days === 1 ? 'day' : 'days'} old`;
  };
  return `Ledger: invoices ${age(ledger.invoicesAsOn)}, receipts ${age(ledger.receiptsAsOn)}.`;
}

const todayDefinition: Screen<TodayState, TodayView> = {
  name: 'today',
  title: 'Today',
  digit: '1',
  open: () => ({ atKey: null, isMine: false, today: null }),
  question: ({ isMine }) => ({ isMine }),
  fetch: async (session, { isMine }) => {
    const { readToday } = await import('../../../app/read-today.ts');
    return await readToday(session, { isMine: isMine === true });
  },
  received: (state, today) => ({ state: { ...state, today } }),
  bindings,
  view,
  heading: (state) =>
    state.today === null
      ? ''
      : `${rowsOf(state).length === 0 ? 'nothing waits' : 'what waits for a person'}${state.isMine ? ', of your own accounts' : ''}`,
  spoken: (state) => {
    if (state.today === null) return [];
    const rows = rowsOf(state);
    const row = rows[cursorAt(state)];
    if (row === undefined) return emptyDay(state.today);
    const money = row.money === null ? '' : `, ${moneyWords(row.money)}`;
    return [`${row.count} ${LABELS[row.key]}${money}. ${cursorAt(state) + 1} of ${rows.length}.`, windowLine(state.today)];
  },
};

export const todayScreen = asAnyScreen(todayDefinition);
