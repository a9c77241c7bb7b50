/** The columns that the database computes for looking up customers, against the domain's own idea of them. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { phoneKey, SAME_LETTERS, searchKey, UNHEARD } from '../../../src/domain/search-key.ts';
import type { CompanyId } from '../../../src/domain/ids.ts';
import { withCompany } from '../../../src/store/connection/with-company.ts';
import { badInputs, badText } from '../../support/bad-inputs.ts';
import { testDatabase } from '../../support/database.ts';
import { createCompany } from '../../support/fixtures.ts';

const database = testDatabase();
let companyId: CompanyId;
beforeAll(async () => {
  companyId = await createCompany(database().app);
});

const letters = [
  ...Array.from(Object.values(SAME_LETTERS).join('')),
  ...Array.from(UNHEARD),
  ...Array.from('abcXYZ019 |¦+'),
  'ش',
  'ق',
  '店',
  '😀',
  'ß',
  'Ж',
];
const text = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 40 });

/** Stored and read back; the transaction is given up, so that the next one may use the code again. */
const stored = (name: string, nameAr: string | null, phone: string | null) =>
  withCompany(database().app, companyId, async (tx) => {
    const row = await tx.one<{ searchText: string; phoneKey: string | null }>(
      `insert into customers (company_id, code, name, name_ar, phone) values ($1, 'C-1', $2, $3, $4) returning search_text, phone_key`,
      [companyId, name, nameAr, phone],
    );
    await tx.query('delete from customers where company_id = $1', [companyId]);
    return row;
  });

describe('the database compares as the domain does', () => {
  it('names of any letters', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.option(text), async (name, nameAr) => {
        expect((await stored(name, nameAr, null)).searchText).toBe(`c1¦${searchKey(name)}¦${searchKey(nameAr ?? '')}`);
      }),
      { numRuns: 150 },
    );
  });

  it('telephone numbers', async () => {
    const phone = fc.string({ unit: fc.constantFrom(...Array.from('0123456789+-() /;,x#٠٥٩۴')), minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(phone, async (number) => {
        const key = (await stored('One', null, number)).phoneKey ?? '';
        expect(key.length === 7 ? key : null).toBe(phoneKey(number));
      }),
      { numRuns: 150 },
    );
  });

  it.skipIf(badInputs('names').length === 0)('every hostile name that may be stored', async () => {
    for (const bad of badInputs('names')) {
      const name = (badText(bad) ?? '').slice(0, 300);
      if (name === '' || name.includes('\0') || !name.isWellFormed()) continue;
      expect((await stored(name, null, null)).searchText, bad.id).toBe(`c1¦${searchKey(name)}¦`.slice(0, 500));
    }
  });

  it('the longest name there may be still fits its index', async () => {
    await expect(stored('😀'.repeat(300), '😀'.repeat(300), null)).resolves.toBeDefined();
  });
});
