import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { csvText } from '../../src/cli/csv-text.ts';
import { jsonText } from '../../src/cli/json-text.ts';
import { heading, hint, line, pairs, passage, table } from '../../src/cli/page.ts';
import { renderPage } from '../../src/cli/render-page.ts';
import { textStyle } from '../../src/cli/terminal.ts';
import type { Output } from '../../src/cli/surroundings.ts';

const pipe: Output = { write: () => undefined, isTerminal: false, columns: undefined };
const terminal: Output = { write: () => undefined, isTerminal: true, columns: 100 };

describe('CSV', () => {
  test.each(['=1+1', '+971', '-cmd', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '＋1', '－1', '＠x', ' =1', '\u200B=1', '\n@x'])(
    'a cell that a spreadsheet would run, %j, gets an apostrophe in front',
    (cell) => {
      expect(csvText({ columns: ['name'], rows: [[cell]] })).toMatch(/"'[^"]*"\r\n$/);
    },
  );

  test.each([
    ['an amount', '-1500.00', '"-1500.00"'],
    ['a number', 7, '"7"'],
    ['nothing', null, '""'],
    ['a name with quotes and commas', 'Al "Noor", LLC', '"Al ""Noor"", LLC"'],
    ['Arabic', 'شركة النور', '"شركة النور"'],
  ])('%s stays what it is', (_case, cell, written) => {
    expect(csvText({ columns: ['x'], rows: [[cell]] })).toBe(`\uFEFF"x"\r\n${written}\r\n`);
  });

  test('no cell starts a formula or breaks its row, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('=+-@＝－＋＠\t\r\n \u200B\u2066\uFEFF\u00A0",;1a.ع\u0301')) }),
        (cell) => {
          const row = csvText({ columns: ['x'], rows: [[cell]] }).slice('\uFEFF"x"\r\n'.length, -2);
          expect(row).toMatch(/^"(?:[^"]|"")*"$/);
          expect(row).not.toMatch(/[\r\n]/);
          expect(/^"-?\d+(?:\.\d+)?"$/.test(row) || !/^"\s*[=+\-@＝＋－＠]/.test(row)).toBe(true);
        },
      ),
    );
  });
});

describe('JSON', () => {
  test('is one line with the version first, and carries no raw control character', () => {
    const text = jsonText({ name: 'a\u001B[2J\u0085\u2028\u007Fb', count: 1 });
    expect(text).toBe('{"wafa":1,"name":"a\\u001b[2J\\u0085\\u2028\\u007fb","count":1}\n');
    expect((JSON.parse(text) as { name: string }).name).toBe('a\u001B[2J\u0085\u2028\u007Fb');
  });
});

describe('a page of text', () => {
  const hostile = 'x\u001B[31m\u0007\u202E\r\nPAID\u009B2J';
  const page = [
    heading(hostile),
    line(hostile),
    hint(hostile),
    passage(hostile),
    pairs([hostile, hostile]),
    table([{ title: hostile }, { title: 'N', least: 3 }], [[hostile, hostile]]),
  ];

  test('lets no control character of the data through in any of its pieces', () => {
    const text = renderPage(page, textStyle(pipe, {}, true));
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
  });

  test('is coloured by code alone, on a terminal that wants it', () => {
    const coloured = renderPage([heading('Run 7')], textStyle(terminal, {}, true));
    expect(coloured).toBe('\u001B[1mRun 7\u001B[22m\n');
    for (const style of [
      textStyle(pipe, {}, true),
      textStyle(terminal, { NO_COLOR: '1' }, true),
      textStyle(terminal, { TERM: 'dumb' }, true),
      textStyle(terminal, {}, false),
    ]) {
      expect(renderPage([heading('Run 7')], style)).toBe('Run 7\n');
    }
  });

  test.each([
    ['the terminal', terminal, {}, 100],
    ['COLUMNS in a pipe', pipe, { COLUMNS: '120' }, 120],
    ['nothing', pipe, {}, 80],
    ['nonsense', pipe, { COLUMNS: '1e9' }, 80],
    ['a width of one', pipe, { COLUMNS: '1' }, 20],
  ])('takes its width from %s', (_case, output, env, width) => {
    expect(textStyle(output, env, true).width).toBe(width);
  });
});
