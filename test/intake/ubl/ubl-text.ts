/** The text of small UBL documents, whose elements a test can change or take away. */

export type Changes = Readonly<Record<string, string | null>>;

const INVOICE: Readonly<Record<string, string>> = {
  ID: 'INV-1',
  UUID: '',
  IssueDate: '2026-10-01',
  DueDate: '2026-10-31',
  InvoiceTypeCode: '380',
  DocumentCurrencyCode: 'AED',
};

const BUYER = `<cbc:EndpointID schemeID="0235">1003456789</cbc:EndpointID>
  <cac:PartyTaxScheme><cbc:CompanyID>100345678900003</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Noor Trading LLC</cbc:RegistrationName></cac:PartyLegalEntity>
  <cac:Contact><cbc:ElectronicMail>ap@noor.example</cbc:ElectronicMail></cac:Contact>`;

/** @param changes basic elements by name; `buyer`, `seller`, `more` are inner XML, `payable` the amount. */
export function ublInvoice(changes: Changes, root = 'Invoice'): string {
  const { buyer = BUYER, seller = '', more = '', payable = '1050.00', ...basics } = changes;
  const elements = Object.entries({ ...INVOICE, ...basics }).map(([name, text]) =>
    text === null || text === '' ? '' : `<cbc:${name}>${text}</cbc:${name}>`,
  );
  const ubl = 'urn:oasis:names:specification:ubl:schema:xsd:';
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="${ubl}${root}-2" xmlns:cbc="${ubl}CommonBasicComponents-2" xmlns:cac="${ubl}CommonAggregateComponents-2">
${elements.join('')}${more ?? ''}
<cac:AccountingSupplierParty><cac:Party>${seller ?? ''}</cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party>${buyer ?? ''}</cac:Party></cac:AccountingCustomerParty>
<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="${basics['DocumentCurrencyCode'] ?? 'AED'}">${payable ?? ''}</cbc:PayableAmount></cac:LegalMonetaryTotal>
</${root}>`;
}

export const ublCreditNote = (changes: Changes): string =>
  ublInvoice({ InvoiceTypeCode: null, DueDate: null, CreditNoteTypeCode: '381', ...changes }, 'CreditNote');
