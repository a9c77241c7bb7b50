/**
 * A reminder in the making: what it asks and how firmly, before it has a recipient, a schedule or a priority. Made by planning or
 * by an operator's choice of items, and composed the same way for both.
 */
import type { ReminderForm } from './consolidation.ts';
import type { LadderPlace } from './ladder.ts';
import type { CurrencyClaim } from './net.ts';

export interface ReminderDraft extends LadderPlace {
  readonly form: ReminderForm;
  readonly claims: readonly CurrencyClaim[];
  /** Residues not counted. */
  readonly itemCount: number;
  readonly oldestDaysPastDue: number;
  readonly isManual: boolean;
}
