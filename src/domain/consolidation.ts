/**
 * Consolidation: one reminder for all items of an account, or one for each, by the customer's preference; and the type of
 * reminder that follows from this and the level.
 */
import type { Policy } from './policy.ts';
import type { ConsolidationPreference, EscalationLevel, ReminderType } from './vocabulary.ts';

export type ReminderForm = 'consolidated' | 'individual';

/** `itemCount` counts overdue items without residues. A single item is always an individual reminder. */
export function reminderForm(preference: ConsolidationPreference, itemCount: number, policy: Policy['consolidation']): ReminderForm {
  if (itemCount < 2) return 'individual';
  switch (preference) {
    case 'ENABLED':
      return 'consolidated';
    case 'AUTO':
      return itemCount >= policy.autoThreshold ? 'consolidated' : 'individual';
    case 'DISABLED':
      return 'individual';
  }
}

export function reminderType(form: ReminderForm, level: EscalationLevel): ReminderType {
  if (form === 'individual') return 'INDIVIDUAL';
  if (level === 'URGENT') return 'URGENT_CONSOLIDATED';
  return level === 'FINAL' ? 'FINAL_CONSOLIDATED' : 'CONSOLIDATED';
}
