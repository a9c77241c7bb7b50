/**
 * How fast statements are written: `node bench/statement.ts`, one core, nothing but rendering. A statement is rendered when a reminder
 * that carries one is approved and again at the gate, so it must not hold up sending. Beside it: the same pages with nothing on them,
 * which is what the PDF library itself costs. Prints a table and one line of JSON.
 */
import { cpus, loadavg } from 'node:os';
import { Paper } from '../src/mail/pdf/paper.ts';
import type { StatementContent } from '../src/mail/statement/statement-content.ts';
import { statementPdf } from '../src/mail/statement/statement-pdf.ts';
import { statementXlsx } from '../src/mail/statement/statement-xlsx.ts';
import { TODAY } from '../test/domain/builders.ts';
import { aStatement, manyItems } from '../test/support/statements.ts';

interface Measured {
  readonly what: string;
  readonly perSecond: number;
  readonly must: number | null;
  readonly bytes: number;
}

async function main(): Promise<void> {
  const page = aStatement({ items: manyItems(12) });
  const long = aStatement({ items: manyItems(300, 3), language: 'AR_EN' });
  const results = [
    await measured('PDF, one page, 12 rows', 30, 60, () => statementPdf(page)),
    await measured('PDF, 300 rows, both languages', 2, 8, () => statementPdf(long)),
    await measured('PDF, 3,000 rows', null, 1, () => statementPdf(aStatement({ items: manyItems(3_000, 3) }))),
    await measured('XLSX, 300 rows', null, 10, () => statementXlsx(long)),
    await measured('empty pages beside 300 rows', null, 20, () => emptyPages(long)),
  ];
  const rss = Math.round(process.resourceUsage().maxRSS / 1024);
  for (const { what, perSecond, must, bytes } of results) {
    const target = must === null ? '' : `  must ${must}/s${perSecond >= must ? '' : '  MISSED'}`;
    process.stdout.write(
      `${what.padEnd(32)} ${perSecond.toFixed(1).padStart(8)}/s ${String(Math.round(bytes / 1024)).padStart(6)} kB${target}\n`,
    );
  }
  process.stdout.write(`peak memory ${rss} MB, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'}\n`);
  process.stdout.write(`${JSON.stringify({ bench: 'statement', results, rssMb: rss })}\n`);
}

async function measured(what: string, must: number | null, times: number, render: () => Promise<Buffer>): Promise<Measured> {
  let { length: bytes } = await render();
  const started = performance.now();
  for (let time = 0; time < times; time += 1) ({ length: bytes } = await render());
  return { what, must, bytes, perSecond: (times * 1_000) / (performance.now() - started) };
}

function emptyPages({ statement }: StatementContent): Promise<Buffer> {
  const paper = new Paper({ direction: 'ltr', title: 'empty', author: 'bench', language: 'en', on: TODAY });
  for (let page = 1; page < Math.ceil(statement.lineCount / 40); page += 1) paper.newPage();
  return paper.finish(() => undefined);
}

await main();
