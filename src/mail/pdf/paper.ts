/**
 * A4 pages to write on from either side: positions count from the side reading starts on, so that one layout serves English and Arabic.
 * The same calls give the same bytes: the document's own date is the day it speaks of, and its identifier follows from what it says.
 */
import PDFDocument from 'pdfkit';
import type { Direction } from './fonts.ts';
import { shapedLine, type ShapedLine } from './shaped-line.ts';
import { wrapText, type Setting } from './wrap-text.ts';

export interface PaperOptions {
  readonly direction: Direction;
  readonly title: string;
  readonly author: string;
  readonly language: 'en' | 'ar';
  /** Written as the document's date; a clock would make every rendering different. */
  readonly on: Temporal.PlainDate;
}

export interface Cell {
  /** Points from the starting margin. */
  readonly at: number;
  readonly width: number;
  /** `right` is the right-hand side in either direction. */
  readonly align: 'start' | 'end' | 'right';
  readonly ink?: Ink;
}

export type Ink = 'black' | 'grey';

const COLOURS: Readonly<Record<Ink | 'rule' | 'shade', string>> = { black: '#1a1a1a', grey: '#5c5c5c', rule: '#c8c8c8', shade: '#f0f2f4' };

/** ISO 216 A4 in points, and a margin every office printer can print. */
const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = 36;

export const LINE_WIDTH = PAGE.width - 2 * MARGIN;

/** Space a line takes, as a share of its size: Arabic needs more than Latin letters do. */
const LEADING = 1.5;

export class Paper {
  readonly #document: PDFKit.PDFDocument;
  readonly #direction: Direction;
  readonly #chunks: Buffer[] = [];
  readonly #finished: Promise<Buffer>;
  readonly #fonts = new Set<string>();
  /** Points from the top margin to where the next line goes. */
  top = 0;

  constructor({ direction, title, author, language, on }: PaperOptions) {
    this.#direction = direction;
    const date = new Date(Date.UTC(on.year, on.month - 1, on.day));
    this.#document = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: language,
      displayTitle: true,
      // The library loads a font of its own when it is given none; the types know no null, the library does.
      font: null as unknown as string,
      info: { Title: title, Author: author, Producer: 'Wafa', Creator: 'Wafa', CreationDate: date, ModDate: date },
    });
    this.#document.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#finished = new Promise((resolve, reject) => {
      this.#document.on('end', () => resolve(Buffer.concat(this.#chunks)));
      this.#document.on('error', reject);
    });
  }

  /** Points left on this page, above the footer. */
  get room(): number {
    return PAGE.height - 2 * MARGIN - FOOTER - this.top;
  }

  newPage(): void {
    this.#document.addPage();
    this.top = 0;
  }

  /** Height in points of lines set in this size. */
  static height(lines: number, size: number): number {
    return lines * size * LEADING;
  }

  /** Writes lines from `top` points below the next line's place; gives back the height they took. */
  write(lines: readonly ShapedLine[], setting: Setting, cell: Cell, below = 0): number {
    let y = MARGIN + this.top + below + setting.size * 1.1;
    for (const line of lines) {
      this.#draw(line, setting.size, cell, y);
      y += setting.size * LEADING;
    }
    return Paper.height(lines.length, setting.size);
  }

  text(text: string, setting: Setting, cell: Cell, below = 0): number {
    return this.write(wrapText(text, cell.width, setting), setting, cell, below);
  }

  /** One line, set smaller when it would not fit: an amount is never broken and never cut. */
  figure(text: string, setting: Setting, cell: Cell, below = 0): void {
    const line = shapedLine(text, setting.weight, setting.direction);
    const size = Math.min(setting.size, (cell.width * 1000) / line.width);
    this.#draw(line, size, cell, MARGIN + this.top + below + setting.size * 1.1);
  }

  shade(height: number): void {
    this.#document.rect(MARGIN, MARGIN + this.top, LINE_WIDTH, height).fill(COLOURS.shade);
  }

  rule(below = 0): void {
    const y = MARGIN + this.top + below;
    this.#document
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + LINE_WIDTH, y)
      .lineWidth(0.4)
      .stroke(COLOURS.rule);
  }

  /** Writes the foot of every page, which has to know how many there are, and closes the document. */
  finish(foot: (page: number, pages: number) => void): Promise<Buffer> {
    const { count } = this.#document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#document.switchToPage(page);
      this.top = PAGE.height - 2 * MARGIN - FOOTER / 2;
      foot(page + 1, count);
    }
    this.#document.end();
    return this.#finished;
  }

  #draw(line: ShapedLine, size: number, { at, width, align, ink = 'black' }: Cell, baseline: number): void {
    const drawn = (line.width * size) / 1000;
    const isFromLeft = align === (this.#direction === 'ltr' ? 'start' : 'end');
    const left = this.#direction === 'ltr' ? MARGIN + at : PAGE.width - MARGIN - at - width;
    let x = isFromLeft ? left : left + width - drawn;
    this.#document.fontSize(size).fillColor(COLOURS[ink]);
    for (const { text, font, direction, width: share } of line.pieces) {
      if (!this.#fonts.has(font.name)) {
        // The library takes an opened font as well as a file; its types know only files.
        this.#document.registerFont(font.name, font.shaper as unknown as Buffer);
        this.#fonts.add(font.name);
      }
      // The feature named is ours: it tells the shaper which way the piece reads.
      const features = [direction] as unknown as PDFKit.Mixins.TextOptions['features'] & object;
      this.#document.font(font.name).text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic', features });
      x += (share * size) / 1000;
    }
  }
}

/** Points kept free for the page number. */
const FOOTER = 24;
