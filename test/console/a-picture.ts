/** A console that draws on a terminal's model in this process: real bytes, real cells, no child process and no database. */
import { PassThrough } from 'node:stream';
import xterm, { type Terminal } from '@xterm/headless';

import { Brush } from '../../src/console/paint/brush.ts';
import { UNICODE_SYMBOLS } from '../../src/console/paint/symbols.ts';
import { ENTER_MODES } from '../../src/console/terminal/terminal-modes.ts';

/** A terminal as a stream that Node would write to. */
export class ModelTerminal {
  readonly terminal: Terminal;
  readonly stdout: NodeJS.WriteStream;
  output = '';
  #writing: Promise<void> = Promise.resolve();

  constructor(columns: number, rows: number) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0, convertEol: true });
    const stream = new PassThrough();
    stream.on('data', (piece: Buffer) => {
      const text = piece.toString('utf8');
      this.output += text;
      this.#writing = this.#writing.then(() => new Promise((written) => this.terminal.write(text, written)));
    });
    this.stdout = Object.assign(stream, { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;
    this.stdout.write(ENTER_MODES);
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    Object.assign(this.stdout, { columns, rows });
    this.stdout.emit('resize');
  }

  /** When all that was written is drawn. */
  async drawn(): Promise<void> {
    let last: Promise<void>;
    do {
      last = this.#writing;
      await last;
    } while (last !== this.#writing);
  }

  /** Characters and looks of every cell, line by line. */
  cells(): readonly string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, row) => {
      const line = active.getLine(active.baseY + row);
      return Array.from({ length: this.terminal.cols }, (__, column) => {
        const cell = line?.getCell(column);
        if (cell === undefined) return ' ';
        const look = [cell.getFgColor(), cell.getBgColor(), cell.isBold(), cell.isInverse(), cell.isDim()].join(',');
        return `${cell.getChars() || ' '}${look === '-1,-1,0,0,0' ? '' : `{${look}}`}`;
      }).join('');
    });
  }

  text(): readonly string[] {
    const { active } = this.terminal.buffer;
    return Array.from(
      { length: this.terminal.rows },
      (_, at) => active.getLine(active.baseY + at)?.translateToString(true, 0, this.terminal.cols) ?? '',
    );
  }
}

export const unicodeBrush = (): Brush => new Brush({ bidi: 'app', symbols: UNICODE_SYMBOLS });
