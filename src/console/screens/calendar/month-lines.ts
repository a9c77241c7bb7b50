/** Draws a month as weeks, Monday first: each day with its window, or the word that says why there is none. */
import type { CalendarData } from './calendar-screen.ts';
import type { Brush } from '../../paint/brush.ts';
import type { Line, Piece, Tone } from '../../paint/line.ts';
import type { Area } from '../../state/screen.ts';
import type { CalendarDayView } from '../../../app/calendar/read-calendar.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const NARROWEST_DAY = 8;
const WIDEST_DAY = 16;

export function monthLines(
  { month, check, chosen }: CalendarData & { readonly chosen: string | null },
  brush: Brush,
  { columns, rows }: Area,
  today: Temporal.PlainDate | null,
): readonly Line[] {
  const width = Math.max(NARROWEST_DAY, Math.min(WIDEST_DAY, Math.floor((columns - 2) / WEEKDAYS.length)));
  const cells = (pieces: readonly Piece[]): Line => brush.line([brush.blank(1), ...pieces], columns);
  const head = cells(WEEKDAYS.map((name) => brush.cell(` ${name}`, width, { tone: 'muted' })));
  const weeks = weeksOf(month.days);
  const confirming = confirmLines(check, chosen, brush, columns);
  // Air between the weeks where everything fits all the same.
  const gap = 1 + weeks.length * 3 + confirming.length <= rows ? [brush.line([], columns)] : [];
  const body = weeks.flatMap((week) => [
    cells(week.map((day) => (day === null ? brush.blank(width) : numberPiece(day, brush, width, today)))),
    cells(
      week
        .map((day) => (day === null ? brush.blank(width) : brush.cell(` ${dayWords(day, width - 2)}`, width - 1, { tone: dayTone(day) })))
        .flatMap((piece) => [piece, brush.blank(width - piece.width)]),
    ),
    ...gap,
  ]);
  return [head, ...body, ...confirming];
}

function weeksOf(days: readonly CalendarDayView[]): readonly (readonly (CalendarDayView | null)[])[] {
  const [first] = days;
  const before = first === undefined ? 0 : Temporal.PlainDate.from(first.on).dayOfWeek - 1;
  const padded = [...Array.from({ length: before }, () => null), ...days];
  return Array.from({ length: Math.ceil(padded.length / WEEKDAYS.length) }, (_, week) =>
    Array.from({ length: WEEKDAYS.length }, (__, day) => padded[week * WEEKDAYS.length + day] ?? null),
  );
}

/** Today stands in brackets, so that it can be found without colour. */
function numberPiece({ on, isRamadan }: CalendarDayView, brush: Brush, width: number, today: Temporal.PlainDate | null): Piece {
  const day = Temporal.PlainDate.from(on);
  const isToday = today?.equals(day) ?? false;
  return brush.cell(`${isToday ? '[' : ' '}${day.day}${isToday ? ']' : ''}${isRamadan ? ' Ramadan' : ''}`, width, {
    tone: isToday ? 'strong' : 'plain',
  });
}

function dayWords({ windows, reason, occasion, state, status }: CalendarDayView, width: number): string {
  if (windows.length > 0) return windows.join(' ').length <= width ? windows.join(' ') : windows.map(shortWindow).join(' ');
  if (state === 'unknown') return 'unknown';
  if (reason === 'weekly-rest') return 'rest';
  return `${occasion ?? 'closed'}${status === 'confirmed' || status === 'statutory' || status === null ? '' : ` (${status})`}`;
}

/** `09:00-17:30` as `9-17:30`: half a day's end must not be cut off. */
const shortWindow = (window: string): string => window.replaceAll(':00', '').replaceAll(/(^|-)0(?=\d)/g, '$1');

const dayTone = ({ windows, reason, status, state }: CalendarDayView): Tone =>
  windows.length > 0
    ? 'good'
    : reason === 'weekly-rest'
      ? 'disabled'
      : state === 'unknown' || (status !== 'confirmed' && status !== 'statutory')
        ? 'notice'
        : 'accent';

function confirmLines(check: CalendarData['check'], chosen: string | null, brush: Brush, columns: number): readonly Line[] {
  if (check.unconfirmed.length === 0) return [brush.line([brush.piece('  Nothing waits to be confirmed.', 'muted')], columns)];
  return [
    brush.line([brush.piece('  To confirm', 'title')], columns),
    ...check.unconfirmed.map(({ key, status, days }) =>
      brush.line(
        [
          brush.piece(key === chosen ? `${brush.symbols.cursor} ` : '  ', 'key'),
          brush.cell(key, 28, { tone: 'strong' }),
          brush.cell(status, 12, { tone: 'notice' }),
          brush.piece(days.join(' '), 'muted'),
        ],
        columns,
      ),
    ),
  ];
}
