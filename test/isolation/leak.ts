/** Looks for one company's words and figures in whatever another company was shown, and for changes in what is its own. */
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import type pg from 'pg';

import type { CompanyId } from '../../src/domain/ids.ts';
import type { ReceivedMail } from '../support/mail-inbox.ts';
import { tenantTables } from '../store/schema/catalogue.ts';
import { markedAmounts, type Mark } from './mirror.ts';

/** The marks found in anything at all: text, an error with its causes, a value with whatever it holds. */
export function leaksIn(shown: unknown, mark: Mark): readonly string[] {
  const text = flattened(shown).toLowerCase();
  const words = ['canary-b', mark.mail.toLowerCase(), ...markedAmounts(mark)];
  return words.filter((word) => text.includes(word)).map((word) => `${word} in ${surroundings(text, word)}`);
}

const surroundings = (text: string, word: string): string => text.slice(Math.max(0, text.indexOf(word) - 120), text.indexOf(word) + 60);

const flattened = (shown: unknown): string =>
  typeof shown === 'string'
    ? shown
    : inspect(shown, { depth: 12, maxArrayLength: null, maxStringLength: null, breakLength: Infinity, getters: false });

/** A mail in every form its words may hide in: the raw bytes, the same without soft line breaks, and decoded. */
export const mailTexts = ({ bytes, recipients, sender, mail }: ReceivedMail): string =>
  [bytes.toString('latin1'), bytes.toString('latin1').replaceAll('=\r\n', ''), recipients, sender, mail.subject, mail.text, mail.html].join(
    '\n',
  );

/** A hash of all rows of a company, by table: equal before and after means that nothing of it was touched. */
export async function tableHashes(admin: pg.Client, companyId: CompanyId): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const [table, rows] of Object.entries(await rowsOf(admin, companyId))) {
    hashes[table] = `${rows.length} rows, ${createHash('sha256').update(rows.join('\n')).digest('hex').slice(0, 16)}`;
  }
  return hashes;
}

/** Every row of a company as text, by table, with the hidden version that changes even when an update writes the same values. */
export async function rowsOf(admin: pg.Client, companyId: CompanyId): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const table of [...(await tenantTables(admin)), 'directory', 'directory_logins']) {
    const { rows } = await admin.query<{ row: string }>(
      `select t.xmin::text || ' ' || t::text as row from ${table} t where company_id = $1 order by t::text`,
      [companyId],
    );
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}
