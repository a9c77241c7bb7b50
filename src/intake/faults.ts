/**
 * What is wrong with a ledger, by file, row and column. A fault refuses its row (and by default the whole import); a warning
 * lets it pass. Problems of the file itself (encoding, headings, broken quotes) are thrown as an `OperatorError` instead,
 * because nothing after them can be trusted. Messages never contain control characters: cells are quoted through `shown`.
 */
import type { FaultPlace } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';

export interface ImportFault {
  /** Stable, `import.what-is-wrong`. */
  readonly code: string;
  readonly message: string;
  readonly tryThis: string;
  readonly at: FaultPlace;
}

/** Two rows of which neither is to be taken without the other: they are one record, or contradict each other. */
export interface RowPair {
  readonly row: number;
  readonly with: number;
}

/** After so many faults a file has one systematic problem, and a longer list only hides it. */
export const MOST_FAULTS = 100;

/** Collects faults and warnings of one source; counts them all, keeps only the first of each. */
export class FaultLog {
  readonly warningCounts = new Map<string, number>();
  faultCount = 0;
  private readonly most: number;
  private warningsKept = 0;
  private faults: ImportFault[] = [];
  private warnings: ImportFault[] = [];
  private pairs: RowPair[] = [];

  constructor(most: number = MOST_FAULTS) {
    this.most = most;
  }

  /** True once reading on would tell the operator nothing new. */
  get isFull(): boolean {
    return this.faultCount >= this.most;
  }

  refuse(fault: ImportFault): void {
    this.faultCount += 1;
    if (this.faultCount <= this.most) this.faults.push(fault);
  }

  warn(warning: ImportFault): void {
    this.warningCounts.set(warning.code, (this.warningCounts.get(warning.code) ?? 0) + 1);
    this.warningsKept += 1;
    if (this.warningsKept <= this.most) this.warnings.push(warning);
  }

  /** When either row is refused, the other is as well. */
  pair(row: number, other: number): void {
    if (row !== other) this.pairs.push({ row, with: other });
  }

  /** Hands over what has come in since the last call. */
  take(): { readonly faults: readonly ImportFault[]; readonly warnings: readonly ImportFault[]; readonly pairs: readonly RowPair[] } {
    const taken = { faults: this.faults, warnings: this.warnings, pairs: this.pairs };
    this.faults = [];
    this.warnings = [];
    this.pairs = [];
    return taken;
  }
}

/** Long enough to recognise a cell by, short enough for one line of a screen. */
const SHOWN_CHARACTERS = 40;

/** A cell as a message may quote it. */
export const shown = (cell: string): string => {
  const short = cell.length > SHOWN_CHARACTERS ? `${cell.slice(0, SHOWN_CHARACTERS)}…` : cell;
  return `"${safeText(short)}"`;
};
