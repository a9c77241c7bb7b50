import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';

import { printedReport } from '../../../src/app/insight/report/print-report.ts';
import { readReport, type ReportFigures } from '../../../src/app/insight/report/read-report.ts';
import { reportHtml } from '../../../src/app/insight/report/report-html.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';

const database = testDatabase();
const HOSTILE = `<script>alert(1)</script> & "Sons" LLC`;
let figures: ReportFigures;
let html: string;

beforeAll(async () => {
  const session = await companyWith(testInstallation(database()), { code: 'MONTH', name: HOSTILE, nameAr: 'شركة الشهر' });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [
      invoice('C-1', 'INV-1', '5000', '2026-10-02'),
      invoice('C-1', 'INV-2', '3000', '2026-12-20'),
      invoice('C-1', 'INV-3', '700', '2026-11-02', { currency: 'KWD' }),
      // Half a year old and overdue: something to look into.
      invoice('C-1', 'INV-4', '40', '2026-04-02'),
    ],
  });
  figures = await readReport(session, '2026-11');
  html = reportHtml(figures);
});

describe('the report of a month', () => {
  it('has the figures of the ledger, each currency by itself', () => {
    expect(figures).toMatchObject({ asOf: '2026-11-23', isRunning: true });
    expect(html).toContain('AED 8,040.00');
    expect(html).toContain('700.000');
    expect(html).toContain('VAT relief candidates');
  });

  it('speaks English and Arabic, with both names of the company', () => {
    for (const text of ['Receivables and reminders, November 2026', 'شركة الشهر', 'نوفمبر 2026', 'المتأخرة', 'What to look into'])
      expect(html).toContain(text);
  });

  it('draws four pictures and needs nothing from anywhere: no script, no address to load', () => {
    expect(html.match(/<svg /g)).toHaveLength(4);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import/i);
    const loaded = [...html.matchAll(/(?:src|href)\s*=\s*["']?([^"'\s>]+)|url\(([^)]{0,40})/g)].map((match) => match[1] ?? match[2] ?? '');
    expect(loaded.filter((address) => !address.startsWith('data:') && !address.startsWith('#'))).toEqual([]);
    expect(loaded.length).toBeGreaterThan(0);
  });

  it('shows a hostile name as text', () => {
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot; LLC');
  });

  it('of a month to come is refused in words', async () => {
    const session = await companyWith(testInstallation(database()), { code: 'EMPTY' });
    await expect(readReport(session, '2027-01')).rejects.toMatchObject({ code: 'insight.month-to-come' });
    // A company with nothing at all has a report too.
    expect(reportHtml(await readReport(session, '2026-11'))).toContain('Nothing stands out.');
  });

  it('says what to do where there is no browser to print with', async () => {
    await expect(printedReport(html, ['/nowhere/chromium'])).rejects.toMatchObject({ code: 'report.no-browser' });
  });

  it.skipIf(!existsSync('/usr/bin/chromium'))(
    'is printed on two sheets of A4 (needs /usr/bin/chromium)',
    { timeout: 120_000 },
    async () => {
      const pdf = await printedReport(html);
      const { getDocumentProxy } = await import('unpdf');
      const document = await getDocumentProxy(new Uint8Array(pdf));
      expect(document.numPages).toBeLessThanOrEqual(2);
      const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    },
  );
});
