/**
 * HTML printed to PDF by a Chromium of this machine: the one program that lays out such a page as its reader sees it. Where there is none, the HTML
 * is the report, and any browser prints it. It gets a profile of its own, which goes with it, and no network to look for anything.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { OperatorError } from '../../../domain/operator-error.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A page of this kind prints in two seconds; a machine at its limit takes ten times that. */
const MOST_MS = 60_000;

/** @throws OperatorError `report.no-browser`, `report.not-printed` */
export async function printedReport(html: string, places: readonly string[] = PLACES): Promise<Buffer> {
  const program = places.find((path) => existsSync(path));
  if (program === undefined)
    throw new OperatorError({
      code: 'report.no-browser',
      kind: 'configuration',
      message: 'There is no Chromium on this machine to print the report with.',
      tryThis: 'Write it with --html FILE and print that from any browser, or install Chromium.',
    });
  const folder = await mkdtemp(join(tmpdir(), 'wafa-report-'));
  try {
    const [page, pdf] = [join(folder, 'report.html'), join(folder, 'report.pdf')];
    await writeFile(page, html, { mode: 0o600 });
    await promisify(execFile)(
      program,
      [...FLAGS, `--user-data-dir=${join(folder, 'profile')}`, `--print-to-pdf=${pdf}`, pathToFileURL(page).href],
      {
        timeout: MOST_MS,
      },
    );
    return await readFile(pdf);
  } catch (cause) {
    throw new OperatorError({
      code: 'report.not-printed',
      message: 'Chromium did not print the report.',
      tryThis: 'Write it with --html FILE and print that from any browser.',
      cause,
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** As root Chromium refuses to start with its sandbox; the page is our own and runs no script. */
const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--no-pdf-header-footer',
  '--disable-extensions',
  '--disable-background-networking',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
