/**
 * The rows that an import with `--partial` leaves out. A row is refused for what is wrong with it, or because it stands or falls with one
 * that is: the other lines of its invoice, the other rows of its payment, the row it contradicts. What is left is checked again until nothing
 * is at fault, so that what is applied fits together by itself.
 */
import { stagedMisfits, type CheckedFile, type StagedMisfit } from './check-staged-ledger.ts';
import { ImportRefused } from './import-refused.ts';
import { MOST_FAULTS, type ImportFault, type RowPair } from '../../intake/faults.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import {
  addPairs,
  addRefusals,
  closeRefusals,
  compareAnew,
  createRefusals,
  leaveOutRefused,
  refusedAmong,
  refusedRows,
  rowsSettling,
} from '../../store/sql/import-refusals.ts';

/** Misfits of one check that are worded at once: some megabytes. More are found by the next round. */
const ROUND = 5_000;

export class RefusedRows {
  /** The first of them, for the answer; all are in the rejects file. */
  readonly faults: ImportFault[] = [];
  count = 0;
  private readonly tx: CompanyTx;
  private readonly isDerived: boolean;

  private constructor(tx: CompanyTx, isDerived: boolean) {
    this.tx = tx;
    this.isDerived = isDerived;
  }

  /** @param isDerived the rows are documents that merely mention their customers. */
  static async open(tx: CompanyTx, isDerived: boolean): Promise<RefusedRows> {
    await createRefusals(tx);
    return new RefusedRows(tx, isDerived);
  }

  async add(faults: readonly ImportFault[], pairs: readonly RowPair[] = [], isOfCustomer = false): Promise<void> {
    this.faults.push(...faults.slice(0, Math.max(0, MOST_FAULTS - this.faults.length)));
    await addRefusals(
      this.tx,
      faults.map(({ at, message, tryThis }) => ({ row: at.row ?? 0, says: message, tryThis, isOfCustomer })),
    );
    await addPairs(this.tx, pairs);
  }

  /** Takes what was refused so far out of the staged ledger. */
  async leaveOut(): Promise<void> {
    this.count = await closeRefusals(this.tx);
    if (this.count > 0) await leaveOutRefused(this.tx, this.isDerived);
  }

  /** Leaves out what does not fit what is recorded, and then what does not fit without that. */
  async leaveOutMisfits(file: CheckedFile): Promise<void> {
    for (;;) {
      const { misfits } = await stagedMisfits(this.tx, file, ROUND);
      if (misfits.length === 0) return;
      await this.refuse(misfits);
      await this.leaveOut();
      await compareAnew(this.tx);
    }
  }

  private async refuse(misfits: readonly StagedMisfit[]): Promise<void> {
    const isOfCustomer = ({ check }: StagedMisfit): boolean => check === 'unknown-bill-to' || check === 'bill-to-chain';
    for (const whose of [true, false])
      await this.add(
        misfits.filter((misfit) => isOfCustomer(misfit) === whose).map(({ fault }) => fault),
        [],
        whose,
      );
    await this.refuseSettling(misfits, 'invoice-over-allocated', 'invoice');
    await this.refuseSettling(misfits, 'credit-over-applied', 'credit');
  }

  /** Of several rows that together settle too much, each is as wrong as the others. */
  private async refuseSettling(misfits: readonly StagedMisfit[], check: StagedMisfit['check'], side: 'invoice' | 'credit'): Promise<void> {
    for (const { subject, fault } of misfits.filter((misfit) => misfit.check === check)) {
      const rows = await rowsSettling(this.tx, side, [subject]);
      await this.add(rows.filter((row) => row !== fault.at.row).map((row) => ({ ...fault, at: { ...fault.at, row } })));
    }
  }

  /** Of records held in memory, those whose rows stand. */
  async standing<Record extends { readonly source: { readonly row: number } }>(records: readonly Record[]): Promise<readonly Record[]> {
    const refused = await refusedAmong(
      this.tx,
      records.map(({ source }) => source.row),
    );
    return records.filter(({ source }) => !refused.has(source.row));
  }

  all(): ReturnType<typeof refusedRows> {
    return refusedRows(this.tx);
  }

  /** @throws ImportRefused when no row is left: then the file itself is what has to be corrected. */
  requireSomeLeft(rows: number): void {
    if (this.count > 0 && this.count >= rows) throw new ImportRefused(this.faults, Math.max(this.faults.length, this.count));
  }
}
