/** The completion script for zsh, to be evaluated or put as `_wafa` into a folder of `$fpath`. */
import { COMPANY_FLAG, GLOBAL_FLAGS } from './flags-of-all.ts';
import { flagOf } from '../flags.ts';
import type { CompletedVerb } from './completed-verb.ts';

export function zshScript(verbs: readonly CompletedVerb[]): string {
  return `#compdef wafa
# wafa completion zsh
_wafa() {
  local -a verbs words_here flags
  local verb= place=0 i
  verbs=(
${verbs.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  for ((i = 2; i < CURRENT; i++)); do
    case $words[i] in
      ${COMPANY_FLAG}) ((i++)) ;;
      -*) ;;
      *) if [[ -z $verb ]]; then verb=$words[i]; else place=1; fi ;;
    esac
  done
  flags=(${GLOBAL_FLAGS.join(' ')})
  case "$verb $words[CURRENT-1]" in
${verbs.flatMap(valueCases).join('\n')}
  esac
  case $verb in
    '') if [[ $PREFIX == -* ]]; then compadd -- $flags --version; else _describe verb verbs; fi; return ;;
    help) _describe verb verbs; return ;;
${verbs.map(verbCase).join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then _describe option flags
  elif [[ $place == 0 && $#words_here -gt 0 ]]; then compadd -- $words_here
  else _files; fi
}
if [[ $funcstack[1] == _wafa ]]; then _wafa "$@"; else compdef _wafa wafa; fi
`;
}

const verbCase = ({ name, words, options }: CompletedVerb): string =>
  `    ${name}) words_here=(${words.join(' ')}) flags+=(${options.map((option) => quoted(`${flagOf(option.name)}:${option.about}`)).join(' ')}) ;;`;

const valueCases = ({ name, options }: CompletedVerb): readonly string[] =>
  options
    .filter(({ takes }) => takes !== 'nothing')
    .map(({ name: option, values }) => {
      const offer = values.length > 0 ? `compadd -- ${values.join(' ')}` : '_files';
      return `    '${name} ${flagOf(option)}') ${offer}; return ;;`;
    });

/** A colon parts a word from what is said about it, so the first one stays and the others are written out. */
function quoted(entry: string): string {
  const [word = '', ...about] = entry.split(':');
  return `'${[word, about.join('\\:')].join(':').replaceAll("'", `'\\''`)}'`;
}
