/** A file that no mapping fits is told which comes nearest, and which heading keeps it from fitting. */
import { describe, expect, it } from 'vitest';

import { chooseMapping } from '../../../src/app/import/choose-mapping.ts';
import { csvFile } from './csv-file.ts';

const messageFor = async (headings: string): Promise<string> => {
  try {
    await chooseMapping({ path: await csvFile(headings, 'x') });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'it fits';
};

describe('headings that no mapping fits', () => {
  it('name the one heading that is not known, and what the mapping knows besides', async () => {
    const message = await messageFor('invoice_number,customer_code,issue_date,due_date,currency,total,balance');
    expect(message).toContain('Nearest is wafa (invoices): The heading "balance" is not known.');
    expect(message).toMatch(/It also knows .*\bopen\b/);
  });

  it('say nothing of a mapping that knows hardly any of them', async () => {
    expect(await messageFor('colour,shape,weight')).toBe('No mapping fits the headings of this file.');
  });
});
