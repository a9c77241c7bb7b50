/** `docs/cli.md`: every verb with its arguments and options, as the registry has them. */
import type { Command } from '../../src/app/commands/command.ts';
import { commandRegistry, type RegistryEntry } from '../../src/app/commands/registry.ts';
import { flagsOf } from '../../src/cli/flags.ts';
import { completionEntry, daemonEntry, startEntry } from '../../src/cli/start-entry.ts';

const HEAD = `# Commands

\`\`\`
wafa [--company CODE] [--json | --csv] VERB …
\`\`\`

Data goes to stdout, talk to stderr. \`--json\` prints one document on one line (see [json.md](json.md)); \`--csv\` prints the verbs that answer
with a list as CSV. \`--company CODE\` (or \`WAFA_COMPANY\`) chooses the company when there are several. Options may stand before or after the
verb. Days are written \`2026-11-23\`, amounts \`8200.50\`. Acts on everything at once ask first at a terminal, and need \`--yes\` elsewhere.

Exit codes: 0 done, 1 failed, 2 usage, 3 partly done, 4 nothing to do, 5 refused by a rule or for want of a role, 78 configuration,
130 interrupted.

This page is written from the program by \`npm run docs\`; a test fails when the two differ.
`;

export async function cliPage(): Promise<string> {
  const groups = Map.groupBy([startEntry, ...commandRegistry, completionEntry, daemonEntry], ({ group }) => group);
  const sections: string[] = [];
  for (const [group, entries] of groups) sections.push(`\n## ${capitalised(group)}\n`, ...(await Promise.all(entries.map(verb))));
  return HEAD + sections.join('');
}

async function verb(entry: RegistryEntry): Promise<string> {
  const command = await entry.load();
  const facts = [rolesText(command), ...(command.reversedBy === null ? [] : [`Taken back with \`${command.reversedBy}\`.`])];
  return `\n### ${command.name}\n\n${capitalised(command.summary)}. ${facts.join(' ')}\n\n\`\`\`\nwafa ${command.example}\n\`\`\`\n${details(command)}`;
}

const rolesText = ({ roles }: Command): string =>
  roles.length === 0 ? 'Needs no role by itself.' : `For ${roles.map((role) => `\`${role}\``).join(', ')}.`;

function details({ arguments: words, options }: Command): string {
  const lines = [
    ...words.map(({ name, about, isRequired = false, isMany = false }) => {
      const kind = [isRequired ? 'needed' : '', isMany ? 'any number' : ''].filter((part) => part !== '').join(', ');
      return `- \`${name}\`${kind === '' ? '' : ` (${kind})`}: ${about}`;
    }),
    ...options.map((option) => `- \`${flagsOf(option)}\`: ${option.about}${option.isMany === true ? ' (may be repeated)' : ''}`),
  ];
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
