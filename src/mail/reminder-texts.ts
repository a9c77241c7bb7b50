/** The words of one reminder in both languages, compiled: subject, what its level says, and how every letter ends. */
import type { EscalationLevel } from '../domain/vocabulary.ts';
import { readTextBlock, type BlockKind, type TextBlock, type TextSources } from './text-blocks.ts';

/** As stored with a template version: one subject and one body per language. */
export interface LevelSources {
  readonly EN: TextSources;
  readonly AR: TextSources;
}

export type LanguageTexts = Readonly<Record<BlockKind, TextBlock>>;
export type ReminderTexts = Readonly<Record<'EN' | 'AR', LanguageTexts>>;

/**
 * Compiles the texts of one level; done once per template version, not per mail.
 * @param closing The shipped closing of each language: it names the person to ask, so that no template can leave it out.
 * @param place Names the template in messages, for example `template 12`.
 * @throws OperatorError `template.*` when a text is unsafe or cannot be filled in.
 */
export function readReminderTexts(
  level: EscalationLevel,
  sources: LevelSources,
  closing: Readonly<Record<'EN' | 'AR', string>>,
  place: string,
): ReminderTexts {
  const texts = (language: 'EN' | 'AR'): LanguageTexts => {
    const read = (kind: BlockKind, source: string): TextBlock =>
      readTextBlock(source, { kind, level, place: `${place} (${language} ${kind})` });
    return {
      subject: read('subject', sources[language].subject),
      body: read('body', sources[language].body),
      closing: read('closing', closing[language]),
    };
  };
  return { EN: texts('EN'), AR: texts('AR') };
}
