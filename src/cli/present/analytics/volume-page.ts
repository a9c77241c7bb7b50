/** Mails that left beside those that one by one would have, by week or by month. */
import type { VolumeView } from '../../../app/insight/read-volume.ts';
import { gap, heading, line, table, type Page } from '../../page.ts';
import type { CsvTable } from '../../csv-text.ts';
import { counted, dayOfText } from '../amounts.ts';
import { barOf } from './bars.ts';

type Volume = VolumeView['total'];

const CELLS = 28;

export function volumePage(volume: VolumeView, by: 'week' | 'month'): Page {
  const rows =
    by === 'week'
      ? volume.weeks.map((week) => ({ label: week.startsOn, ...week }))
      : volume.months.map((of) => ({ label: of.month, ...of }));
  const most = rows.reduce((largest, { oneByOne }) => Math.max(largest, oneByOne), 0);
  return [
    heading(`${by === 'week' ? 'Mail volume' : 'Mails saved'}, ${dayOfText(volume.from)} to ${dayOfText(volume.to)}`),
    line(savedText(volume.total)),
    ...(most === 0 ? [] : [gap, volumeTable(by, rows, most)]),
  ];
}

const volumeTable = (by: 'week' | 'month', rows: readonly (Volume & { readonly label: string })[], most: number): Page[number] =>
  table(
    [
      { title: by === 'week' ? 'WEEK OF' : 'MONTH' },
      { title: 'SENT', align: 'right' },
      { title: 'ONE BY ONE', align: 'right' },
      { title: 'SAVED', align: 'right', leaveOut: 1 },
      { title: 'SENT, AND · WHAT ONE BY ONE WOULD HAVE ADDED', leaveOut: 2 },
    ],
    rows.map(({ label, reminders, oneByOne, emailsAvoided }) => [
      label,
      String(reminders),
      String(oneByOne),
      String(emailsAvoided),
      barOf(reminders, oneByOne, most, CELLS),
    ]),
  );

export const savedText = ({ reminders, items, oneByOne, emailsAvoided, percentAvoided }: Volume): string =>
  reminders === 0
    ? 'No reminder was accepted in these days.'
    : `${counted(reminders, 'reminder')} about ${counted(items, 'invoice')}. One by one the same policy would have sent ${oneByOne}: ${counted(emailsAvoided, 'email')} saved, ${percentAvoided ?? 0} %.`;

export function volumeCsv(volume: VolumeView, by: 'week' | 'month'): CsvTable {
  const rows =
    by === 'week'
      ? volume.weeks.map((week) => ({ label: week.startsOn, ...week }))
      : volume.months.map((of) => ({ label: of.month, ...of }));
  return {
    columns: [by, 'contacts', 'reminders', 'items', 'oneByOne', 'emailsAvoided', 'percentAvoided'],
    rows: rows.map((row) => [row.label, row.contacts, row.reminders, row.items, row.oneByOne, row.emailsAvoided, row.percentAvoided]),
  };
}
