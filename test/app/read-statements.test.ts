import { mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { CommandContext } from '../../src/app/commands/command.ts';
import { statementCommand } from '../../src/app/commands/statement.ts';
import { readStatement, readStatements } from '../../src/app/read-statements.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import type { Session } from '../../src/app/session.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';

const database = testDatabase();
const day = (text: string) => Temporal.PlainDate.from(text);

let companies = 0;
async function company(): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), { code: `READ${companies}` });
  await importSmallLedger(session, {
    customers: [
      customer('C-1', { language: 'AR' }),
      customer('C-2', { bill_to: 'C-1' }),
      customer('C/3', { email: 'a@three.example' }),
      customer('C:3', { email: 'b@three.example' }),
      customer('C-4'),
    ],
    invoices: [
      invoice('C-1', 'INV-1', '100', '2026-11-02'),
      invoice('C-2', 'INV-2', '40', '2026-12-20', { issue_date: '2026-11-10' }),
      invoice('C/3', 'INV-3', '7', '2026-11-02'),
      invoice('C:3', 'INV-4', '8', '2026-11-02'),
    ],
  });
  return session;
}

const contextOf = (session: Session, signal?: AbortSignal): CommandContext => ({
  installation: session.installation,
  session: async () => session,
  say: () => undefined,
  confirm: async () => undefined,
  ...(signal ? { signal } : {}),
});

const run = async (session: Session, input: Readonly<Record<string, unknown>>, signal?: AbortSignal) =>
  await statementCommand.run(contextOf(session, signal), statementCommand.schema.parse(input));

describe('a statement on request', () => {
  it('is of the whole account, whichever of its branches is asked about, in the language of whoever reads it', async () => {
    const session = await company();
    const content = await readStatement(session, 'C-2');
    expect(content).toMatchObject({
      customer: { code: 'C-1' },
      language: 'AR',
      statement: { lineCount: 2, currencies: [{ totalMinor: 14_000n }] },
    });
    expect((await run(session, { customer: 'C-2' })).notes?.join()).toContain('this is the account of C-1');
  });

  it('as of an earlier day shows what was open then', async () => {
    const session = await company();
    await recordPayment(session, { customerCode: 'C-1', amount: '100', invoices: [{ number: 'INV-1', amount: null }], reference: 'TT-1' });
    const totalOn = async (on?: string) =>
      (await readStatement(session, 'C-1', on ? day(on) : undefined)).statement.currencies[0]?.totalMinor;
    expect(await totalOn()).toBe(4_000n);
    expect(await totalOn('2026-11-22')).toBe(14_000n);
    expect(await totalOn('2026-11-09')).toBe(10_000n);
    await expect(readStatement(session, 'C-1', day('2026-11-24'))).rejects.toMatchObject({ code: 'statement.future' });
    await expect(readStatement(session, 'C-99')).rejects.toMatchObject({ code: 'customer.unknown' });
  });

  it('of every account leaves out those with nothing open, and no code overwrites another', async () => {
    const session = await company();
    expect((await readStatements(session, null)).contents.map(({ customer: { code } }) => code)).toEqual(['C-1', 'C/3', 'C:3']);
    const folder = await mkdtemp(join(tmpdir(), 'wafa-statements-'));
    expect((await run(session, { all: true, out: folder })).ending).toBe('ok');
    expect((await readdir(folder)).toSorted()).toEqual(
      ['Statement of account C-3 2026-11-23 (2).pdf', 'Statement of account C-3 2026-11-23.pdf', 'كشف حساب C-1 2026-11-23.pdf'].toSorted(),
    );
  });

  it('stopped half-way leaves whole files and says how far it came', async () => {
    const session = await company();
    const folder = await mkdtemp(join(tmpdir(), 'wafa-statements-'));
    const { ending, notes } = await run(session, { all: true, out: folder }, AbortSignal.abort());
    expect({ ending, notes, files: await readdir(folder) }).toEqual({
      ending: 'partly',
      notes: ['Stopped after 0 statements.'],
      files: [],
    });
  });

  it('replaces a link of its name, never the file the link stands for, and leaves nothing when it cannot write', async () => {
    const session = await company();
    const folder = await mkdtemp(join(tmpdir(), 'wafa-statements-'));
    await writeFile(join(folder, 'precious'), 'keep me');
    await symlink(join(folder, 'precious'), join(folder, 'one.pdf'));
    await run(session, { customer: 'C-1', pdf: join(folder, 'one.pdf'), xlsx: join(folder, 'one.xlsx') });
    expect(await readFile(join(folder, 'precious'), 'utf8')).toBe('keep me');
    expect((await readFile(join(folder, 'one.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await readFile(join(folder, 'one.xlsx'))).subarray(0, 2).toString()).toBe('PK');
    for (const path of [join(folder, 'missing', 'x.pdf'), folder])
      await expect(run(session, { customer: 'C-1', pdf: path })).rejects.toMatchObject({ code: 'output.unwritable' });
    expect((await readdir(folder)).toSorted()).toEqual(['one.pdf', 'one.xlsx', 'precious']);
    await expect(run(session, { all: true, out: join(folder, 'precious') })).rejects.toMatchObject({ code: 'output.unwritable' });
  });

  it('is asked for by customer or by --all, not by both or neither', () => {
    for (const input of [
      {},
      { customer: 'C-1', all: true },
      { all: true },
      { all: true, out: 'x', pdf: 'y' },
      { customer: 'C-1', pdf: 'a\0b' },
    ])
      expect(statementCommand.schema.safeParse(input).success).toBe(false);
  });
});
