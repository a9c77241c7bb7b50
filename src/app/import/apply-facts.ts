/**
 * Records what comes in files of its own (cheques, exchange rates, days off, suppressed addresses) as if each row had been entered by
 * hand, in the import's transaction: the same rules refuse it, the same events are written, and live reminders are judged again. What is
 * known already changes nothing. A row that is refused refuses the whole file, unless rows may be left out.
 */
import type { Act } from '../act.ts';
import { applyCheques } from './apply-cheques.ts';
import { applyDaysOff } from './apply-days-off.ts';
import { applyExchangeRates } from './apply-exchange-rates.ts';
import { applySuppressions } from './apply-suppressions.ts';
import { FactFaults } from './fact-faults.ts';
import type { RefusedRows } from './refused-rows.ts';
import type { MovedReminder } from '../ledger/move-live-reminders.ts';
import type { ReviewedReminders } from '../review-approved.ts';
import type { FactRecord } from '../../intake/ledger-records.ts';

export interface FactCounts {
  readonly chequesAdded: number;
  readonly ratesAdded: number;
  readonly daysOffAdded: number;
  readonly suppressionsAdded: number;
}

export interface AppliedFacts {
  readonly counts: FactCounts;
  readonly reminders: ReviewedReminders;
}

/** @throws ImportRefused with every row that cannot be recorded. */
export async function applyFacts(
  context: Act,
  facts: readonly FactRecord[],
  { batchId, refused }: { readonly batchId: () => Promise<number>; readonly refused: RefusedRows | null },
): Promise<AppliedFacts> {
  const faults = new FactFaults();
  const cheques = await applyCheques(context, ofKind(facts, 'cheque'), faults);
  const suppressions = await applySuppressions(context, ofKind(facts, 'suppression'), faults);
  const counts = {
    chequesAdded: cheques.length,
    ratesAdded: await applyExchangeRates(context, ofKind(facts, 'exchange-rate')),
    daysOffAdded: await applyDaysOff(context, ofKind(facts, 'day-off'), faults),
    suppressionsAdded: suppressions.length,
  };
  await faults.settle(refused);
  if (Object.values(counts).some((count) => count > 0)) await batchId();
  return { counts, reminders: moved([...cheques, ...suppressions].flatMap(({ reminders }) => reminders)) };
}

const ofKind = <Kind extends FactRecord['kind']>(
  facts: readonly FactRecord[],
  kind: Kind,
): readonly Extract<FactRecord, { kind: Kind }>[] =>
  facts.filter((fact): fact is Extract<FactRecord, { kind: Kind }> => fact.kind === kind);

/** A reminder that several rows speak of is counted once, as the last of them left it. */
function moved(reminders: readonly MovedReminder[]): ReviewedReminders {
  const last = new Map(reminders.filter(({ isMoved }) => isMoved).map(({ id, status }) => [id, status]));
  const countOf = (status: string): number => [...last.values()].filter((each) => each === status).length;
  return { needReview: countOf('NEEDS_REVIEW'), cancelled: countOf('CANCELLED') };
}
