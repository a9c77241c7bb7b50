/** docs/validate.md, from the checks themselves. */
import { CHECKS } from '../../src/app/validate/checks.ts';
import type { Check } from '../../src/app/validate/check.ts';

const INTRODUCTION = `# What \`wafa validate\` checks

    wafa validate                             every check; ends with 1 when anything is found
    wafa validate balances totals             only these
    wafa validate --json                      for a program; --csv for a spreadsheet
    wafa validate --expect-ageing "AED 1134.62" --as-of 2026-10-31

It changes nothing: each check looks in a transaction of its own that reads only, and the one that tries to break the database's rules takes
everything back. Daemons run it every night at 02:30; what they find is in \`wafa status\`, and \`status --check\` ends with 1.

Checks of the *installation* concern the database all companies share and say the same for each of them. A check shows the first 50 findings
and counts them all. Findings name records by number and code, never a person.

**\`--expect-ageing\`** signs a month-end off instead: it compares what all customers owe at the end of a day (invoices less credits and cash on
account, per currency) with the control account of the general ledger. When every currency agrees to the last fils, and only then, that is
written to the audit chain; it takes the role APPROVER or ADMIN.
`;

const sectionOf = ({ id, scope, holds, means, fix }: Check): string => `## ${id}

${holds}${scope === 'installation' ? ' *Installation.*' : ''}

- **A finding means:** ${means}
- **Do:** ${fix}
`;

export const validatePage = (): string => [INTRODUCTION, ...CHECKS.map(sectionOf)].join('\n');
