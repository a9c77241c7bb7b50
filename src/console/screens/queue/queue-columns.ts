/** The queue's columns: the riskiest at the top, its score as a bar, who, how firmly, how old, how much, and when it goes. */
import type { TableColumn } from '../../paint/columns.ts';
import type { Tone } from '../../paint/line.ts';
import { firstTotalWords } from '../../widgets/money-words.ts';
import type { QueueView } from '../../../app/reminder-view.ts';

/** @param rows those shown: no amount of theirs is cut, so the widest sets the column's width. */
export const queueColumns = (timeZone: string, rows: readonly QueueView[]): readonly TableColumn<QueueView>[] => [
  { title: 'ID', align: 'right', width: 6, leaveOut: 3, text: ({ id }) => String(id), tone: () => 'muted' },
  {
    title: 'RISK',
    align: 'right',
    width: 4,
    text: ({ score }) => String(score),
    tone: ({ score }) => (score >= 80 ? 'bad' : score >= 50 ? 'notice' : 'plain'),
  },
  { title: 'ACCOUNT', width: 10, text: ({ customer }) => customer.code, tone: () => 'muted' },
  { title: 'NAME', width: 24, least: 12, most: 44, text: ({ customer }) => customer.name, tone: () => 'strong' },
  { title: 'الاسم', width: 20, leaveOut: 6, most: 30, align: 'right', text: ({ customer }) => customer.nameAr ?? '' },
  { title: 'LEVEL', width: 6, leaveOut: 0.5, text: ({ level }) => level, tone: ({ level }) => LEVEL_TONES[level] ?? 'plain' },
  { title: 'ITEMS', align: 'right', width: 5, leaveOut: 5, text: ({ items }) => String(items) },
  { title: 'DAYS', align: 'right', width: 4, leaveOut: 1, text: ({ oldestDaysPastDue }) => String(oldestDaysPastDue) },
  {
    title: 'ASKED',
    align: 'right',
    width: Math.max(17, ...rows.map(({ totals }) => firstTotalWords(totals).length)),
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
  { title: 'GOES', width: 13, leaveOut: 4, text: ({ scheduledFor }) => goesWords(scheduledFor, timeZone), tone: () => 'muted' },
];

const LEVEL_TONES: Readonly<Record<string, Tone>> = { POLITE: 'plain', FIRM: 'notice', URGENT: 'notice', FINAL: 'bad' };

/** Day and time it may leave first, in the company's zone. */
const goesWords = (scheduledFor: string, timeZone: string): string => {
  const at = Temporal.Instant.from(scheduledFor).toZonedDateTimeISO(timeZone);
  return at.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
};
