import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadMapping } from '../../../src/intake/mapping.ts';
import { decimalText } from '../../../src/domain/money.ts';
import { bytesSource, readWhole } from '../reading.ts';
import { ublCreditNote, ublInvoice } from './ubl-text.ts';
import { sharedMaterial } from '../../support/shared-material.ts';

const mapping = await loadMapping('ubl');
const read = (text: string, ownTrn?: string) => readWhole({ source: bytesSource(text), mapping, kind: 'invoices', ownTrn });
const codes = async (text: string, ownTrn?: string): Promise<readonly string[]> =>
  (await read(text, ownTrn)).faults.map(({ code }) => code);

describe('a UBL document', () => {
  it('becomes an invoice and its customer, by the prefix of any program', async () => {
    const text = ublInvoice({ UUID: 'a1b2', more: '<cac:OrderReference><cbc:ID>PO-7</cbc:ID></cac:OrderReference>' });
    for (const each of [text, text.replaceAll('cbc:', 'q:').replaceAll('xmlns:cbc', 'xmlns:q')]) {
      const { invoices, customers, faults } = await read(each);
      expect(faults).toEqual([]);
      expect(invoices).toMatchObject([
        { kind: 'INVOICE', number: 'INV-1', totalMinor: 105_000n, openMinor: null, sourceKey: 'a1b2', customerReference: 'PO-7' },
      ]);
      expect(customers).toMatchObject([
        { code: '100345678900003', name: 'Noor Trading LLC', trn: '100345678900003', contacts: [{ address: 'ap@noor.example' }] },
      ]);
    }
  });

  it('that credits has a positive amount, no due day, and the invoice it is for', async () => {
    const reference =
      '<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>INV-1</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>';
    const { invoices } = await read(ublCreditNote({ ID: 'CN-1', more: reference }));
    expect(invoices).toMatchObject([{ kind: 'CREDIT_NOTE', totalMinor: 105_000n, dueOn: null, linkedNumber: 'INV-1' }]);
  });

  it('without a due day gets one from plain terms, marked as computed; a discount is no due day', async () => {
    const terms = (note: string) =>
      read(ublInvoice({ DueDate: null, more: `<cac:PaymentTerms><cbc:Note>${note}</cbc:Note></cac:PaymentTerms>` }));
    expect((await terms('Payment within 30 days')).invoices).toMatchObject([{ isDueComputed: true }]);
    expect((await terms('Payment within 30 days')).invoices[0]?.dueOn?.toString()).toBe('2026-10-31');
    expect((await terms('Payment within 10 days, 2% discount')).invoices[0]?.dueOn).toBeNull();
  });

  it('whose address is a placeholder loses the address and keeps the invoice', async () => {
    const { invoices, customers, warnings } = await read(ublInvoice({}).replace('ap@noor.example', 'Email Address'));
    expect([invoices.length, customers[0]?.contacts]).toEqual([1, []]);
    expect(warnings.map(({ code }) => code)).toContain('import.address-left-out');
  });

  it.each([
    ['9900000097', 'import.no-identity'],
    ['9900000098', 'import.no-identity'],
    ['9900000099', 'import.no-identity'],
  ])('has no customer in the placeholder endpoint %s', async (endpoint, code) => {
    const legal = '<cac:PartyLegalEntity><cbc:RegistrationName>Somebody</cbc:RegistrationName></cac:PartyLegalEntity>';
    expect(await codes(ublInvoice({ buyer: `<cbc:EndpointID schemeID="0235">${endpoint}</cbc:EndpointID>${legal}` }))).toEqual([code]);
  });

  it.each([
    ['of a type that is no invoice', ublInvoice({ InvoiceTypeCode: '381' }), 'import.unknown-document-type'],
    ['of another kind', ublInvoice({}).replaceAll('Invoice-2', 'Order-2'), 'import.not-ubl'],
    ['with two numbers', ublInvoice({ more: '<cbc:ID>INV-2</cbc:ID>' }), 'import.bad-ubl'],
    ['payable in another currency', ublInvoice({}).replace('currencyID="AED"', 'currencyID="USD"'), 'import.currency-clash'],
    ['over a negative amount', ublInvoice({ payable: '-5.00' }), 'import.wrong-sign'],
    ['with an amount in thousands marks', ublInvoice({ payable: '1,050.00' }), 'import.bad-amount'],
    ['written by its buyer', ublInvoice({ InvoiceTypeCode: '389' }), 'import.self-billed'],
  ])('is refused: %s', async (_, text, code) => expect(await codes(text)).toEqual([code]));

  it('an element of a foreign namespace does not speak for the document', async () => {
    const { invoices } = await read(ublInvoice({ more: '<x:ID xmlns:x="urn:evil">INV-9</x:ID>' }));
    expect(invoices[0]?.number).toBe('INV-1');
  });

  it('of another seller is not ours, and one written by its buyer is only when we sold it', async () => {
    const seller = '<cac:PartyTaxScheme><cbc:CompanyID>100111222300003</cbc:CompanyID></cac:PartyTaxScheme>';
    expect(await codes(ublInvoice({ seller }), '100999888700003')).toEqual(['import.other-seller']);
    expect(await codes(ublInvoice({ seller }), '100111222300003')).toEqual([]);
    expect(await codes(ublInvoice({ seller, InvoiceTypeCode: '389' }), '100111222300003')).toEqual([]);
  });
});

const FOLDER = sharedMaterial('data/ubl');

describe.skipIf(!existsSync(FOLDER))('official examples (only where the shared ones are)', () => {
  const files = existsSync(FOLDER)
    ? readdirSync(FOLDER).flatMap((set) =>
        readdirSync(`${FOLDER}/${set}`)
          .filter((file) => file.endsWith('.xml'))
          .map((file) => `${set}/${file}`),
      )
    : [];
  /** An independent look at a document: by text search, as it has one of each. */
  const found = (text: string, element: string): string =>
    new RegExp(`<(?:cbc:)?${element}(?: [^>]*)?>([^<]*)<`).exec(text)?.[1]?.trim() ?? '';
  const REFUSED: Readonly<Record<string, string>> = {
    'base-negative-inv-correction.xml': 'import.wrong-sign',
    'selfbilling__cn__Self_billing_tax_credit_note.xml': 'import.self-billed',
    'selfbilling__inv__Self_Billing.xml': 'import.self-billed',
  };

  it.each(files)('%s', async (file) => {
    const path = `${FOLDER}/${file}`;
    const text = readFileSync(path, 'utf8');
    const { invoices, customers, faults } = await readWhole({ source: { path }, mapping, kind: 'invoices' });
    const refused = REFUSED[file.slice(file.indexOf('/') + 1)];
    expect(faults.map(({ code }) => code)).toEqual(refused === undefined ? [] : [refused]);
    const isPlaceholder = !/<cbc:ElectronicMail>[^<@]+@[^<@]+<[^]*AccountingCustomerParty>/.test(
      text.slice(text.indexOf('AccountingCustomerParty')),
    );
    expect(customers.flatMap(({ contacts }) => contacts).length > 0 || refused !== undefined).toBe(!isPlaceholder || refused !== undefined);
    if (refused !== undefined) return;
    expect(invoices.map(({ number, totalMinor, currency }) => [number, Number(decimalText(totalMinor, currency))])).toEqual([
      [found(text, 'ID'), Number(found(text, 'PayableAmount'))],
    ]);
    expect(invoices[0]?.sourceKey ?? '').toBe(found(text, 'UUID'));
  });
});
