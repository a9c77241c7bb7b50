/** Text of the only policy a tenant table has: a forgotten company means no rows. Migrations keep their own, frozen copy. */
const TENANT_POLICY = `company_id = nullif(current_setting('wafa.company_id', true), '')::bigint`;

/** Spread into every entity that belongs to a company: row-level security, enabled and forced, with the one policy. */
export const tenantTable = {
  rowLevelSecurity: 'force' as const,
  policies: [{ name: 'company_isolation', using: TENANT_POLICY, check: TENANT_POLICY }],
};
