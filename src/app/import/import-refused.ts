/** A ledger that was read but not taken: nothing of it was written. Carries every fault there is room for, by file, row and column. */
import { OperatorError } from '../../domain/operator-error.ts';
import type { ImportFault } from '../../intake/faults.ts';

export class ImportRefused extends OperatorError {
  /** In file order, at most a hundred. */
  readonly faults: readonly ImportFault[];
  /** How many there are altogether. */
  readonly faultCount: number;

  constructor(faults: readonly ImportFault[], faultCount: number) {
    const [first] = faults;
    const others = faultCount - 1;
    super({
      code: first?.code ?? 'import.refused',
      message: `${first?.message ?? 'The file has faults.'}${others > 0 ? ` ${others} more ${others === 1 ? 'fault' : 'faults'}.` : ''} Nothing was imported.`,
      tryThis: first?.tryThis ?? 'Correct the file and import it again.',
      ...(first === undefined ? {} : { at: first.at }),
    });
    this.name = 'ImportRefused';
    this.faults = faults;
    this.faultCount = faultCount;
  }
}
