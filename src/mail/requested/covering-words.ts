/**
 * The few sentences that go with a file somebody asked for: shipped texts, filled in. They ask for nothing, so they have no level, and no
 * company edits them.
 */
import type { Day } from '../../domain/days.ts';
import { paragraphs } from '../half.ts';
import type { MailLanguage } from '../mail-language.ts';
import type { RequestedSources } from '../shipped-templates.ts';
import { readShippedText } from '../text-blocks.ts';

export type RequestedSubject =
  | { readonly kind: 'STATEMENT'; readonly account: string; readonly asOn: Day; readonly answersRequest: boolean }
  | { readonly kind: 'COPY'; readonly numbers: readonly string[] };

export interface CoveringWords {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The invoices attached, one a line; empty for a statement. */
  readonly list: readonly string[];
  readonly closing: string;
}

/** What these texts may mention; printed in docs/templates.md. */
export const COVERING_VARIABLES = [
  { name: 'account', of: 'statement', about: "the customer's account number" },
  { name: 'as_of', of: 'statement', about: 'the day the statement is of' },
  { name: 'answers_request', of: 'statement', about: 'whether the customer asked for it; for conditions' },
  { name: 'copy_count', of: 'copy', about: 'how many invoices are attached, as a bare number; for conditions' },
  { name: 'copies', of: 'copy', about: 'the same number, to be read' },
  { name: 'numbers', of: 'copy', about: 'their numbers in a row' },
] as const;

interface StatementValues {
  readonly account: string;
  readonly as_of: string;
  readonly answers_request: boolean;
}

interface CopyValues {
  readonly copy_count: number;
  readonly copies: string;
  readonly numbers: string;
}

type Fill<Values> = (values: Values) => string;

/** One language's texts, checked and ready to be filled in. */
export interface CoveringTexts {
  readonly statement: { readonly subject: Fill<StatementValues>; readonly body: Fill<StatementValues> };
  readonly copy: { readonly subject: Fill<CopyValues>; readonly body: Fill<CopyValues> };
  readonly closing: string;
}

/** @throws OperatorError `template.*` when a text that came with Wafa was damaged. */
export function readCoveringTexts(sources: RequestedSources, place: string): CoveringTexts {
  const read = <Values extends object>(name: keyof RequestedSources, of?: 'statement' | 'copy'): Fill<Values> =>
    readShippedText<Values>(sources[name], {
      kind: name === 'statementSubject' || name === 'copySubject' ? 'subject' : 'body',
      place: `${place} (${name})`,
      variables: COVERING_VARIABLES.flatMap((variable) => (variable.of === of ? [variable.name] : [])),
    });
  return {
    statement: { subject: read('statementSubject', 'statement'), body: read('statement', 'statement') },
    copy: { subject: read('copySubject', 'copy'), body: read('copy', 'copy') },
    closing: read('closing')({}),
  };
}

export function coveringWords(about: RequestedSubject, language: MailLanguage, texts: CoveringTexts): CoveringWords {
  if (about.kind === 'STATEMENT') {
    const values = { account: language.id(about.account), as_of: language.day(about.asOn), answers_request: about.answersRequest };
    const { subject, body } = texts.statement;
    return { subject: subject(values), paragraphs: paragraphs(body(values)), list: [], closing: texts.closing };
  }
  const list = about.numbers.map((number) => language.id(number));
  const numbers = list.join(language.code === 'ar' ? '، ' : ', ');
  const values = { copy_count: list.length, copies: language.id(String(list.length)), numbers };
  const { subject, body } = texts.copy;
  return { subject: subject(values), paragraphs: paragraphs(body(values)), list, closing: texts.closing };
}
