/**
 * Every case of the shared list that a ledger file can hold, imported for real: a file on disk, through the app, into PostgreSQL. What the
 * list requires is compared with what was stored or refused. A case that no file can hold, or that another test decides, says so.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { importLedger, type ImportOutcome, type ImportRequest } from '../../../src/app/import-ledger.ts';
import { ImportRefused } from '../../../src/app/import/import-refused.ts';
import type { Session } from '../../../src/app/session.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { badInputs, badText, hasBadInputs, type BadInput } from '../../support/bad-inputs.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, MONDAY, testInstallation } from '../installation.ts';
import { makeWorkbook, makeZip } from '../../intake/archive/make-zip.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'wafa-bad-'));
let files = 0;

const write = (content: string | Uint8Array, ending = '.csv'): string => {
  const path = join(folder, `${(files += 1)}${ending}`);
  writeFileSync(path, content);
  return path;
};
const quoted = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
const table = (headings: string, rows: readonly (readonly string[])[]): string => [headings, ...rows.map(quoted)].join('\n');
const rowsOf = async ({ companyId }: Session, sql: string): Promise<readonly Record<string, string>[]> =>
  (await database().admin.query<Record<string, string>>(sql, [companyId])).rows;
const company = (code: string): Promise<Session> => companyWith(testInstallation(database(), { at: MONDAY }), { code });

/** What became of each row of a file that was taken in part: its warnings, or why it is out. */
interface Fates {
  readonly outcome: ImportOutcome;
  readonly rejected: ReadonlyMap<number, string>;
}

async function inPart(session: Session, request: ImportRequest): Promise<Fates> {
  const outcome = await importLedger(session, { ...request, partial: {} });
  const { path } = outcome.rejected;
  const lines = path === null ? [] : [...readFileSync(path, 'utf8').matchAll(/^\uFEFF?"(\d+)","((?:[^"]|"")*)"/gm)];
  return { outcome, rejected: new Map(lines.map(([, row, problem]) => [Number(row), problem ?? ''])) };
}

/** Fates by the case's id; the case in place 0 stands in row 2. */
const fateAt = ({ rejected }: Fates, at: number): string => rejected.get(at + 2) ?? 'taken';
const warningsAt = ({ outcome }: Fates, at: number): readonly string[] =>
  outcome.warnings.flatMap(({ code, at: place }) => (place.row === at + 2 && code !== 'import.sister-companies' ? [code] : []));
const isRejected = ({ expect: wanted }: BadInput): boolean => wanted.startsWith('reject');

describe.skipIf(!hasBadInputs)('every bad name', () => {
  const cases = badInputs('names');
  const texts = cases.filter((each) => badText(each) !== null);
  let fates: Fates;
  let stored: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const session = await company('BADNAMES');
    const path = write(
      table(
        'customer_code,name',
        texts.map((each) => [each.id, badText(each) ?? '']),
      ),
    );
    fates = await inPart(session, { path, mapping: 'wafa', kind: 'customers' });
    stored = new Map(
      (await rowsOf(session, 'select code, name from customers where company_id = $1')).map(({ code = '', name = '' }) => [code, name]),
    );
  }, 120_000);

  const placed = texts.map((each, at) => [each.id, each.expect, each, at] as const);

  it.each(placed.filter(([, , each]) => isRejected(each)))('%s: %s', (id, _wanted, _each, at) => {
    expect([fateAt(fates, at), stored.has(id)]).toEqual([expect.not.stringMatching(/^taken$/), false]);
    expect(fateAt(fates, at)).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
  });

  it.each(placed.filter(([, , each]) => !isRejected(each)))('%s: %s', (id, wanted, each, at) => {
    const text = badText(each) ?? '';
    expect([fateAt(fates, at), stored.get(id)]).toEqual(['taken', text.normalize('NFC').replaceAll('\u00AD', '')]);
    expect(warningsAt(fates, at)).toEqual(expect.arrayContaining(wanted.startsWith('accept_flag') ? ['import.mixed-script'] : []));
  });

  it.each(cases.filter(({ b64 }) => b64 !== undefined).map((each) => [each.id, each] as const))(
    '%s: bytes that are no text refuse the file',
    async (id, { b64 }) => {
      const session = await company(id.replace('-', ''));
      const path = write(
        Buffer.concat([Buffer.from('customer_code,name\nC-\u0639,'), Buffer.from(b64 ?? '', 'base64'), Buffer.from('\n')]),
      );
      await expect(importLedger(session, { path, mapping: 'wafa', kind: 'customers' })).rejects.toMatchObject({
        code: expect.stringMatching(/^import\.encoding/) as unknown,
      });
    },
  );

  it('and no case is left out', () => {
    expect(cases.every((each) => badText(each) !== null || each.b64 !== undefined)).toBe(true);
    expect(cases.length).toBeGreaterThan(40);
  });
});

describe.skipIf(!hasBadInputs)('every bad address', () => {
  const cases = badInputs('emails');
  let fates: Fates;
  let stored: ReadonlyMap<string, string>;
  const normalised: Readonly<Record<string, string>> = {
    'E-002': 'Accounts@acme.example',
    'E-003': 'accounts@acme.example',
    'E-005': 'a@xn--bcher-kva.example',
  };
  /** A whole sample ledger has reserved domains: the warning would bury the others, and the mail side refuses to deliver there anyway. */
  const flags: Readonly<Record<string, readonly string[]>> = {
    'E-048': ['import.odd-address'],
    'E-050': ['import.odd-address'],
    'E-053': [],
  };

  beforeAll(async () => {
    const session = await company('BADMAILS');
    await database().admin.query("update companies set mail_from_address = 'ar@our-own-company.example' where company_id = $1", [
      session.companyId,
    ]);
    const path = write(
      table(
        'customer_code,name,email',
        cases.map((each) => [each.id, each.id, badText(each) ?? '']),
      ),
    );
    fates = await inPart(session, { path, mapping: 'wafa', kind: 'customers' });
    const rows = await rowsOf(
      session,
      'select c.code, k.address from customers c join contacts k on k.company_id = c.company_id and k.customer_id = c.id where c.company_id = $1',
    );
    stored = new Map(rows.map(({ code = '', address = '' }) => [code, address]));
  }, 120_000);

  const placed = cases.map((each, at) => [each.id, each.expect, each, at] as const);

  it.each(placed.filter(([, , each]) => isRejected(each)))('%s: %s', (id, _wanted, _each, at) => {
    expect([fateAt(fates, at), stored.has(id)]).toEqual([expect.stringMatching(/the address/), false]);
  });

  it.each(placed.filter(([, , each]) => !isRejected(each)))('%s: %s', (id, _wanted, each, at) => {
    expect([fateAt(fates, at), stored.get(id)]).toEqual(['taken', normalised[id] ?? badText(each)]);
    expect(warningsAt(fates, at)).toEqual(flags[id] ?? []);
  });
});

interface Notation {
  readonly decimal?: string;
  readonly thousands?: string;
  readonly negatives?: string;
  readonly dates?: string;
  readonly otherColumns?: string;
  readonly delimiter?: string;
}

const FIELDS = { number: 'number', customerCode: 'customer', issuedOn: 'issued', dueOn: 'due', currency: 'currency', total: 'total' };
const mappingFile = (notation: Notation, fields: object = FIELDS, more: object = {}): string =>
  write(
    JSON.stringify({
      name: `bad-${files}`,
      title: 'Bad',
      source: 'a test',
      ledger: 'transactions',
      dates: 'yyyy-mm-dd',
      otherColumns: 'ignore',
      ...notation,
      ...more,
      files: {
        invoices: { yields: { customers: { fields: { code: 'customer', name: 'customer' } }, invoices: { fields } } },
        'credit-notes': { yields: { 'credit-notes': { fields } } },
      },
    }),
    '.json',
  );

describe.skipIf(!hasBadInputs)('every bad amount', () => {
  const english = { thousands: ',' };
  /** Case, notation, currency, and what is stored in minor units; `null`: refused. */
  const READ: readonly (readonly [id: string, notation: Notation, currency: string, minor: string | null])[] = [
    ['A-002', english, 'AED', '123456'],
    ['A-003', { decimal: ',', thousands: '.' }, 'AED', '123456'],
    ['A-003', english, 'AED', null],
    ['A-005', { decimal: ',', thousands: 'space' }, 'AED', '123456'],
    ['A-005', english, 'AED', null],
    ['A-006', english, 'AED', '123456'],
    ...['A-008', 'A-009', 'A-011', 'A-012', 'A-014', 'A-015'].map((id) => [id, english, 'AED', null] as const),
    ...['A-020', 'A-021', 'A-023', 'A-024', 'A-027', 'A-029'].map((id) => [id, english, id === 'A-027' ? 'JPY' : 'AED', null] as const),
    ['A-026', english, 'KWD', '12345'],
    ['A-026', english, 'AED', null],
    // A hundred times as many fils are more than a row may hold: decision 0012. Never rounded.
    ['A-030', english, 'JPY', '9007199254740993'],
    ['A-030', english, 'AED', null],
    ...['A-032', 'A-033', 'A-035'].map((id) => [id, english, 'AED', null] as const),
  ];
  const cases = new Map(badInputs('amounts').map((each) => [each.id, each]));
  let session: Session;
  beforeAll(async () => {
    session = await company('BADSUMS');
  });

  it.each(READ)('%s as %j in %s: %s', async (id, notation, currency, minor) => {
    const number = `${id}-${(files += 1)}`;
    const rows = [
      [number, 'C-1', '2026-09-01', '2026-10-01', currency, cases.get(id)?.input ?? ''],
      // One row that is right, so that the file is taken in part.
      [`${number}-right`, 'C-1', '2026-09-01', '2026-10-01', 'AED', '1'],
    ];
    const path = write(table('number,customer,issued,due,currency,total', rows));
    const fates = await inPart(session, { path, mapping: mappingFile(notation), kind: 'invoices' });
    const [stored] = (await rowsOf(session, `select number, total_minor::text as total from invoices where company_id = $1`)).filter(
      (row) => row['number'] === number,
    );
    expect([stored?.['total'] ?? null, fateAt(fates, 0) === 'taken']).toEqual([minor, minor !== null]);
  });

  it.each(['A-017', 'A-018'])('%s: a document over nothing is left out, with a warning', async (id) => {
    const path = write(
      table('number,customer,issued,due,currency,total', [[id, 'C-1', '2026-09-01', '2026-10-01', 'AED', cases.get(id)?.input ?? '']]),
    );
    const outcome = await importLedger(session, { path, mapping: mappingFile(english), kind: 'invoices' });
    expect([outcome.counts.documentsAdded, outcome.warnings.map(({ code }) => code)]).toEqual([0, ['import.zero-document']]);
  });

  it.each([
    ['A-020', 'brackets'],
    ['A-021', 'trailing-minus'],
  ])('%s: a credit of 100.00 where the ledger writes credits so', async (id, negatives) => {
    const path = write(
      table('number,customer,issued,due,currency,total', [[id, 'C-1', '2026-09-01', '', 'AED', cases.get(id)?.input ?? '']]),
    );
    const mapping = mappingFile({ negatives }, FIELDS, { creditAmounts: 'negative' });
    expect((await importLedger(session, { path, mapping, kind: 'credit-notes' })).counts.documentsAdded).toBe(1);
    const rows = await rowsOf(
      session,
      "select number, total_minor::text as total from invoices where company_id = $1 and kind = 'CREDIT_NOTE'",
    );
    expect(rows).toContainEqual({ number: id, total: '10000' });
  });

  it('A-036, A-038, A-039: a currency in any case, but no other', async () => {
    const ids = ['A-036', 'A-038', 'A-039'];
    const path = write(
      table(
        'number,customer,issued,due,currency,total',
        ids.map((id) => [id, 'C-1', '2026-09-01', '2026-10-01', cases.get(id)?.input ?? '', '1']),
      ),
    );
    const fates = await inPart(session, { path, mapping: mappingFile(english), kind: 'invoices' });
    expect([...fates.rejected].map(([row, problem]) => [row, problem.includes('currency')])).toEqual([
      [3, true],
      [4, true],
    ]);
    expect(await rowsOf(session, "select currency from invoices where company_id = $1 and number = 'A-036'")).toEqual([
      { currency: 'USD' },
    ]);
  });

  it('amounts that come to more than the ledger can add up refuse the file', async () => {
    const rows = Array.from({ length: 12 }, (_, at) => [`L-${at}`, 'C-1', '2026-09-01', '2026-10-01', 'AED', '99999999999999.99']);
    const path = write(table('number,customer,issued,due,currency,total', rows));
    await expect(importLedger(session, { path, mapping: mappingFile(english), kind: 'invoices' })).rejects.toMatchObject({
      code: 'import.total-too-large',
    });
  });

  it('and no case is left out', () => {
    const read = new Set([...READ.map(([id]) => id), 'A-017', 'A-018', 'A-036', 'A-038', 'A-039']);
    expect([...cases.keys()].filter((id) => !read.has(id))).toEqual(decidedElsewhere('amounts'));
  });
});

describe.skipIf(!hasBadInputs)('every bad day', () => {
  const cases = badInputs('dates').filter(({ input }) => input !== undefined);
  const stored: Readonly<Record<string, string>> = { 'D-003': '2028-02-29', 'D-026': '2026-11-22' };
  let fates: Fates;
  let session: Session;
  let due: ReadonlyMap<string, string>;

  beforeAll(async () => {
    session = await company('BADDAYS');
    const path = write(
      table(
        'number,customer,issued,due,currency,total',
        cases.map((each) => [each.id, 'C-1', '2026-09-01', badText(each) ?? '', 'AED', '1']),
      ),
    );
    fates = await inPart(session, { path, mapping: mappingFile({}), kind: 'invoices' });
    const rows = await rowsOf(session, 'select number, due_on::text as due from invoices where company_id = $1');
    due = new Map(rows.map(({ number = '', due: on = '' }) => [number, on]));
  }, 120_000);

  it.each(cases.map((each, at) => [each.id, each.expect, at] as const))('%s: %s', (id, wanted, at) => {
    expect(id in stored || !wanted.startsWith('accept_as_is')).toBe(true);
    expect([fateAt(fates, at) === 'taken', due.get(id)]).toEqual([id in stored, stored[id]]);
  });

  it('D-015: a file whose days fit both ways is refused until somebody says which', async () => {
    const path = write(table('number,customer,issued,due,currency,total', [['D-015', 'C-1', '03/04/2026', '05/06/2026', 'AED', '1']]));
    const request = { path, mapping: mappingFile({ dates: 'by-file' }), kind: 'invoices' } as const;
    await expect(importLedger(session, request)).rejects.toMatchObject({ code: 'import.ambiguous-dates' });
    expect((await importLedger(session, { ...request, choices: { dates: 'dmy' } })).counts.documentsAdded).toBe(1);
    expect(await rowsOf(session, "select due_on::text as due from invoices where company_id = $1 and number = 'D-015'")).toEqual([
      { due: '2026-06-05' },
    ]);
  });

  it('D-017: a day of the other order is read by a mapping that says so', async () => {
    const path = write(table('number,customer,issued,due,currency,total', [['D-017', 'C-1', '09/01/2026', '11/22/2026', 'AED', '1']]));
    await importLedger(session, { path, mapping: mappingFile({ dates: 'm/d/yyyy' }), kind: 'invoices' });
    expect(await rowsOf(session, "select due_on::text as due from invoices where company_id = $1 and number = 'D-017'")).toEqual([
      { due: '2026-11-22' },
    ]);
  });

  it('and no case is left out', () => {
    expect(
      badInputs('dates')
        .filter(({ input }) => input === undefined)
        .map(({ id }) => id),
    ).toEqual(decidedElsewhere('dates'));
  });
});

describe.skipIf(!hasBadInputs)('every bad file', () => {
  const cases = new Map(badInputs('csv_import').map((each) => [each.id, each]));
  const content = (id: string): Uint8Array =>
    Buffer.from(cases.get(id)?.b64 ?? cases.get(id)?.input ?? '', cases.get(id)?.b64 === undefined ? 'utf8' : 'base64');
  const constant = {
    customerCode: { constant: 'C-1' },
    issuedOn: { constant: '2026-09-01' },
    dueOn: { constant: '2026-10-01' },
    currency: { constant: 'AED' },
  };
  const invoices = (number: string, total: unknown, notation: Notation = {}): string =>
    write(
      JSON.stringify({
        name: `file-${files}`,
        title: 'File',
        source: 'a test',
        ledger: 'transactions',
        dates: 'yyyy-mm-dd',
        otherColumns: 'refuse',
        ...notation,
        files: {
          invoices: {
            yields: {
              customers: { fields: { code: { constant: 'C-1' }, name: { constant: 'C' } } },
              invoices: { fields: { ...constant, number, total } },
            },
          },
        },
      }),
      '.json',
    );
  let companies = 0;

  /** What is in the ledger of a new company after the import, or why it was refused. */
  async function outcome(path: string, mapping = invoices('invoice_no', 'amount')): Promise<string> {
    const session = await company(`FILE${(companies += 1)}`);
    try {
      await importLedger(session, { path, mapping, kind: 'invoices' });
    } catch (error) {
      if (error instanceof ImportRefused) return error.faults.map(({ code, at }) => `${code}@${at.row ?? ''}`).join(' ');
      if (error instanceof OperatorError) return error.code;
      throw error;
    }
    const rows = await rowsOf(session, 'select number, total_minor::text as total from invoices where company_id = $1 order by id');
    return rows.map(({ number, total }) => `${number ?? ''}=${total ?? ''}`).join(' ');
  }

  it.each([
    ['CI-002', '1=1000'],
    ['CI-006', 'import.empty-file'],
    ['CI-008', 'import.missing-heading'],
    ['CI-009', 'import.duplicate-heading'],
    ['CI-011', 'import.unknown-heading'],
    ['CI-012', 'import.tenant-column'],
    ['CI-015', '1=1000'],
    ['CI-017', '1=1000'],
    ['CI-018', '1=1000 2=2000 3=3000'],
    ['CI-020', 'import.bad-quote'],
    ['CI-023', 'import.column-count@2'],
    ['CI-024', '1=1000'],
    ['CI-026', '000123=1000 123=1000'],
    ['CI-027', 'import.duplicate-in-file@3'],
    ['CI-029', 'import.bad-identifier@2'],
    ['CI-053', 'import.bad-identifier@2'],
  ])('%s: %s', async (id, wanted) => expect(await outcome(write(content(id)))).toBe(wanted));

  it('CI-003, CI-005, CI-014, CI-021: what the mapping and the bytes say decides', async () => {
    expect(await outcome(write(content('CI-003')), invoices('name', { constant: '1' }))).toBe('شركة=100');
    expect(await outcome(write(content('CI-005')), invoices('a', 'b'))).toBe('import.bad-cell@2');
    expect(await outcome(write(content('CI-014')), invoices('invoice_no', 'amount', { decimal: ',' }))).toBe('1=1050');
    expect(await outcome(write(content('CI-014')))).toBe('import.bad-amount@2');
    expect(await outcome(write(content('CI-021')), invoices('invoice_no', { constant: '1' }, { otherColumns: 'ignore' }))).toBe('1=100');
  });

  it('CI-030, CI-033: what is too wide or too big is refused before it is read', async () => {
    expect(await outcome(write(`${'a,'.repeat(100_000)}\n`))).toBe('import.too-many-columns');
    const sparse = write('invoice_no,amount\n');
    truncateSync(sparse, 10_737_418_240);
    expect(await outcome(sparse)).toBe('import.file-too-big');
    truncateSync(sparse, 0);
  });

  it('CI-035, CI-036, CI-038: only plain files with something in them', async () => {
    // Where there is no such file, that is what is said.
    expect(await outcome('/proc/self/environ')).toMatch(/^import\.(?:empty-file|outside-folder|not-found)$/);
    const pipe = join(folder, 'pipe.csv');
    execFileSync('mkfifo', [pipe]);
    expect([await outcome(pipe), await outcome(folder)]).toEqual(['import.not-regular-file', 'import.not-regular-file']);
  });

  it('CI-044, CI-045, CI-047, CI-048, CI-050, CI-051: archives and workbooks that are not what they seem', async () => {
    const zip = (name: string, mode?: number): string =>
      write(makeZip([{ name, content: 'x', ...(mode === undefined ? {} : { mode }) }]), '.zip');
    const ubl = async (path: string): Promise<string> =>
      await importLedger(await company(`FILE${(companies += 1)}`), { path, mapping: 'ubl' }).then(
        () => 'taken',
        (error: unknown) => (error instanceof OperatorError ? error.code : 'BUG'),
      );
    expect(await ubl(zip('../../.ssh/authorized_keys'))).toBe('import.zip-path');
    expect(await ubl(zip('c.xml', 0o120777))).toBe('import.zip-symlink');
    const entity = (text: string): string => write(makeWorkbook([['invoice_no', 'amount']], { 'xl/sharedStrings.xml': text }), '.xlsx');
    expect(await outcome(entity('<!DOCTYPE sst [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><sst><si><t>&xxe;</t></si></sst>'))).toBe(
      'import.dtd',
    );
    expect(await outcome(entity('<!DOCTYPE sst [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'))).toBe(
      'import.dtd',
    );
    expect(await outcome(write('%PDF-1.7\n'))).toBe('import.content-type');
    expect(await outcome(write('<!DOCTYPE html><title>Log in</title>'))).toBe('import.content-type');
  });

  it('and no case is left out', () => {
    const here = [...readFileSync(import.meta.filename, 'utf8').matchAll(/CI-\d{3}/g)].map(([id]) => id);
    const elsewhere = new Set(decidedElsewhere('csv_import'));
    expect([...cases.keys()].filter((id) => !here.includes(id))).toEqual([]);
    expect([...elsewhere].every((id) => cases.has(id))).toBe(true);
  });
});

/** Cases of a group that are decided by a test named here, with the words that test has of them. */
function decidedElsewhere(group: string): readonly string[] {
  const places = ELSEWHERE[group] ?? {};
  for (const [file, ids] of Object.entries(places)) {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    for (const [id, words] of Object.entries(ids)) expect(text, `${id} in ${file}`).toContain(words);
  }
  return Object.values(places)
    .flatMap((ids) => Object.keys(ids))
    .toSorted();
}

/** Why not here: several imports one after the other or at once, a clock instead of a file, a million rows, or a user who is not root. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  amounts: { 'app/import/required-outcomes.test.ts': { 'A-041': 'A-041', 'A-042': 'A-042' } },
  dates: { 'app/import/required-outcomes.test.ts': { 'D-032': 'D-032', 'D-033': 'D-033', 'D-035': 'D-035', 'D-036': 'D-036' } },
  csv_import: {
    'app/import/required-outcomes.test.ts': { 'CI-041': 'CI-041', 'CI-042': 'CI-042' },
    'intake/bad-inputs.test.ts': { 'CI-032': 'CI-032' },
    'intake/csv/ledger-file.test.ts': { 'CI-039': 'permission' },
    'intake/xlsx/workbook-rows.test.ts': { 'CI-050': 'hidden' },
  },
};
