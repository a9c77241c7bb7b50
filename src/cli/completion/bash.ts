/** The completion script for bash 4 and newer; files are completed where nothing of ours fits. */
import { COMPANY_FLAG, GLOBAL_FLAGS } from './flags-of-all.ts';
import { flagOf } from '../flags.ts';
import type { CompletedVerb } from './completed-verb.ts';

export function bashScript(verbs: readonly CompletedVerb[]): string {
  return `# wafa completion bash
_wafa() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} verb= place=0 i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${COMPANY_FLAG}) ((i++)) ;;
      -*) ;;
      *) if [ -z "$verb" ]; then verb=\${COMP_WORDS[i]}; else place=1; fi ;;
    esac
  done
  local words= flags='${GLOBAL_FLAGS.join(' ')}'
  case $verb in
    '') words='help ${verbs.map(({ name }) => name).join(' ')}' flags="$flags --version" ;;
    help) words='${verbs.map(({ name }) => name).join(' ')}' ;;
${verbs.map(verbCase).join('\n')}
  esac
  case "$verb $previous" in
${verbs.flatMap(valueCases).join('\n')}
  esac
  if [[ $current == -* ]]; then words=$flags; elif [ $place = 1 ]; then words=; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _wafa wafa
`;
}

const verbCase = ({ name, words, options }: CompletedVerb): string =>
  `    ${name}) words='${words.join(' ')}' flags="$flags ${options.map((option) => flagOf(option.name)).join(' ')}" ;;`;

/** After an option that takes a value nothing else may stand; where the values are not listed, bash offers files. */
const valueCases = ({ name, options }: CompletedVerb): readonly string[] =>
  options
    .filter(({ takes }) => takes !== 'nothing')
    .map(
      (option) => `    '${name} ${flagOf(option.name)}') COMPREPLY=($(compgen -W '${option.values.join(' ')}' -- "$current")); return ;;`,
    );
