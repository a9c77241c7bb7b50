import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { link, mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';

import { readConfiguration } from '../../../src/app/configuration/read-configuration.ts';
import { fileNameOf, readInvoiceFile } from '../../../src/app/requested/invoice-file.ts';
import { orderCopies } from '../../../src/app/requested/order-copies.ts';
import { readRequested } from '../../../src/app/requested/settle-requested.ts';
import { openSession, type Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { startInbox, type MailInbox } from '../../support/mail-inbox.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { sendThrough } from '../sending-day.ts';

const database = testDatabase();
const PDF = '%PDF-1.7\nan invoice\n';

let folder = '';
let box: MailInbox;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wafa-invoices-'));
  box = await startInbox();
});
afterEach(() => box.close());

let companies = 0;
/** Two customers with two invoices each; one number has a slash in it. */
async function company(): Promise<Session> {
  companies += 1;
  const code = `COPY${companies}`;
  const installation = testInstallation(database());
  const session = await companyWith(installation, { code, phone: '+971 4 000 0000', contactPerson: 'Mariam' });
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('C-2', { language: 'AR' })],
    invoices: [
      invoice('C-1', 'INV-1', '500', '2026-11-02'),
      invoice('C-1', '2026/104', '900', '2026-11-02'),
      invoice('C-2', 'INV-2', '300', '2026-11-02'),
    ],
  });
  await mkdir(join(folder, code));
  for (const name of ['INV-1.pdf', '2026%2F104.pdf', 'INV-2.pdf']) await writeFile(join(folder, code, name), `${PDF}${name}`);
  const configuration = readConfiguration({ WAFA_HOME: '/nonexistent', WAFA_INVOICE_FOLDER: folder });
  return await openSession({ ...installation, configuration }, code);
}

describe('copies of invoices', () => {
  it('go to the customer they belong to, one mail each, with the files as they are', async () => {
    const session = await company();
    await orderCopies(session, ['INV-1', '2026/104', 'INV-2'], false);
    expect(await sendThrough(session, box.url)).toMatchObject({ requested: { sent: 2 } });
    const [first, second] = box.received;
    expect(first?.recipients).toEqual(['accounts@c-1.example']);
    expect(first?.mail.attachments.map(({ filename }) => filename)).toEqual(['INV-1.pdf', '2026-104.pdf']);
    expect(Buffer.from(first?.mail.attachments[1]?.content as ArrayBuffer).toString()).toBe(`${PDF}2026%2F104.pdf`);
    expect(second?.recipients).toEqual(['accounts@c-2.example']);
    expect(second?.mail.text).toContain('نسخة من الفاتورة التالية');
  });

  it('of one day go again only when it is said', async () => {
    const session = await company();
    await orderCopies(session, ['INV-1'], false);
    await expect(orderCopies(session, ['2026/104', 'INV-1'], false)).rejects.toMatchObject({ code: 'requested.already' });
    expect(await orderCopies(session, ['INV-1'], true)).toHaveLength(1);
  });

  it('do not leave when the file was exchanged after they were ordered', async () => {
    const session = await company();
    const ids = await orderCopies(session, ['INV-1'], false);
    await writeFile(join(folder, session.companyCode, 'INV-1.pdf'), `${PDF}another`);
    expect(await sendThrough(session, box.url)).toMatchObject({ requested: { sent: 0, cancelled: 1 } });
    expect((await readRequested(session, ids))[0]?.statusReason).toContain('the file');
    expect(box.received).toEqual([]);
  });

  it('are ordered all or not at all', async () => {
    const session = await company();
    await rm(join(folder, session.companyCode, 'INV-2.pdf'));
    await expect(orderCopies(session, ['INV-1', 'INV-2'], false)).rejects.toMatchObject({ code: 'copy.no-file' });
    expect(await sendThrough(session, box.url)).toMatchObject({ requested: { sent: 0 } });
  });

  it('of what the ledger does not know are refused', async () => {
    await expect(orderCopies(await company(), ['../ALPHA/INV-1'], false)).rejects.toMatchObject({ code: 'invoice.unknown' });
  });
});

describe('the file of an invoice', () => {
  const place = async (name: string, content = PDF): Promise<string> => {
    await mkdir(join(folder, 'ACME'), { recursive: true });
    const path = join(folder, 'ACME', name);
    await writeFile(path, content);
    return path;
  };
  const read = (number: string, root: string | undefined = folder) => readInvoiceFile(root, 'ACME', number);

  it('is read when it is a PDF of that name', async () => {
    await place('INV-9.pdf');
    expect((await read('INV-9')).toString()).toBe(PDF);
  });

  it('is not looked for without a folder', async () => {
    await expect(readInvoiceFile('', 'ACME', 'INV-9')).rejects.toMatchObject({ code: 'copy.no-folder' });
  });

  it('is nothing but a PDF', async () => {
    await place('INV-9.pdf', '<html>%PDF-');
    await expect(read('INV-9')).rejects.toMatchObject({ code: 'copy.not-pdf' });
    await place('INV-9.pdf', '');
    await expect(read('INV-9')).rejects.toMatchObject({ code: 'copy.not-pdf' });
  });

  it('is at most 10 MB', async () => {
    await truncate(await place('INV-9.pdf'), 10 * 1024 * 1024);
    await expect(read('INV-9')).resolves.toHaveLength(10 * 1024 * 1024);
    await truncate(await place('INV-9.pdf'), 10 * 1024 * 1024 + 1);
    await expect(read('INV-9')).rejects.toMatchObject({ code: 'copy.too-large' });
  });

  it('is no link, wherever it leads, and no folder or pipe', async () => {
    const real = await place('real.pdf');
    await symlink(real, join(folder, 'ACME', 'INV-9.pdf'));
    await expect(read('INV-9')).rejects.toMatchObject({ code: 'copy.link' });
    await mkdir(join(folder, 'ACME', 'INV-8.pdf'));
    await expect(read('INV-8')).rejects.toMatchObject({ code: 'copy.no-file' });
    spawnSync('mkfifo', [join(folder, 'ACME', 'INV-7.pdf')]);
    await expect(read('INV-7')).rejects.toMatchObject({ code: 'copy.no-file' });
    // The same file by its own name is read: it is the link that is refused.
    await link(real, join(folder, 'ACME', 'INV-6.pdf'));
    await expect(read('INV-6')).resolves.toHaveLength(PDF.length);
  });

  it('lies in the folder of its own company, not behind a link to another', async () => {
    await place('INV-9.pdf');
    await symlink(join(folder, 'ACME'), join(folder, 'BETA'));
    await expect(readInvoiceFile(folder, 'BETA', 'INV-9')).rejects.toMatchObject({ code: 'copy.link' });
    await expect(readInvoiceFile(folder, 'GAMMA', 'INV-9')).rejects.toMatchObject({ code: 'copy.no-file' });
  });

  it.each(['../secret', '/etc/passwd', '..', '.', 'a/../../b', '..\\secret', 'INV\0', '.hidden', 'C:INV', 'x\n'])(
    'of the number %j is looked for inside the folder',
    async (number) => {
      await writeFile(join(folder, 'secret.pdf'), PDF);
      await place('other.pdf');
      expect(fileNameOf(number)).not.toMatch(/[/\\\0:]|^\.|\p{Cc}/u);
      await expect(read(number)).rejects.toMatchObject({ code: 'copy.no-file' });
    },
  );

  it('is never that of another number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 20 }), (one, other) => {
        fc.pre(one.normalize('NFC') !== other.normalize('NFC'));
        expect(fileNameOf(one)).not.toBe(fileNameOf(other));
      }),
    );
    expect(fileNameOf('INV/1')).not.toBe(fileNameOf('INV-1'));
    expect(fileNameOf('INV%2F1')).not.toBe(fileNameOf('INV/1'));
    expect(fileNameOf('%2Ex')).not.toBe(fileNameOf('.x'));
  });
});
