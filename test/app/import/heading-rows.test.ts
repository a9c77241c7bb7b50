/** Reports with a title above their headings, as ledger programs print them. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

import { importLedger } from '../../../src/app/import-ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { makeWorkbook } from '../../intake/archive/make-zip.ts';
import { companyWith, MONDAY, testInstallation } from '../installation.ts';
import { csvFile, INVOICES, take } from './csv-file.ts';

const database = testDatabase();

describe('titles above the headings', () => {
  it('are passed over, whether or not the mapping was named, and rows keep the numbers of the spreadsheet', async () => {
    const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: 'TITLES' });
    await take(session, 'customers', ['C-1,One LLC,ap@one.example,30']);
    const headings = INVOICES.split(',');
    const sheet = [
      ['Open invoices'],
      ['As of', '2026-11-23'],
      headings,
      ['I-1', 'C-1', '2026-09-01', '2026-10-01', 'AED', 10],
      ['I-2', 'C-1', '2026-09-01', '2026-10-01', 'AED', 'x'],
    ];
    const path = `${await csvFile('')}.xlsx`;
    await writeFile(path, makeWorkbook(sheet));
    const recognised = await importLedger(session, { path, partial: {} });
    expect([recognised.headingRow, recognised.counts.documentsAdded, recognised.rejected.faults[0]?.at.row]).toEqual([3, 1, 5]);
    const titled = await csvFile('Open invoices', '', INVOICES, 'I-3,C-1,2026-09-01,2026-10-01,AED,10,');
    const named = await importLedger(session, { path: titled, mapping: 'wafa', kind: 'invoices' });
    expect([named.headingRow, named.counts.documentsAdded]).toEqual([3, 1]);
  });

  it('never make headings of data: a file without any is refused as before', async () => {
    const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: 'NOTITLES' });
    const path = await csvFile('1,10', '2,20');
    await expect(importLedger(session, { path, mapping: 'wafa', kind: 'invoices' })).rejects.toMatchObject({
      code: 'import.missing-heading',
    });
  });
});
