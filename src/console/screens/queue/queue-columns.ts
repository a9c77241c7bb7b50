/** The queue's columns: the score with a bar, who, how firmly, how old, how much, and when it goes. The head says what they are ordered by. */
import type { TableColumn } from '../../paint/columns.ts';
import type { Tone } from '../../paint/line.ts';
import type { Symbols } from '../../paint/symbols.ts';
import { firstTotalWords } from '../../widgets/money-words.ts';
import { cellWidth } from '../../../cli/cell-width.ts';
import type { QueueView } from '../../../app/reminder-view.ts';
import type { QueueOrder, QueueSort } from '../../../domain/queue-order.ts';

interface QueueTable {
  /** Cells the terminal has. */
  readonly columns: number;
  readonly timeZone: string;
  readonly symbols: Symbols;
  readonly order: QueueOrder;
  /** The whole page: no amount or code of it is cut, and columns stay where they are while it is scrolled. */
  readonly rows: readonly QueueView[];
}

/** Ten steps; more would take the room of names. */
const BAR_CELLS = 5;

export function queueColumns({ columns, timeZone, symbols, order, rows }: QueueTable): readonly TableColumn<QueueView>[] {
  const { code, asked, hasArabic } = neededBy(rows);
  const head = (title: string, sort: QueueSort): string => (order.sort === sort ? title + signOf(order, symbols) : title);
  const arabic: TableColumn<QueueView> = {
    title: 'الاسم',
    width: 20,
    leaveOut: 6,
    most: 30,
    align: 'right',
    text: ({ customer }) => customer.nameAr ?? '',
  };
  return [
    { title: 'ID', align: 'right', width: 6, leaveOut: 3, text: ({ id }) => String(id), tone: () => 'muted' },
    { title: head('RISK', 'risk'), align: 'right', width: 5, text: ({ score }) => String(score), tone: scoreTone },
    { title: '', width: BAR_CELLS, leaveOut: 4.5, text: ({ score }) => barText(score, symbols), tone: scoreTone },
    { title: 'ACCOUNT', width: code, text: ({ customer }) => customer.code, tone: () => 'muted' },
    {
      title: head('NAME', 'name'),
      width: 24,
      least: columns < 80 ? 12 : 18,
      most: 44,
      text: ({ customer }) => customer.name,
      tone: () => 'strong',
    },
    ...(hasArabic ? [arabic] : []),
    { title: 'LEVEL', width: 6, leaveOut: 0.5, text: ({ level }) => level, tone: ({ level }) => LEVEL_TONES[level] ?? 'plain' },
    { title: 'ITEMS', align: 'right', width: 5, leaveOut: 5, text: ({ items }) => String(items) },
    { title: head('DAYS', 'age'), align: 'right', width: 5, leaveOut: 1, text: ({ oldestDaysPastDue }) => String(oldestDaysPastDue) },
    {
      title: head('ASKED', 'amount'),
      align: 'right',
      width: asked,
      text: ({ totals }) => firstTotalWords(totals),
      tone: () => 'strong',
    },
    {
      title: 'STATE',
      width: 10,
      leaveOut: 2,
      text: ({ statusWord }) => statusWord,
      tone: ({ statusWord }) => (statusWord === 'check' ? 'notice' : 'plain'),
    },
    {
      title: head('GOES', 'goes'),
      width: 13,
      leaveOut: 4,
      text: ({ scheduledFor }) => goesWords(scheduledFor, timeZone),
      tone: () => 'muted',
    },
  ];
}

const LEVEL_TONES: Readonly<Record<string, Tone>> = { POLITE: 'plain', FIRM: 'notice', URGENT: 'notice', FINAL: 'bad' };

const scoreTone = ({ score }: QueueView): Tone => (score >= 80 ? 'bad' : score >= 50 ? 'notice' : 'plain');

/** Names and times rise, amounts and ages fall, unless they are the other way round. */
const signOf = ({ sort, isReversed }: QueueOrder, { up, down }: Symbols): string =>
  (sort === 'name' || sort === 'goes') === isReversed ? down : up;

function barText(score: number, { barFull, barHalf }: Symbols): string {
  const halves = Math.round((score / 100) * BAR_CELLS * 2);
  return barFull.repeat(Math.floor(halves / 2)) + barHalf.repeat(halves % 2);
}

interface Needed {
  readonly code: number;
  readonly asked: number;
  readonly hasArabic: boolean;
}

/** A page is drawn again with every key; what its columns need changes only with its rows. */
const needed = new WeakMap<readonly QueueView[], Needed>();

function neededBy(rows: readonly QueueView[]): Needed {
  const known = needed.get(rows);
  if (known) return known;
  const fresh = {
    code: rows.reduce((widest, { customer }) => Math.max(widest, Math.min(20, cellWidth(customer.code))), 'ACCOUNT'.length),
    asked: rows.reduce((widest, { totals }) => Math.max(widest, firstTotalWords(totals).length), 15),
    hasArabic: rows.some(({ customer }) => customer.nameAr !== null),
  };
  needed.set(rows, fresh);
  return fresh;
}

/** Day and time it may leave first, in the company's zone. */
function goesWords(scheduledFor: string, timeZone: string): string {
  const key = `${scheduledFor} ${timeZone}`;
  const known = goesKnown.get(key);
  if (known !== undefined) return known;
  const at = Temporal.Instant.from(scheduledFor).toZonedDateTimeISO(timeZone);
  const words = at.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  if (goesKnown.size > 1_000) goesKnown.clear();
  goesKnown.set(key, words);
  return words;
}

/** Most rows go at the same few moments, and a time in words costs more than the rest of a row. */
const goesKnown = new Map<string, string>();
