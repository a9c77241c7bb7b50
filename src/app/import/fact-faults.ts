/**
 * Collects what refuses single rows of a file, so that it is corrected in one go. What a refused row did before it was refused is taken
 * back with it, so that the others may stand without it.
 */
import type { Act } from '../act.ts';
import { ImportRefused } from './import-refused.ts';
import type { RefusedRows } from './refused-rows.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { MOST_FAULTS, type ImportFault } from '../../intake/faults.ts';
import type { SourcePlace } from '../../intake/ledger-records.ts';
import { inSavepoint } from '../../store/sql/savepoint.ts';

export class FactFaults {
  private readonly faults: ImportFault[] = [];

  refuse(source: SourcePlace, { code, message, tryThis }: Pick<OperatorError, 'code' | 'message' | 'tryThis'>): void {
    this.faults.push({ code, message, tryThis, at: { ...source } });
  }

  /**
   * Does the work of one row. What its own rules refuse is filed under it; what has nothing to do with the row is thrown on.
   * @returns `null` when the row was refused, or when there was nothing to do.
   */
  async attempt<Result>(context: Act, source: SourcePlace, work: (context: Act) => Promise<Result>): Promise<Result | null> {
    const events: Parameters<Act['record']>[0][] = [];
    try {
      const result = await inSavepoint(context.tx, () => work({ ...context, record: (event) => events.push(event) }));
      events.forEach(context.record);
      return result;
    } catch (error) {
      if (!(error instanceof OperatorError) || !isAboutTheRow(error)) throw error;
      if (error.kind !== 'nothing-to-do') this.refuse(source, error);
      return null;
    }
  }

  /** Leaves the refused rows out, where rows may be left out. @throws ImportRefused where they may not. */
  async settle(refused: RefusedRows | null): Promise<void> {
    if (this.faults.length === 0) return;
    if (refused === null) throw new ImportRefused(this.faults.slice(0, MOST_FAULTS), this.faults.length);
    await refused.add(this.faults);
    await refused.leaveOut();
  }
}

/** Everything that judges a record begins so; a lost connection or a missing permission is no fault of a row. */
const ABOUT_ROWS = /^(?:customer|invoice|cheque|suppression|calendar|money|input)\./;
const isAboutTheRow = ({ code }: OperatorError): boolean => ABOUT_ROWS.test(code);
