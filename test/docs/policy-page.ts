/** `docs/policy.md`: every policy key with its default, its range and the reason for both, as the schema has them. */
import { POLICY_FIELDS, type PolicyField } from '../../src/domain/policy/fields.ts';

/** Keys that are read and stored but that nothing obeys yet; a test notices when one is put to use. */
export const WITHOUT_EFFECT = [
  'release.cautionAbove',
  'release.firstBatch',
  'release.waitMinutes',
  'statement.attachFromItems',
  'statement.attachForGovernment',
] as const;

const HEAD = `# Policy

Every number the rules use, one section after another. \`wafa policy show\` says what is in force, \`wafa policy set KEY=VALUE\` changes it:
every change is a new version, kept for good, and \`wafa policy history\` tells who changed what. A key that does not exist and a value out
of range are refused. Amounts are in the company's base currency.

This page is written from the program by \`npm run docs\`; a test fails when the two differ.
`;

export function policyPage(): string {
  const sections = Map.groupBy(POLICY_FIELDS, ({ key }) => key.split('.')[0] ?? '');
  return `${HEAD}${[...sections].map(([name, fields]) => section(name, fields)).join('')}`;
}

const section = (name: string, fields: readonly PolicyField[]): string =>
  `\n## ${name}\n\n| key | default | allowed | why |\n|---|---|---|---|\n${fields.map(row).join('')}`;

const row = ({ key, byDefault, allowed, reason }: PolicyField): string =>
  `| \`${key}\` | ${byDefault} | ${allowed} | ${reason}${isWithoutEffect(key) ? ' **Not obeyed yet.**' : ''} |\n`;

const isWithoutEffect = (key: string): boolean => WITHOUT_EFFECT.some((each) => each === key);
