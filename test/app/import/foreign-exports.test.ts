/** Exports of other programs and e-invoices, from the file to the ledger. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importLedger } from '../../../src/app/import-ledger.ts';
import type { Session } from '../../../src/app/session.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { csvFile } from './csv-file.ts';
import { makeZip } from '../../intake/archive/make-zip.ts';
import { ublCreditNote, ublInvoice } from '../../intake/ubl/ubl-text.ts';
import { sharedMaterial } from '../../support/shared-material.ts';

const database = testDatabase();
const company = (code: string): Promise<Session> =>
  companyWith(testInstallation(database(), { at: '2026-11-23T10:00:00+04:00' }), { code });

/** What was written, or the code of the refusal. */
const outcome = async (session: Session, path: string): Promise<string> =>
  await importLedger(session, { path }).then(
    ({ kind, mapping, counts, file }) =>
      `${mapping} ${kind}: ${counts.customersAdded} customers, ${counts.contactsWritten} contacts, ${counts.documentsAdded} documents, ${file.filteredRows} left out`,
    (error: unknown) => (error instanceof OperatorError ? error.code : String(error)),
  );

describe('an expected payment day', () => {
  const HEADINGS =
    'Invoice Date,Invoice Number,Invoice Status,Customer Name,Customer ID,Due Date,Expected Payment Date,PurchaseOrder,Currency Code,Total,Balance';
  const line = (expected: string, balance = '100.00'): string =>
    `2026-10-01,INV-1,Sent,Noor,C-1,2026-10-31,${expected},LPO-7,AED,100.00,${balance}`;

  it('becomes a promise once, not again for the same file, and not for a day that has passed', async () => {
    const session = await company('ZOHO');
    const promises = async (): Promise<readonly unknown[]> =>
      (
        await database().admin.query<{ kind: string }>(
          `select kind, promised_on::text as on, ended_at is null as stands from blocks where company_id = $1`,
          [session.companyId],
        )
      ).rows;
    expect(await outcome(session, await csvFile(HEADINGS, line('2026-11-01')))).toBe(
      'zoho-books imported: 1 customers, 0 contacts, 1 documents, 0 left out',
    );
    expect(await promises()).toEqual([]);
    await outcome(session, await csvFile(HEADINGS, line('2026-11-30')));
    expect(await promises()).toEqual([{ kind: 'PROMISE', on: '2026-11-30', stands: true }]);
    expect(await outcome(session, await csvFile(HEADINGS, line('2026-11-30')))).toMatch(/^zoho-books nothing-new/);
    await outcome(session, await csvFile(HEADINGS, line('2026-12-15')));
    expect(await promises()).toEqual([{ kind: 'PROMISE', on: '2026-11-30', stands: true }]);
  });
});

describe('e-invoices', () => {
  it('come in from an archive, a credit note beside its invoice, and the same archive again changes nothing', async () => {
    const session = await company('UBL');
    const reference =
      '<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>INV-1</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>';
    const path = join(await mkdtemp(join(tmpdir(), 'wafa-ubl-')), 'october.zip');
    await writeFile(
      path,
      makeZip([
        { name: 'a.xml', content: ublInvoice({}) },
        { name: 'b.xml', content: ublCreditNote({ ID: 'CN-1', more: reference, payable: '50.00' }) },
      ]),
    );
    expect(await outcome(session, path)).toBe('ubl imported: 1 customers, 1 contacts, 2 documents, 0 left out');
    expect(await outcome(session, path)).toMatch(/^ubl nothing-new/);
  });
});

const SHARED = sharedMaterial('data');

describe.skipIf(!existsSync(SHARED))('every shared file (only where they are)', () => {
  const WANTED: Readonly<Record<string, string>> = {
    'freshbooks_clients.csv': 'freshbooks imported: 2 customers, 2 contacts, 0 documents, 0 left out',
    'freshbooks_invoices.csv': 'freshbooks imported: 1 customers, 0 contacts, 1 documents, 0 left out',
    'i2g_invoices.csv': 'invoice2go imported: 4 customers, 4 contacts, 4 documents, 0 left out',
    'invoicely_invoices.csv': 'invoicely imported: 1 customers, 0 contacts, 1 documents, 0 left out',
    'zoho_contacts.csv': 'zoho-books imported: 5 customers, 5 contacts, 0 documents, 0 left out',
    // Drafts only: that nothing new came of them still says how old the ledger is.
    'zoho_invoices.csv': 'zoho-books imported: 0 customers, 0 contacts, 0 documents, 13 left out',
  };

  it.each(Object.keys(WANTED))('%s', async (file) => {
    const session = await company(file.replace(/\W/g, '').slice(0, 12).toUpperCase());
    expect(await outcome(session, `${SHARED}/exports/${file}`)).toBe(WANTED[file]);
  });

  it('each UBL example comes in by itself, or is refused for what it lacks', async () => {
    const files = ['peppol-bis-3', 'pint-ae-2026.5'].flatMap((set) =>
      readdirSync(`${SHARED}/ubl/${set}`)
        .filter((file) => file.endsWith('.xml'))
        .map((file) => `${SHARED}/ubl/${set}/${file}`),
    );
    const refused: Record<string, string> = {};
    for (const [index, path] of files.entries()) {
      const said = await outcome(await company(`U${index}`), path);
      if (!said.startsWith('ubl imported: 1 customers')) refused[path.slice(path.lastIndexOf('/') + 1)] = said;
    }
    expect(refused).toEqual({
      'base-creditnote-correction.xml': 'import.unknown-linked-invoice',
      'base-negative-inv-correction.xml': 'import.wrong-sign',
      'billing__cn__Disclosed_agent_billing_tax_credit_note.xml': 'import.unknown-linked-invoice',
      'billing__cn__Standard_tax_credit_Note.xml': 'import.unknown-linked-invoice',
      'billing__inv__Deemed.supply.-.predefined.endpoint.xml': 'import.missing-due-date',
      'selfbilling__cn__Self_billing_tax_credit_note.xml': 'import.self-billed',
      'selfbilling__inv__Self_Billing.xml': 'import.self-billed',
    });
  });

  it('the PINT-AE folder as a whole is refused: it holds one number several times, and one UUID under two numbers', async () => {
    expect(await outcome(await company('FOLDER'), `${SHARED}/ubl/pint-ae-2026.5`)).toMatch(
      /^import\.(?:duplicate-in-file|duplicate-key|self-billed)$/,
    );
  });
});
