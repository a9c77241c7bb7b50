/** However the console ends, the terminal is as it was: nothing else may be left to a person whose shell looks broken. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

import { consoleWorld } from '../../support/console-world.ts';
import { modesAfter, RESTORED, type PtyConsole } from '../../support/pty-console.ts';

const world = consoleWorld();

/** A fault of ours, on demand. */
const FAULTY = ['--import', 'data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("a fault on purpose")})'];

async function opened(nodeArguments: readonly string[] = []): Promise<PtyConsole> {
  const console = world.open({ nodeArguments });
  await console.shows('by money at risk');
  expect(modesAfter(console.output)).toEqual({ alternateScreen: true, cursor: false, bracketedPaste: true, autoWrap: false });
  return console;
}

test.each([
  ['q on the last screen', (console: PtyConsole) => console.types('qq'), 0],
  ['Ctrl+C', (console: PtyConsole) => console.types('\u0003'), 0],
  [':q', (console: PtyConsole) => console.types(':q\r'), 0],
  ['SIGTERM', (console: PtyConsole) => console.process.kill('SIGTERM'), 143],
  ['SIGINT', (console: PtyConsole) => console.process.kill('SIGINT'), 130],
  ['SIGHUP', (console: PtyConsole) => console.process.kill('SIGHUP'), 129],
])('%s gives the terminal back', async (_, leaving, code) => {
  const console = await opened();
  leaving(console);
  const { exitCode } = await console.ended;
  expect({ exitCode, ...modesAfter(console.output) }).toEqual({ exitCode: code, ...RESTORED });
  expect(console.text()).not.toMatch(/could not be written|Stopping after/);
});

test('a fault of ours gives the terminal back and is told below it', async () => {
  const console = await opened(FAULTY);
  console.process.kill('SIGUSR2');
  const { exitCode } = await console.ended;
  expect({ exitCode, ...modesAfter(console.output) }).toEqual({ exitCode: 1, ...RESTORED });
  expect(console.text()).toContain('Something went wrong inside Wafa');
});

test('a window that is closed ends the console without a word', async () => {
  const errors = join(mkdtempSync(join(tmpdir(), 'wafa-window-')), 'errors');
  const console = world.open({ errorsTo: errors });
  await console.shows('by money at risk');
  console.closeWindow();
  const { exitCode, signal } = await console.ended;
  // The window and its kernel each say so; the second time may be the end at once.
  expect([129, 1]).toContain(exitCode === 0 ? signal : exitCode);
  // Ink shows the cursor again on whatever may still be a terminal; that is no word.
  expect(readFileSync(errors, 'utf8').replaceAll('\u001B[?25h', '')).toBe('');
  rmSync(dirname(errors), { recursive: true });
});
