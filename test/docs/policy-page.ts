/** `docs/policy.md`: every policy key with its default, its range and the reason for both, as the schema has them. */
import { POLICY_FIELDS, type PolicyField } from '../../src/domain/policy/fields.ts';
import { POLICY_PRESET_NAMES, POLICY_PRESETS } from '../../src/domain/policy/presets.ts';

/** Keys that are read and stored but that nothing obeys yet; a test notices when one is put to use. */
export const WITHOUT_EFFECT: readonly string[] = [];

const HEAD = `# Policy

Every number the rules use, one section after another. \`wafa policy show\` says what is in force, \`wafa policy set KEY=VALUE\` changes it:
every change is a new version, kept for good, and \`wafa policy history\` tells who changed what. A key that does not exist and a value out
of range are refused. Amounts are in the company's base currency. \`wafa policy diff KEY=VALUE\` shows what a change would change, and
changes nothing.

This page is written from the program by \`npm run docs\`; a test fails when the two differ.
`;

export function policyPage(): string {
  const sections = Map.groupBy(POLICY_FIELDS, ({ key }) => key.split('.')[0] ?? '');
  return `${HEAD}${presets()}${[...sections].map(([name, fields]) => section(name, fields)).join('')}`;
}

const PRESETS_HEAD = `
## Presets

Three tones, ready made. \`wafa policy diff --preset NAME\` shows what one would change, \`wafa policy preset NAME\` puts it in force after asking.
Each sets the same keys, so changing to another leaves nothing of the first behind; every other key stays as the company has it.

`;

function presets(): string {
  const about = POLICY_PRESET_NAMES.map((name) => `- \`${name}\`: ${POLICY_PRESETS[name].about}\n`).join('');
  const rows = POLICY_PRESETS.standard.values.map(({ key, value }, index) => {
    const [cautious, firm] = [POLICY_PRESETS.cautious.values[index], POLICY_PRESETS.firm.values[index]];
    return `| \`${key}\` | ${cautious?.value ?? ''} | ${value} | ${firm?.value ?? ''} | ${cautious?.reason ?? ''} | ${firm?.reason ?? ''} |\n`;
  });
  return `${PRESETS_HEAD}${about}\n| key | cautious | standard | firm | why cautious | why firm |\n|---|---|---|---|---|---|\n${rows.join('')}`;
}

const section = (name: string, fields: readonly PolicyField[]): string =>
  `\n## ${name}\n\n| key | default | allowed | why |\n|---|---|---|---|\n${fields.map(row).join('')}`;

const row = ({ key, byDefault, allowed, reason }: PolicyField): string =>
  `| \`${key}\` | ${byDefault} | ${allowed} | ${reason}${isWithoutEffect(key) ? ' **Not obeyed yet.**' : ''} |\n`;

const isWithoutEffect = (key: string): boolean => WITHOUT_EFFECT.some((each) => each === key);
