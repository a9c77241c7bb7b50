/**
 * Statements to look at: `node bench/statement-gallery.ts [folder]` writes one of every language and shape as PDF and workbook, and pages
 * as pictures where `pdftoppm` is installed. `docs/gallery/` holds two of them. Change the layout, run this, and look.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../src/domain/vocabulary.ts';
import type { StatementContent } from '../src/mail/statement/statement-content.ts';
import { statementPdf } from '../src/mail/statement/statement-pdf.ts';
import { statementXlsx } from '../src/mail/statement/statement-xlsx.ts';
import { creditNote, invoice } from '../test/domain/builders.ts';
import { A_FEW_ITEMS, aStatement, manyItems } from '../test/support/statements.ts';

const hostile = (): StatementContent =>
  aStatement({
    customer: { code: 'C-\u202E66', name: `Evil\u0007 \u202Egnidart 中文 😀 ${'x'.repeat(300)}`, nameAr: null, trn: null },
    items: [
      invoice('1', { number: 'N'.repeat(64), customerReference: '=HYPERLINK("http://evil.example")' }),
      invoice('2', { id: 2, number: 'فاتورة-٢٠٢٦-12', customerReference: '(طلب) 45' }),
      creditNote('0.50', { number: '\u20661\u2069' }),
    ],
  });

const SHAPES: Readonly<Record<string, (language: StatementContent['language']) => StatementContent>> = {
  few: (language) => aStatement({ language }),
  'two-currencies': (language) =>
    aStatement({
      language,
      items: [...A_FEW_ITEMS, invoice('77.125', { id: 9, currency: 'KWD' }), invoice('9999999999999.99', { id: 10, currency: 'USD' })],
    }),
  branches: (language) => aStatement({ language, items: manyItems(300, 3) }),
  nothing: (language) => aStatement({ language, items: [] }),
  hostile: (language) => ({ ...hostile(), language }),
};

const folder = process.argv[2] ?? 'gallery';
mkdirSync(folder, { recursive: true });
for (const [shape, content] of Object.entries(SHAPES)) {
  for (const language of LANGUAGES) {
    const base = join(folder, `statement-${shape}-${language.toLowerCase().replace('_', '-')}`);
    writeFileSync(`${base}.pdf`, await statementPdf(content(language)));
    writeFileSync(`${base}.xlsx`, await statementXlsx(content(language)));
    spawnSync('pdftoppm', ['-r', '75', '-png', '-f', '1', '-l', '2', `${base}.pdf`, base]);
  }
}
process.stdout.write(`${folder}: look at every one\n`);
