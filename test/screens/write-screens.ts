/**
 * `npm run screens [-- PATTERN]`: opens the built console on the sample ledger, goes to every screen at three sizes, on a dark and on a light terminal,
 * and writes pictures of what a terminal shows into docs/screens/. For looking at: nothing here decides by itself.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { AT_ONCE } from '../../src/console/terminal/terminal-modes.ts';
import { packagePath } from '../../src/package-root.ts';
import { stopServer } from '../../src/store/embedded/embedded-server.ts';
import { openCamera } from '../gallery/chromium.ts';
import { KEYS, PtyConsole } from '../support/pty-console.ts';
import { startRelay } from '../support/smtp-relay.ts';
import { CELL, cellPicture, PALETTES } from './cell-picture.ts';
import { smallPng } from './small-png.ts';
import { SHOTS, SIZES } from './shots.ts';

/** The Monday of the documents' examples, with the contact window open. */
const CLOCK = '2026-11-23T09:00:00+04:00';

/** Beside dark and light, at one size: no colour at all, high contrast, and letters that every terminal has. */
const OTHERS = [
  { look: 'contrast', env: { WAFA_THEME: 'contrast' } },
  { look: 'no-color', env: { NO_COLOR: '1' } },
  { look: 'ascii', env: { WAFA_ASCII: '1' } },
] as const;

const pattern = new RegExp(process.argv[2] ?? '');
const home = mkdtempSync(join(tmpdir(), 'wafa-screens-'));
// As root the server runs under another account, which must be able to pass.
chmodSync(home, 0o711);
const env = { WAFA_HOME: join(home, 'home'), WAFA_CLOCK: CLOCK, HOME: home, USER: process.env['USER'] ?? 'root' };
const camera = await openCamera(join(home, 'profile'), 1);
if (camera === null) process.stdout.write('No Chromium on this machine: nothing can be photographed.\n');
else
  try {
    await prepare();
    for (const [columns, rows] of SIZES)
      for (const theme of ['dark', 'light'] as const) await photograph({ columns, rows, theme, look: theme, env: { WAFA_THEME: theme } });
    for (const { look, env: looks } of OTHERS)
      await photograph({ columns: 120, rows: 40, theme: 'dark', look, env: looks, only: /^queue(-marked)?$/ });
  } finally {
    await camera.close();
    await stopServer(env.WAFA_HOME);
    rmSync(home, { recursive: true, force: true });
  }

/** A morning that has something of everything: approved, held, sent, one that nobody knows about, and a reply that waits. */
async function prepare(): Promise<void> {
  wafa(['start', '--json']);
  wafa(['hold', '19', '--until', '2026-11-26']);
  wafa(['approve', '37', '107', '65']);
  wafa(['send']);
  wafa(['company', 'live']);
  const relay = await startRelay({ starttls: 'missing', afterDot: 'fin', takes: true });
  wafa(['approve', '98', '106']);
  // The relay lives in this process: it must be able to answer while the command runs.
  await wafaMeanwhile(['send'], { SMTP_URL: `smtp://127.0.0.1:${relay.port}` });
  await relay.close();
  wafa(['approve', '92', '15']);
}

function wafa(words: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [packagePath('dist/main.js'), ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0 && status !== 3) throw new Error(`wafa ${words.join(' ')} ended with ${status ?? 'a signal'}: ${stderr}`);
}

async function wafaMeanwhile(words: readonly string[], more: Readonly<Record<string, string>>): Promise<void> {
  await new Promise<void>((ended) => {
    spawn(process.execPath, [packagePath('dist/main.js'), ...words], {
      env: { ...process.env, ...env, ...more },
      stdio: 'ignore',
    }).on('exit', () => ended());
  });
}

interface Session {
  readonly columns: number;
  readonly rows: number;
  readonly theme: 'dark' | 'light';
  readonly look: string;
  readonly env: Readonly<Record<string, string>>;
  readonly only?: RegExp;
}

async function photograph({ columns, rows, theme, look, env: looks, only = /./ }: Session): Promise<void> {
  const wanted = SHOTS.filter(({ name }) => only.test(name) && pattern.test(`${name}-${columns}x${rows}-${look}`));
  if (wanted.length === 0) return;
  const console = new PtyConsole({ env: { ...env, ...looks }, columns, rows });
  await console.shows(/C-00379/);
  mkdirSync(packagePath('docs/screens'), { recursive: true });
  for (const { name, keys } of wanted) {
    try {
      await console.presses(keys);
    } catch (error) {
      process.stdout.write(`${name} at ${columns}×${rows}: ${String(error).split('\n')[0] ?? ''}\n`);
    }
    await console.until(() => console.output.endsWith(AT_ONCE.end), 'a whole picture');
    const page = join(home, 'shot.svg');
    writeFileSync(page, cellPicture(console.terminal, PALETTES[theme]));
    const view = { width: columns * CELL.width, height: rows * CELL.height, isDark: theme === 'dark', format: 'png' } as const;
    const [taken] = (await camera?.pictures(pathToFileURL(page), [view])) ?? [];
    const image = taken?.image ?? Buffer.alloc(0);
    writeFileSync(packagePath('docs/screens', `${name}-${columns}x${rows}-${look}.png`), smallPng(image));
    for (let back = 0; back < 3; back += 1) console.types(KEYS.escape);
    console.types('2');
    await console.shows(/2 Queue/);
  }
  await console.stop();
  process.stdout.write(`${wanted.length} pictures at ${columns}×${rows}, ${look}\n`);
}
