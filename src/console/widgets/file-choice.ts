/** As which kind of file a list is written. */
import type { Choice, FileKind, Intent } from '../state/intent.ts';

export const fileChoice = (write: (kind: FileKind) => Intent): Choice => ({
  title: 'Write this list as',
  whenNone: '',
  entries: [
    { name: 'CSV', about: 'for any spreadsheet or program', intents: [write('csv')] },
    { name: 'Excel workbook', about: '.xlsx, with numbers as numbers', intents: [write('xlsx')] },
  ],
});
