/**
 * `npm run gallery [-- PATTERN]`: renders every level, type and language over the lists of `cases.ts` into `build/gallery/`, as HTML and
 * text, and as pictures (700 px, 360 px, 700 px dark) where a Chromium is installed. For looking at: nothing here decides by itself.
 * `npm run gallery -- --keep` renews the few pictures of docs/gallery instead.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { renderReminder } from '../../src/mail/reminder-mail.ts';
import { packagePath } from '../../src/package-root.ts';
import { shippedTexts } from '../support/reminder-mails.ts';
import { galleryCases } from './cases.ts';
import { openCamera } from './chromium.ts';

const VIEWS = [
  { suffix: '', width: 700, isDark: false },
  { suffix: '.phone', width: 360, isDark: false },
  { suffix: '.dark', width: 700, isDark: true },
] as const;

/** The few that docs/gallery shows: each language and order, level and view once. */
const KEPT: Readonly<Record<string, (typeof VIEWS)[number]['suffix']>> = {
  'polite-consolidated-en+ar-credits': '',
  'firm-consolidated-ar+en-long-arabic-names': '',
  'urgent-individual-en-1-item': '.dark',
  'final-consolidated-ar-branches': '.phone',
};

const isKeeping = process.argv[2] === '--keep';
const pattern = new RegExp(isKeeping ? '' : (process.argv[2] ?? ''));
const folder = packagePath('build/gallery');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const camera = await openCamera(join(folder, '.profile'));
if (camera === null) process.stdout.write(`No Chromium on this machine: the gallery has HTML and text, and no pictures.\n`);

let count = 0;
const wide: string[] = [];
for (const { name, level, kind, mail } of galleryCases()) {
  const kept = KEPT[name];
  if (isKeeping ? kept === undefined : !pattern.test(name)) continue;
  const { subject, text, html } = renderReminder(mail, shippedTexts(level, kind));
  const file = join(folder, name);
  writeFileSync(`${file}.html`, html);
  writeFileSync(`${file}.txt`, `Subject: ${subject}\n\n${text}`);
  for (const { suffix, ...view } of VIEWS) {
    if (camera === null) break;
    if (isKeeping && suffix !== kept) continue;
    const format = isKeeping ? 'webp' : 'png';
    const { image, overflow } = await camera.picture(pathToFileURL(`${file}.html`), { ...view, format });
    writeFileSync(isKeeping ? packagePath('docs/gallery', `${name}${suffix}.webp`) : `${file}${suffix}.png`, image);
    if (overflow > 0) wide.push(`${name}${suffix} by ${overflow} px`);
  }
  count += 1;
}
await camera?.close();
rmSync(join(folder, '.profile'), { recursive: true, force: true });
process.stdout.write(`${count} reminders in ${folder}\n`);
if (wide.length > 0) process.stdout.write(`Wider than the window: ${wide.join(', ')}\n`);
