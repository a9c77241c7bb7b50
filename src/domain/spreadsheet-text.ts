/** A ledger's text for a cell of a workbook: without what XML cannot hold or Excel would decode, and without the isolates of a mail. */
import { headerText } from './safe-text.ts';

export const spreadsheetText = (text: string): string =>
  headerText(text.replace(/[\u2066-\u2069]/g, ''))
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
