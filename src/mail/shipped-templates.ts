/**
 * Reads the texts that come with Wafa: `templates/<language>/{consolidated,individual}/<level>.liquid` say what a level says, and
 * `subject.liquid` and `closing.liquid` are the same for all, so that every mail of a case stays in one thread. `requested` are the letters
 * around what a customer asked for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EscalationLevel } from '../domain/vocabulary.ts';
import type { LevelSources } from './reminder-texts.ts';

/** One language's texts around a statement or copies somebody asked for. */
export interface RequestedSources {
  readonly statementSubject: string;
  readonly statement: string;
  readonly copySubject: string;
  readonly copy: string;
  readonly closing: string;
}

type LevelTexts = Readonly<Record<EscalationLevel, LevelSources>>;

export interface ShippedTemplates {
  readonly consolidated: LevelTexts;
  readonly individual: LevelTexts;
  readonly closing: Readonly<Record<'EN' | 'AR', string>>;
  readonly requested: Readonly<Record<'EN' | 'AR', RequestedSources>>;
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
  const requested = (language: 'EN' | 'AR'): RequestedSources => ({
    statementSubject: read(language, 'requested', 'statement-subject.liquid'),
    statement: read(language, 'requested', 'statement.liquid'),
    copySubject: read(language, 'requested', 'copy-subject.liquid'),
    copy: read(language, 'requested', 'copy.liquid'),
    closing: read(language, 'requested', 'closing.liquid'),
  });
  return {
    consolidated: levels('consolidated'),
    individual: levels('individual'),
    closing: { EN: read('EN', 'closing.liquid'), AR: read('AR', 'closing.liquid') },
    requested: { EN: requested('EN'), AR: requested('AR') },
  };
}
