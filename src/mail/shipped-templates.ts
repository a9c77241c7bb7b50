/** Reads the texts that come with Wafa: `templates/<language>/{subject,polite,firm,urgent,final,closing}.liquid`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EscalationLevel } from '../domain/vocabulary.ts';
import type { LevelSources } from './reminder-texts.ts';

export interface ShippedTemplates {
  readonly levels: Readonly<Record<EscalationLevel, LevelSources>>;
  readonly closing: Readonly<Record<'EN' | 'AR', string>>;
}

/** @param folder The package's `templates` folder. */
export function shippedTemplates(folder: string): ShippedTemplates {
  const read = (language: 'EN' | 'AR', name: string): string =>
    readFileSync(join(folder, language.toLowerCase(), `${name}.liquid`), 'utf8').trim();
  const level = (name: string): LevelSources => ({
    EN: { subject: read('EN', 'subject'), body: read('EN', name) },
    AR: { subject: read('AR', 'subject'), body: read('AR', name) },
  });
  return {
    levels: { POLITE: level('polite'), FIRM: level('firm'), URGENT: level('urgent'), FINAL: level('final') },
    closing: { EN: read('EN', 'closing'), AR: read('AR', 'closing') },
  };
}
