/** What the terminal shows: width, colour, letters of both languages and their order. Only a person can judge the last. */
import { ok, warning, type Finding } from './finding.ts';

export interface TerminalFacts {
  readonly isTerminal: boolean;
  /** In cells; undefined in a pipe. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The queue shows all its columns from here on. */
const COMFORTABLE_COLUMNS = 100;

/** Below this its tables leave columns out that matter. */
const LEAST_COLUMNS = 60;

export function examineTerminal({ isTerminal, columns, env }: TerminalFacts): readonly Finding[] {
  if (!isTerminal) return [ok('Terminal', 'none: the output goes to a pipe or a file, plain and without colour')];
  return [examineWidth(columns ?? 0), examineColour(env), examineLetters(env)];
}

function examineWidth(columns: number): Finding {
  if (columns >= LEAST_COLUMNS)
    return ok('Width', `${columns} columns${columns < COMFORTABLE_COLUMNS ? '; from 100 on the queue shows everything' : ''}`);
  return warning('Width', {
    found: `${columns} columns`,
    meaning: 'Tables leave columns out.',
    tryThis: 'Widen the window, or make its letters smaller.',
  });
}

function examineColour(env: TerminalFacts['env']): Finding {
  if ((env['NO_COLOR'] ?? '') !== '') return ok('Colour', 'off, as NO_COLOR asks; nothing is told by colour alone');
  return ok('Colour', env['TERM'] === 'dumb' ? 'none: TERM is dumb' : 'on');
}

/** The order of LC_ALL, LC_CTYPE and LANG is POSIX's. */
function examineLetters(env: TerminalFacts['env']): Finding {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((name) => (name ?? '') !== '') ?? '';
  if (/utf-?8/i.test(locale)) return ok('Letters', `${locale}. ${SAMPLE}`);
  return warning('Letters', {
    found: `${locale === '' ? 'no language is set' : locale}. ${SAMPLE}`,
    meaning: 'The terminal may not show Arabic.',
    tryThis: 'Set LANG to a UTF-8 one, for example: export LANG=C.UTF-8',
  });
}

/** The word is four letters that join; it is read from the right, the number beside it from the left. */
const SAMPLE = 'Arabic must join and run right to left: وفاء 104';
