/**
 * A statement of account on paper: letterhead, one table per currency with its own ageing and total, bank details, page numbers. A pure
 * function of its content: the same content gives the same bytes, so a statement attached to a mail is covered by the mail's approval.
 */
import { headerText } from '../../domain/safe-text.ts';
import { LINE_WIDTH, type Cell } from '../pdf/paper.ts';
import { identifier, leftToRight, standingAlone } from '../reading-order.ts';
import { refuseWrongTotals } from './refuse-wrong-totals.ts';
import type { StatementContent } from './statement-content.ts';
import { bankAccountsFor, inLanguage, letterhead, type LetterLine } from './statement-letterhead.ts';
import { directionOf, NOTE, ROW, StatementSheet, WHOLE } from './statement-sheet.ts';
import { writeCurrency } from './statement-table.ts';

const START_HALF: Cell = { at: 0, width: LINE_WIDTH * 0.58, align: 'start' };
const END_HALF: Cell = { at: LINE_WIDTH * 0.6, width: LINE_WIDTH * 0.4, align: 'end' };

/** @throws BugError when the rows do not add up. */
export function statementPdf(content: StatementContent): Promise<Buffer> {
  refuseWrongTotals(content);
  const sheet = new StatementSheet(content);
  writeLetterhead(sheet);
  for (const currency of content.statement.currencies) writeCurrency(sheet, currency);
  if (content.statement.currencies.length === 0) sheet.sentence(({ words }) => words.nothingOpen, 9);
  writeBankDetails(sheet);
  sheet.sentence(({ words }) => words.noDemand, NOTE);
  return sheet.paper.finish((page, pages) => writeFoot(sheet, page, pages));
}

function writeLetterhead(sheet: StatementSheet): void {
  const { paper } = sheet;
  const { sender, heading, customer } = letterhead(sheet.content, sheet.languages);
  paper.top += Math.max(writeLines(sheet, sender, START_HALF), writeLines(sheet, heading, END_HALF)) + 8;
  paper.rule();
  paper.top += 8;
  paper.top += writeLines(sheet, customer, WHOLE) + 10;
}

/** The height they took. */
function writeLines(sheet: StatementSheet, lines: readonly LetterLine[], cell: Cell): number {
  let height = 0;
  for (const { text, size, weight, isQuiet } of lines) {
    const setting = sheet.setting(size, { weight, direction: directionOf(text, sheet.first.mail.dir) });
    height += sheet.paper.text(text, setting, { ...cell, ink: isQuiet ? 'grey' : 'black' }, height);
  }
  return height;
}

const LABEL: Cell = { at: 0, width: 96, align: 'start', ink: 'grey' };
const DETAIL: Cell = { at: 100, width: LINE_WIDTH - 100, align: 'start' };

function writeBankDetails(sheet: StatementSheet): void {
  const { paper } = sheet;
  const accounts = bankAccountsFor(sheet.content, sheet.first);
  if (accounts.length === 0) return;
  // The warning belongs to the accounts: up to four of them stay on one page with it.
  sheet.keepTogether(50 + 52 * Math.min(accounts.length, 4) + 24 * sheet.languages.length);
  sheet.title(({ mail }) => mail.labels.bank, 9);
  for (const account of accounts) {
    sheet.keepTogether(52);
    for (const { label, value } of account) {
      paper.text(label, sheet.setting(ROW), LABEL);
      paper.top += paper.text(value, sheet.setting(ROW, { direction: directionOf(value, 'ltr') }), DETAIL);
    }
    paper.top += 5;
  }
  sheet.sentence(({ mail }) => mail.labels.bankNote, ROW);
}

function writeFoot(sheet: StatementSheet, page: number, pages: number): void {
  const { content, first, paper } = sheet;
  const name = headerText(inLanguage(first.mail, content.company.name, content.company.nameAr));
  const code = identifier(shortened(headerText(content.customer.code)));
  const parts = [standingAlone(shortened(name)), code, leftToRight(String(content.statement.asOn))];
  const line = sheet.setting(NOTE, { direction: directionOf(name, first.mail.dir) });
  paper.figure(parts.join('  |  '), line, { at: 0, width: LINE_WIDTH - 70, align: 'start', ink: 'grey' });
  paper.figure(`${page} / ${pages}`, sheet.figures('regular', NOTE), { at: LINE_WIDTH - 60, width: 60, align: 'end', ink: 'grey' });
}

/** The foot is one line; the letterhead has every name in full. */
const shortened = (text: string): string => ([...text].length > 60 ? `${[...text].slice(0, 59).join('')}…` : text);
