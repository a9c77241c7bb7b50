import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { newFolderMemory, takeInFolder } from '../../../src/app/import/take-in-folder.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';

const database = testDatabase();
let companies = 0;

interface Watched {
  readonly session: Session;
  readonly folder: string;
  readonly drop: (name: string, ...lines: readonly string[]) => void;
  readonly inside: (place: string) => readonly string[];
}

async function watched(): Promise<Watched> {
  const session = await companyWith(testInstallation(database()), { code: `FOLDER${(companies += 1)}` });
  const folder = mkdtempSync(join(tmpdir(), 'wafa-drop-'));
  return {
    session,
    folder,
    drop: (name, ...lines) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`),
    inside: (place) => (existsSync(join(folder, place)) ? readdirSync(join(folder, place)).toSorted() : []),
  };
}

const CUSTOMERS = ['customer_code,name,email', 'C-1,One LLC,ap@one.example'];
const INVOICES = ['invoice_number,customer_code,issue_date,due_date,currency,total', 'INV-1,C-1,2026-08-01,2026-09-01,AED,1000'];
const CREDITS = ['credit_note_number,customer_code,issue_date,currency,total,linked_invoice', 'CN-1,C-1,2026-09-01,AED,10,INV-1'];

const documents = async ({ companyId }: Session): Promise<number> =>
  (await database().admin.query<{ n: number }>('select count(*)::int as n from invoices where company_id = $1', [companyId])).rows[0]?.n ??
  -1;

describe('a watched folder', () => {
  it('waits until a file has stopped growing, and takes files in the order they need', async () => {
    const { session, folder, drop, inside } = await watched();
    const memory = newFolderMemory();
    drop('a-credits.csv', ...CREDITS);
    drop('b-invoices.csv', INVOICES[0] ?? '');
    drop('z-customers.csv', ...CUSTOMERS);
    expect(await takeInFolder(session, folder, memory)).toEqual([]);
    drop('b-invoices.csv', ...INVOICES);
    // The invoices have grown since; the others are as they were. Credits need the invoices, so they are refused without them.
    expect((await takeInFolder(session, folder, memory)).map(({ file, result }) => [file, result.kind])).toEqual([
      ['z-customers.csv', 'done'],
      ['a-credits.csv', 'rejected'],
    ]);
    renameSync(join(folder, 'rejected', 'a-credits.csv'), join(folder, 'a-credits.csv'));
    // Put back as it was, it has not changed since it was last looked at; the invoices have not either, and go first.
    const files = await takeInFolder(session, folder, memory);
    expect(files.map(({ file, result }) => [file, result.kind])).toEqual([
      ['b-invoices.csv', 'done'],
      ['a-credits.csv', 'done'],
    ]);
    expect(inside('done')).toEqual(['a-credits.csv', 'b-invoices.csv', 'z-customers.csv'].flatMap((name) => [name, `${name}.report.json`]));
    expect(inside('work')).toEqual([]);
    expect(await documents(session)).toBe(2);
  });

  it('leaves alone what is hidden, unfinished, a link or a folder', async () => {
    const { session, folder, drop } = await watched();
    const memory = newFolderMemory();
    for (const name of ['.hidden.csv', 'x.csv.tmp', 'x.csv.part', '~$x.csv', 'x.csv~']) drop(name, ...CUSTOMERS);
    symlinkSync('/etc/passwd', join(folder, 'link.csv'));
    mkdirSync(join(folder, 'folder.csv'));
    const names = readdirSync(folder).toSorted();
    for (let pass = 0; pass < 3; pass += 1) expect(await takeInFolder(session, folder, memory)).toEqual([]);
    expect(
      readdirSync(folder)
        .filter((name) => !['work', 'done', 'rejected'].includes(name))
        .toSorted(),
    ).toEqual(names);
  });

  it('puts a file with faults aside, with a report that says row, column and what to do', async () => {
    const { session, folder, drop, inside } = await watched();
    const memory = newFolderMemory();
    drop('invoices.csv', INVOICES[0] ?? '', 'INV-1,C-9,2026-08-01,2026-09-01,AED,1000');
    await takeInFolder(session, folder, memory);
    await takeInFolder(session, folder, memory);
    expect(inside('rejected')).toEqual(['invoices.csv', 'invoices.csv.report.json']);
    const report = JSON.parse(readFileSync(join(folder, 'rejected', 'invoices.csv.report.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      result: 'rejected',
      error: { code: 'import.unknown-customer' },
      faults: [{ at: { row: 2, column: 'customer_code' } }],
    });
    expect(await documents(session)).toBe(0);
  });

  it('takes up what a watcher that died had claimed, once, whether it had imported it or not', async () => {
    const { session, folder, drop, inside } = await watched();
    const memory = newFolderMemory();
    drop('customers.csv', ...CUSTOMERS);
    await takeInFolder(session, folder, memory);
    await takeInFolder(session, folder, memory);
    // It died after the import, before the file was put away; and before the import of the other.
    renameSync(join(folder, 'done', 'customers.csv'), join(folder, 'work', 'customers.csv'));
    writeFileSync(join(folder, 'work', 'invoices.csv'), `${INVOICES.join('\n')}\n`);
    const files = await takeInFolder(session, folder, newFolderMemory());
    expect(files.map(({ file, result }) => [file, result.kind === 'done' ? result.outcome.kind : result.kind])).toEqual([
      ['customers.csv', 'nothing-new'],
      ['invoices.csv', 'imported'],
    ]);
    expect(inside('work')).toEqual([]);
    expect(await documents(session)).toBe(1);
  });

  it('may have two watchers: each file is taken once and keeps its name when another has it', async () => {
    const { session, folder, drop, inside } = await watched();
    const memories = [newFolderMemory(), newFolderMemory()] as const;
    for (let round = 1; round <= 2; round += 1) {
      drop('customers.csv', ...CUSTOMERS, `C-${round + 1},More LLC,more${round}@one.example`);
      await Promise.all(memories.map((memory) => takeInFolder(session, folder, memory)));
      const taken = (await Promise.all(memories.map((memory) => takeInFolder(session, folder, memory)))).flat();
      expect(taken.filter(({ result }) => result.kind === 'done' && result.outcome.kind === 'imported')).toHaveLength(1);
    }
    expect(inside('done').filter((name) => !name.endsWith('.json'))).toEqual(['customers-2.csv', 'customers.csv']);
    expect(inside('work')).toEqual([]);
  });
});
