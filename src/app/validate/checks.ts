/** Every check there is, in the order they run: the database's own first, because the others rest on it. */
import type { Check } from './check.ts';
import { LEDGER_CHECKS } from './ledger-checks.ts';
import { REMINDER_CHECKS } from './reminder-checks.ts';
import { SCHEMA_CHECKS } from './schema-checks.ts';
import { WORKING_CHECKS } from './working-checks.ts';

export const CHECKS: readonly Check[] = [...SCHEMA_CHECKS, ...LEDGER_CHECKS, ...REMINDER_CHECKS, ...WORKING_CHECKS];
