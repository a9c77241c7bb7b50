/**
 * Reads the texts that come with Wafa: `templates/<language>/{consolidated,individual}/<level>.liquid` say what a level says, and
 * `subject.liquid` and `closing.liquid` are the same for all, so that every mail of a case stays in one thread.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EscalationLevel } from '../domain/vocabulary.ts';
import type { LevelSources } from './reminder-texts.ts';

type LevelTexts = Readonly<Record<EscalationLevel, LevelSources>>;

export interface ShippedTemplates {
  readonly consolidated: LevelTexts;
  readonly individual: LevelTexts;
  readonly closing: Readonly<Record<'EN' | 'AR', string>>;
}

/** @param folder The package's `templates` folder. */
export function shippedTemplates(folder: string): ShippedTemplates {
  const read = (language: 'EN' | 'AR', ...path: readonly string[]): string =>
    `${readFileSync(join(folder, language.toLowerCase(), ...path), 'utf8').trim()}`;
  const level = (kind: string, name: string): LevelSources => ({
    EN: { subject: read('EN', 'subject.liquid'), body: read('EN', kind, `${name}.liquid`) },
    AR: { subject: read('AR', 'subject.liquid'), body: read('AR', kind, `${name}.liquid`) },
  });
  const levels = (kind: string): LevelTexts => ({
    POLITE: level(kind, 'polite'),
    FIRM: level(kind, 'firm'),
    URGENT: level(kind, 'urgent'),
    FINAL: level(kind, 'final'),
  });
  return {
    consolidated: levels('consolidated'),
    individual: levels('individual'),
    closing: { EN: read('EN', 'closing.liquid'), AR: read('AR', 'closing.liquid') },
  };
}
