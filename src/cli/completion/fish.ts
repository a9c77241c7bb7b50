/** The completion script for fish, to be kept as `~/.config/fish/completions/wafa.fish`. */
import { GLOBAL_FLAGS } from './flags-of-all.ts';
import { flagOf } from '../flags.ts';
import type { CompletedOption, CompletedVerb } from './completed-verb.ts';

export function fishScript(verbs: readonly CompletedVerb[]): string {
  return `${[
    '# wafa completion fish',
    ...GLOBAL_FLAGS.map((flag) => `complete -c wafa -l ${flag.slice(2)}${flag === '--company' ? ' -x' : ''}`),
    ...verbs.flatMap(linesOf),
  ].join('\n')}\n`;
}

function linesOf({ name, summary, words, options }: CompletedVerb): readonly string[] {
  const isAfter = `-n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c wafa -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...(words.length > 0
      ? [
          `complete -c wafa -n '__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${words.join(' ')}' -f -a '${words.join(' ')}'`,
        ]
      : []),
    ...options.map(
      (option) => `complete -c wafa ${isAfter} -l ${flagOf(option.name).slice(2)}${valueOf(option)} -d ${quoted(option.about)}`,
    ),
  ];
}

function valueOf({ takes, values }: CompletedOption): string {
  if (takes === 'nothing') return '';
  if (values.length > 0) return ` -x -a '${values.join(' ')}'`;
  return takes === 'a file' ? ' -r' : ' -x';
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
