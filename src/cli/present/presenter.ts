/** How one verb's data becomes a page for people, and a table for spreadsheets where it is a list. */
import type { CsvTable } from '../csv-text.ts';
import type { Page } from '../page.ts';

export interface PresentContext {
  /** The command's sentences. Talk, printed after the page on stderr, unless the presenter takes them in. */
  readonly notes: readonly string[];
  /** IANA name of the zone that instants are shown in. */
  readonly timeZone: string;
}

export interface Presenter<Data> {
  page(data: Data, context: PresentContext): Page;
  /** Left out where the data is no list. */
  csv?(data: Data): CsvTable;
  /** The notes are the answer itself and stand on the page. */
  readonly takesNotes?: boolean;
}
