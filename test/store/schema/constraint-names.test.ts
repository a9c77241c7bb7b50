import { expect, test } from 'vitest';

import { PostgresNamingStrategy } from '../../../src/store/schema/constraint-names.ts';

const strategy = new PostgresNamingStrategy();
const REMINDERS = 'customer_consolidated_reminders';

test.for([
  ['customers', ['company_id', 'code'], 'unique', 'customers_company_id_code_key'],
  ['customers', ['company_id', 'bill_to_id'], 'foreign', 'customers_company_id_bill_to_id_fkey'],
  ['customers', ['trn'], 'check', 'customers_trn_check'],
  ['customers', ['company_id', 'id'], 'primary', 'customers_pkey'],
  // 63 bytes are all there is: PostgreSQL shortens the table's name while it is the longer part, else the columns'.
  [REMINDERS, ['company_id', 'policy_version_id'], 'foreign', 'customer_consolidated_reminde_company_id_policy_version_id_fkey'],
  [
    'email_logs',
    ['company_id', 'consolidated_reminder_id', 'attempt_number'],
    'unique',
    'email_logs_company_id_consolidated_reminder_id_attempt_numb_key',
  ],
] as const)('a %s key on %s is named by PostgreSQL as %s is here', ([table, columns, kind, name]) => {
  expect(strategy.indexName(table, [...columns], kind)).toBe(name);
});
