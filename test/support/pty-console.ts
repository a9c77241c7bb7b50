/**
 * The console as an operator has it: the built program on a pseudo-terminal, its output drawn by a real terminal's model. Everything waits for
 * what is on the screen, never for time to pass.
 */
import { spawn, type IPty } from '@lydell/node-pty';
import xterm, { type Terminal } from '@xterm/headless';

import { packagePath } from '../../src/package-root.ts';

export interface PtyOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  readonly arguments?: readonly string[];
  /** What Node runs; the command line's entry unless told. */
  readonly program?: string;
  /** Where it is started, and so where it writes files; the package's folder unless told. */
  readonly folder?: string;
  /** Node's own arguments, such as a module to load first. */
  readonly nodeArguments?: readonly string[];
  /** Takes what would be said on the terminal beside the picture. */
  readonly errorsTo?: string;
}

/** Far above what a busy machine needs; a console that hangs still ends. In milliseconds. */
const PATIENCE_MS = 20_000;

/** Keys as a terminal sends them. */
export const KEYS = {
  down: '\u001B[B',
  up: '\u001B[A',
  enter: '\r',
  escape: '\u001B',
  end: '\u001B[F',
  home: '\u001B[H',
} as const;

export class PtyConsole {
  /** All that was sent to the terminal, byte for byte. */
  output = '';
  readonly terminal: Terminal;
  readonly process: IPty;
  readonly ended: Promise<{ readonly exitCode: number; readonly signal?: number }>;
  readonly #watchers = new Set<() => void>();
  #hasEnded = false;

  constructor({ env, columns = 120, rows = 40, arguments: words = [], nodeArguments = [], errorsTo, program: script, folder }: PtyOptions) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 200 });
    const program = [process.execPath, ...nodeArguments, script ?? packagePath('dist/main.js'), ...words];
    const shell = errorsTo === undefined ? 'exec "$@"' : 'exec "$@" 2>"$ERRORS"';
    this.process = spawn('/bin/sh', ['-c', shell, 'sh', ...program], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd: folder ?? packagePath(),
      env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', LANG: 'C.UTF-8', COLORTERM: 'truecolor', ERRORS: errorsTo ?? '', ...env },
    });
    this.process.onData((piece) => {
      this.output += piece;
      this.terminal.write(piece, () => this.#watchers.forEach((look) => look()));
    });
    this.ended = new Promise((resolve) => {
      this.process.onExit((ending) => {
        this.#hasEnded = true;
        // What was still on its way is drawn first.
        this.terminal.write('', () => {
          resolve(ending);
          this.#watchers.forEach((look) => look());
        });
      });
    });
  }

  /** The lines now on the screen, without blanks at their ends. */
  lines(): readonly string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, at) => active.getLine(active.baseY + at)?.translateToString(true) ?? '');
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** One write, however many keys it holds. */
  types(keys: string): void {
    this.process.write(keys);
  }

  /** Each key in a write of its own, the next only when the screen has answered the one before. */
  async presses(keys: readonly (readonly [key: string, shows: string | RegExp])[]): Promise<void> {
    for (const [key, shows] of keys) {
      this.types(key);
      await this.shows(shows);
    }
  }

  async shows(what: string | RegExp): Promise<void> {
    await this.until(() => (typeof what === 'string' ? this.text().includes(what) : what.test(this.text())), String(what));
  }

  async hides(what: string | RegExp): Promise<void> {
    await this.until(() => !(typeof what === 'string' ? this.text().includes(what) : what.test(this.text())), `no ${what}`);
  }

  /** @param what said when it never comes, with the screen as it was. */
  async until(holds: () => boolean, what: string): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const done = (ending: () => void): void => {
        clearTimeout(patience);
        this.#watchers.delete(look);
        ending();
      };
      const look = (): void => {
        if (holds()) done(resolve);
        else if (this.#hasEnded) done(() => reject(new Error(`the console ended before it showed ${what}:\n${this.text()}`)));
      };
      const patience = setTimeout(() => done(() => reject(new Error(`never showed ${what}; it shows:\n${this.text()}`))), PATIENCE_MS);
      this.#watchers.add(look);
      look();
    });
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    this.process.resize(columns, rows);
  }

  /** The terminal's window is closed: nobody reads and nobody types any more. */
  closeWindow(): void {
    (this.process as IPty & { destroy(): void }).destroy();
  }

  /** Ends it whatever state it is in; for after a test. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    this.process.kill('SIGKILL');
    await this.ended;
  }
}

/** The terminal's modes as the output leaves them: the last word on each counts. */
export function modesAfter(output: string): Readonly<Record<'alternateScreen' | 'cursor' | 'bracketedPaste' | 'autoWrap', boolean>> {
  const last = (mode: string, atFirst: boolean): boolean => {
    const on = output.lastIndexOf(`\u001B[?${mode}h`);
    const off = output.lastIndexOf(`\u001B[?${mode}l`);
    return on === off ? atFirst : on > off;
  };
  return { alternateScreen: last('1049', false), cursor: last('25', true), bracketedPaste: last('2004', false), autoWrap: last('7', true) };
}

/** As a terminal is before anybody drew on it. */
export const RESTORED = { alternateScreen: false, cursor: true, bracketedPaste: false, autoWrap: true } as const;
