/**
 * `npm run gallery [-- PATTERN]`: renders every level, type and language over the lists of `cases.ts` into `build/gallery/`: reminders as
 * HTML and text, and as pictures (800 px, 375 px, 800 px dark) where a Chromium is installed; statements as PDF and workbook, and their
 * first and last pages as pictures where `pdftoppm` is. For looking at, from `index.html`: nothing here decides by itself, but the run
 * fails when a reminder is wider than its window.
 * `npm run gallery -- --keep` renews the few pictures of docs/gallery instead.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { renderReminder } from '../../src/mail/reminder-mail.ts';
import { statementPdf } from '../../src/mail/statement/statement-pdf.ts';
import { statementXlsx } from '../../src/mail/statement/statement-xlsx.ts';
import { packagePath } from '../../src/package-root.ts';
import { shippedTexts } from '../support/reminder-mails.ts';
import { galleryCases, statementCases, type GalleryCase } from './cases.ts';
import { openCamera, type Camera } from './chromium.ts';
import { galleryIndex } from './gallery-index.ts';
import { pagePictures } from './page-pictures.ts';

const VIEWS = [
  { suffix: '', width: 800, isDark: false },
  { suffix: '.phone', width: 375, isDark: false },
  { suffix: '.dark', width: 800, isDark: true },
] as const;

/** The few that docs/gallery shows: each language and order, level and view once. */
const KEPT: Readonly<Record<string, (typeof VIEWS)[number]['suffix']>> = {
  'polite-consolidated-en+ar-credits': '',
  'firm-consolidated-ar+en-long-arabic-names': '',
  'urgent-individual-en-1-item': '.dark',
  'final-consolidated-ar-branches': '.phone',
};
const KEPT_STATEMENTS: readonly string[] = ['statement-en+ar-two-currencies', 'statement-ar-branches'];

/** One page is drawn while the next is laid out; more would fight for the same cores. */
const PAGES = 3;

const startedMs = performance.now();
const isKeeping = process.argv[2] === '--keep';
const pattern = new RegExp(isKeeping ? '' : (process.argv[2] ?? ''));
const folder = packagePath('build/gallery');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const pictures: string[] = [];
const wide: string[] = [];
const reminders = [...galleryCases()].filter(({ name }) => (isKeeping ? name in KEPT : pattern.test(name)));
const camera = await openCamera(join(folder, '.profile'), PAGES);
await Promise.all(reminders.map((each) => writeReminder(each, camera)));
await camera?.close();
rmSync(join(folder, '.profile'), { recursive: true, force: true });

let statements = 0;
for (const { name, content } of statementCases()) {
  if (isKeeping ? !KEPT_STATEMENTS.includes(name) : !pattern.test(name)) continue;
  const file = join(folder, name);
  writeFileSync(`${file}.pdf`, await statementPdf(content));
  if (!isKeeping) writeFileSync(`${file}.xlsx`, await statementXlsx(content));
  pictures.push(...(await pagePictures(`${file}.pdf`, isKeeping ? packagePath('docs/gallery', name) : file, isKeeping)));
  statements += 1;
}
writeFileSync(join(folder, 'index.html'), galleryIndex(pictures));

const seconds = Math.round((performance.now() - startedMs) / 1_000);
const said = `${reminders.length} reminders and ${statements} statements, ${pictures.length} pictures, in ${folder} after ${seconds} s`;
process.stdout.write(`${said}${camera === null ? '; no Chromium on this machine, so none of the reminders' : ''}\n`);
if (wide.length > 0) {
  process.stdout.write(`Wider than the window: ${wide.join(', ')}\n`);
  process.exitCode = 1;
}

async function writeReminder({ name, level, kind, mail }: GalleryCase, by: Camera | null): Promise<void> {
  const { subject, text, html } = renderReminder(mail, shippedTexts(level, kind));
  const file = join(folder, name);
  writeFileSync(`${file}.html`, html);
  writeFileSync(`${file}.txt`, `Subject: ${subject}\n\n${text}`);
  if (by === null) return;
  const views = VIEWS.filter(({ suffix }) => !isKeeping || suffix === KEPT[name]);
  const format = isKeeping ? 'webp' : 'png';
  const taken = await by.pictures(
    pathToFileURL(`${file}.html`),
    views.map((view) => ({ ...view, format })),
  );
  for (const [index, { image, overflow }] of taken.entries()) {
    const { suffix } = views[index] as (typeof VIEWS)[number]; // one picture for each view
    const picture = isKeeping ? packagePath('docs/gallery', `${name}${suffix}.webp`) : `${file}${suffix}.png`;
    writeFileSync(picture, image);
    pictures.push(picture);
    if (overflow > 0) wide.push(`${name}${suffix} by ${overflow} px`);
  }
}
