/** Collects what refuses single rows of a file, so that it is corrected in one go. */
import { ImportRefused } from './import-refused.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { MOST_FAULTS, type ImportFault } from '../../intake/faults.ts';
import type { SourcePlace } from '../../intake/ledger-records.ts';

export class FactFaults {
  private readonly faults: ImportFault[] = [];
  private count = 0;

  refuse(source: SourcePlace, { code, message, tryThis }: Pick<OperatorError, 'code' | 'message' | 'tryThis'>): void {
    this.count += 1;
    if (this.faults.length < MOST_FAULTS) this.faults.push({ code, message, tryThis, at: { ...source } });
  }

  /**
   * Does the work of one row. What its own rules refuse is filed under it; what has nothing to do with the row is thrown on.
   * @returns `null` when the row was refused, or when there was nothing to do.
   */
  async attempt<Result>(source: SourcePlace, work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof OperatorError) || !isAboutTheRow(error)) throw error;
      if (error.kind !== 'nothing-to-do') this.refuse(source, error);
      return null;
    }
  }

  /** @throws ImportRefused */
  refuseIfAny(): void {
    if (this.count > 0) throw new ImportRefused(this.faults, this.count);
  }
}

/** Everything that judges a record begins so; a lost connection or a missing permission is no fault of a row. */
const ABOUT_ROWS = /^(?:customer|invoice|cheque|suppression|calendar|money|input)\./;
const isAboutTheRow = ({ code }: OperatorError): boolean => ABOUT_ROWS.test(code);
