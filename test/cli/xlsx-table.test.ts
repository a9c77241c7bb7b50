/** A list as a workbook: numbers where they are amounts, text everywhere else, and nothing that could run. */
import readWorkbook from 'read-excel-file/node';
import { expect, it } from 'vitest';

import { xlsxTable } from '../../src/cli/xlsx-table.ts';

it('keeps codes as text and amounts as numbers, and no text becomes a formula', async () => {
  const bytes = await xlsxTable(
    {
      columns: ['customer', 'items', 'amount'],
      rows: [
        ['007', 3, '8200.50'],
        ['=1+1', 2, '999999999999999999.00'],
        [null, 1, '-5'],
      ],
    },
    'queue',
  );
  expect((await readWorkbook(bytes))[0]?.data).toEqual([
    ['customer', 'items', 'amount'],
    ['007', 3, 8200.5],
    ['=1+1', 2, '999999999999999999.00'],
    [null, 1, -5],
  ]);
});
