/**
 * A file the operator calls complete: what it no longer has is settled. The one thing in an import that a file too short could do real
 * harm with, so more than a quarter of the open documents is closed only when a person names the very number.
 */
import type { Act } from '../act.ts';
import { findCustomer } from '../ledger/find-records.ts';
import type { Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { countMissing, noteCustomersOfMissing, type ListScope } from '../../store/sql/import-missing.ts';

export interface CompleteList {
  /** Code of the head office or branch it is complete for; left out: the whole company. */
  readonly branch?: string | undefined;
  /** How many documents the operator knows it closes. */
  readonly yesClose?: number | undefined;
}

/** A list a month old has lost more than this only when something is wrong with it; fewer would ask at every month's end. */
const LARGEST_SHARE = 0.25;
/** A small ledger loses a quarter of its items with one payment. */
const ALWAYS_ALLOWED = 5;

/**
 * Before the accounts are locked. @returns what the list is complete for.
 * @throws OperatorError `import.not-open-items`, `import.closes-too-many`, `customer.unknown`.
 */
export async function prepareCompleteList({ tx }: Act, list: CompleteList, mapping: Mapping, ledgerOn: Day): Promise<ListScope> {
  if (mapping.ledger !== 'open-items') throw notOpenItems(mapping.name);
  const customerId = list.branch === undefined ? null : (await findCustomer(tx, list.branch)).id;
  const scope = { customerId, ledgerOn };
  const { open, missing } = await countMissing(tx, scope);
  const isMany = missing > ALWAYS_ALLOWED && missing > open * LARGEST_SHARE;
  if (isMany && list.yesClose !== missing) throw closesTooMany(missing, open);
  await noteCustomersOfMissing(tx, scope);
  return scope;
}

const notOpenItems = (mapping: string): OperatorError =>
  new OperatorError({
    code: 'import.not-open-items',
    kind: 'usage',
    message: `The mapping ${mapping} reads transactions, which are never a complete list of what is open.`,
    tryThis: 'Leave --complete-list out, or use a mapping of an open-item list.',
  });

const closesTooMany = (missing: number, open: number): OperatorError =>
  new OperatorError({
    code: 'import.closes-too-many',
    kind: 'refused',
    message: `The list lacks ${missing} of ${open} documents that are open here and would close them. Nothing was imported.`,
    tryThis: `Check that the export is whole. If it is, import it again with --yes-close ${missing}.`,
  });
