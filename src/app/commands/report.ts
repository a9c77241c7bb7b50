import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { outputFile, writeOutput } from './output-file.ts';
import { rolesFor } from '../permissions.ts';

export const reportCommand = defineCommand({
  name: 'report',
  group: 'looking back',
  summary: 'A month on two pages for a manager, in English and Arabic, with charts, as HTML or PDF',
  example: 'report --month 2026-11 --html report.html',
  arguments: [],
  options: [
    { name: 'month', about: 'of this month', value: 'YYYY-MM' },
    { name: 'html', about: 'write it to this file as a page that needs nothing else', value: 'FILE' },
    { name: 'pdf', about: 'print it to this file, where there is a Chromium', value: 'FILE' },
  ],
  schema: z
    .object({
      month: z
        .string({ error: 'is missing; give one like --month 2026-11' })
        .regex(/^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])$/, 'is not a month like 2026-11'),
      html: outputFile.optional(),
      pdf: outputFile.optional(),
    })
    .refine(({ html, pdf }) => html !== undefined || pdf !== undefined, 'Say where to: --html FILE, --pdf FILE or both.'),
  roles: rolesFor('report'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { month, html, pdf }): Promise<CommandResult<unknown>> => {
    const { readReport } = await import('../insight/report/read-report.ts');
    const figures = await readReport(await context.session(), month);
    const { reportHtml } = await import('../insight/report/report-html.ts');
    const page = reportHtml(figures);
    const files: { readonly kind: 'html' | 'pdf'; readonly path: string }[] = [];
    if (html !== undefined) {
      await writeOutput(html, Buffer.from(page));
      files.push({ kind: 'html', path: html });
    }
    if (pdf !== undefined) {
      const { printedReport } = await import('../insight/report/print-report.ts');
      await writeOutput(pdf, await printedReport(page));
      files.push({ kind: 'pdf', path: pdf });
    }
    const running = figures.isRunning ? [`${month} is not over: these are the figures up to ${figures.asOf}.`] : [];
    return { data: { report: { month, asOf: figures.asOf, files } }, ending: 'ok', notes: running };
  },
});
