/** The words of one reminder in both languages, compiled: subject, what its level says, and how every letter ends. */
import type { EscalationLevel } from '../domain/vocabulary.ts';
import { CONSOLIDATION_VARIABLES } from './template-variables.ts';
import { readTextBlock, type BlockKind, type TextBlock, type TextSources } from './text-blocks.ts';

/** As stored with a template version: one subject and one body per language. */
export interface LevelSources {
  readonly EN: TextSources;
  readonly AR: TextSources;
}

/** Which texts these are, and what to call them in messages, for example `template 12`. */
export interface TextsOf {
  readonly level: EscalationLevel;
  readonly supportsConsolidation: boolean;
  readonly place: string;
}

export type LanguageTexts = Readonly<Record<BlockKind, TextBlock>>;
export type ReminderTexts = Readonly<Record<'EN' | 'AR', LanguageTexts>>;

/**
 * Compiles the texts of one level; done once per template version, not per mail.
 * @param closing The shipped closing of each language: it names the person to ask, so that no template can leave it out.
 * @throws OperatorError `template.*` when a text is unsafe or cannot be filled in.
 */
export function readReminderTexts(
  sources: LevelSources,
  closing: Readonly<Record<'EN' | 'AR', string>>,
  { place, ...of }: TextsOf,
): ReminderTexts {
  const texts = (language: 'EN' | 'AR'): LanguageTexts => {
    const read = (kind: BlockKind, source: string): TextBlock =>
      readTextBlock(source, { ...of, kind, place: `${place} (${language} ${kind})` });
    return {
      subject: read('subject', sources[language].subject),
      body: read('body', sources[language].body),
      closing: read('closing', closing[language]),
    };
  };
  return { EN: texts('EN'), AR: texts('AR') };
}

/** The consolidation-specific variables these texts mention, in the vocabulary's order: what `consolidation_variables` holds. */
export function mentionedConsolidation(texts: ReminderTexts): readonly string[] {
  const mentioned = new Set(
    [texts.EN, texts.AR].flatMap(({ subject, body, closing }) => [subject, body, closing].flatMap(({ variables }) => variables)),
  );
  return CONSOLIDATION_VARIABLES.filter((name) => mentioned.has(name));
}
