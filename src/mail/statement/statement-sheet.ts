/** The paper of one statement with what every part of it needs to know: the languages, how text is set, and when a page is full. */
import { headerText } from '../../domain/safe-text.ts';
import { hasRightToLeft } from '../reading-order.ts';
import type { Direction } from '../pdf/fonts.ts';
import { LINE_WIDTH, Paper, type Cell } from '../pdf/paper.ts';
import { wrapText, type Setting } from '../pdf/wrap-text.ts';
import type { StatementContent } from './statement-content.ts';
import { inLanguage } from './statement-letterhead.ts';
import { STATEMENT_LANGUAGES, type StatementLanguage } from './statement-words.ts';

/** Sizes in points: rows, and what explains them. */
export const ROW = 7.5;
export const NOTE = 7;

export const WHOLE: Cell = { at: 0, width: LINE_WIDTH, align: 'start' };

export class StatementSheet {
  readonly content: StatementContent;
  readonly languages: readonly [StatementLanguage, ...StatementLanguage[]];
  /** Decides the direction of the page. */
  readonly first: StatementLanguage;
  readonly paper: Paper;

  constructor(content: StatementContent) {
    this.content = content;
    this.languages = STATEMENT_LANGUAGES[content.language];
    [this.first] = this.languages;
    const { mail, words } = this.first;
    this.paper = new Paper({
      direction: mail.dir,
      language: mail.code,
      on: content.statement.asOn,
      title: `${words.title} ${headerText(content.customer.code)}`,
      author: headerText(inLanguage(mail, content.company.name, content.company.nameAr)),
    });
  }

  setting(size: number, changes: Partial<Setting> = {}): Setting {
    return { size, weight: 'regular', direction: this.first.mail.dir, ...changes };
  }

  figures(weight: Setting['weight'] = 'regular', size = ROW): Setting {
    return { size, weight, direction: 'ltr' };
  }

  /** The same words in every language of the statement, side by side. */
  title(words: (language: StatementLanguage) => string, size: number): void {
    const text = this.languages.map(words).join('  |  ');
    this.paper.top += this.paper.text(text, this.setting(size, { weight: 'bold' }), WHOLE) + 2;
  }

  /** A sentence in every language, one below the other; the second language of a page stands on its own side of it. */
  sentence(words: (language: StatementLanguage) => string, size: number): void {
    for (const language of this.languages) {
      const setting = this.setting(size, { direction: language.mail.dir });
      const lines = wrapText(words(language), LINE_WIDTH, setting);
      this.keepTogether(Paper.height(lines.length, size));
      const align = language === this.first ? 'start' : 'end';
      this.paper.top += this.paper.write(lines, setting, { ...WHOLE, align, ink: 'grey' }) + 3;
    }
    this.paper.top += 4;
  }

  /** Begins a page when less than this is left, with whatever has to stand at its top. */
  keepTogether(height: number, atTop?: () => void): void {
    if (this.paper.room >= height) return;
    this.paper.newPage();
    atTop?.();
  }
}

/** A text reads the way its letters do; one without letters, such as a number, reads as given. */
export const directionOf = (text: string, otherwise: Direction): Direction =>
  hasRightToLeft(text) ? 'rtl' : /\p{L}/u.test(text) ? 'ltr' : otherwise;
