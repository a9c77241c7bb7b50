/**
 * Reads one UBL 2.1 invoice or credit note (PINT-AE, Peppol BIS 3) as a flat row under {@link UBL_HEADINGS}. Only elements of UBL's own
 * namespaces at their exact places count, so that an extension cannot speak for the document. Sources of rules: OASIS UBL 2.1,
 * Peppol BIS Billing 3.0, PINT-AE billing 1.0.
 */
import type { SaxesTagNS } from 'saxes';
import { EMIRATES } from '../../domain/vocabulary.ts';
import { readXml } from '../archive/xml-events.ts';
import type { RowProblem } from '../source-row.ts';
import { termsDays } from './terms-note.ts';

export const UBL_HEADINGS = [
  'ubl_document',
  'ubl_uuid',
  'ubl_number',
  'ubl_issue_date',
  'ubl_due_date',
  'ubl_terms_days',
  'ubl_currency',
  'ubl_payable_amount',
  'ubl_order_reference',
  'ubl_billing_reference',
  'ubl_buyer_id',
  'ubl_buyer_name',
  'ubl_buyer_trn',
  'ubl_buyer_emirate',
  'ubl_buyer_email',
  'ubl_buyer_contact',
  'ubl_buyer_phone',
  'ubl_seller_trn',
  'ubl_self_billed',
] as const;

export interface UblDocument {
  readonly cells: readonly string[];
  readonly problem: RowProblem | null;
}

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const NAMESPACES: ReadonlySet<string> = new Set([
  `${UBL}Invoice-2`,
  `${UBL}CreditNote-2`,
  `${UBL}CommonBasicComponents-2`,
  `${UBL}CommonAggregateComponents-2`,
]);

/** @throws OperatorError `import.bad-xml`, `import.dtd`, `import.encoding`. */
export async function readUblDocument(chunks: AsyncIterable<Uint8Array>, file: string): Promise<UblDocument> {
  const collector = new Collector();
  await readXml(chunks, file, {
    open: (tag) => collector.open(tag),
    text: (text) => collector.text(text),
    close: () => collector.close(),
  });
  return rowOf(collector);
}

/** The texts of a document by their path of element names, `LegalMonetaryTotal/PayableAmount`. */
class Collector {
  root = '';
  readonly values = new Map<string, string[]>();
  readonly payableCurrencies: string[] = [];
  private readonly path: string[] = [];
  private current = '';

  open(tag: SaxesTagNS): void {
    this.path.push(NAMESPACES.has(tag.uri) ? tag.local : '?');
    this.current = '';
    if (this.path.length === 1) this.root = this.path[0] ?? '';
    if (this.place === 'LegalMonetaryTotal/PayableAmount') this.payableCurrencies.push(tag.attributes['currencyID']?.value ?? '');
  }

  text(text: string): void {
    // Attachments are the only long texts, and nothing of them is read.
    if (this.current.length < LONGEST) this.current += text;
  }

  close(): void {
    const { place } = this;
    const text = this.current.replace(/\s+/g, ' ').trim();
    if (text !== '' && this.path.length <= DEEPEST)
      this.values.set(place, [...(this.values.get(place) ?? []).slice(0, MOST_REPEATS), text]);
    this.path.pop();
    this.current = '';
  }

  private get place(): string {
    return this.path.slice(1).join('/');
  }

  all(place: string): readonly string[] {
    return this.values.get(place) ?? [];
  }

  first(...places: readonly string[]): string {
    return places.map((place) => this.all(place)[0] ?? '').find((text) => text !== '') ?? '';
  }
}

const LONGEST = 4_096;
/** `Invoice/AccountingCustomerParty/Party/PartyTaxScheme/TaxScheme/ID`. */
const DEEPEST = 6;
const MOST_REPEATS = 20;

const BUYER = 'AccountingCustomerParty/Party';
const SELLER = 'AccountingSupplierParty/Party';
/** What an invoice has once. Twice, one of them would be overlooked. */
const SINGLE = ['ID', 'UUID', 'IssueDate', 'DueDate', 'DocumentCurrencyCode', 'LegalMonetaryTotal/PayableAmount', `${BUYER}/EndpointID`];

function rowOf(document: Collector): UblDocument {
  const type = document.first('InvoiceTypeCode', 'CreditNoteTypeCode');
  const cells = [
    document.root === 'CreditNote' ? 'CREDIT_NOTE' : 'INVOICE',
    document.first('UUID'),
    document.first('ID'),
    document.first('IssueDate'),
    document.first('DueDate', 'PaymentMeans/PaymentDueDate'),
    termsDays(document.first('PaymentTerms/Note')),
    document.first('DocumentCurrencyCode'),
    document.first('LegalMonetaryTotal/PayableAmount'),
    document.first('OrderReference/ID', 'BuyerReference').replace(/^NA$/, ''),
    document.root === 'CreditNote' ? document.first('BillingReference/InvoiceDocumentReference/ID') : '',
    buyerCode(document),
    document.first(`${BUYER}/PartyLegalEntity/RegistrationName`, `${BUYER}/PartyName/Name`),
    trnOf(document, BUYER),
    EMIRATES.find((emirate) => emirate === document.first(`${BUYER}/PostalAddress/CountrySubentity`).toUpperCase()) ?? '',
    document.first(`${BUYER}/Contact/ElectronicMail`),
    document.first(`${BUYER}/Contact/Name`),
    document.first(`${BUYER}/Contact/Telephone`),
    trnOf(document, SELLER),
    SELF_BILLED.has(type) ? 'yes' : '',
  ];
  return { cells, problem: problemOf(document, type) };
}

const trnOf = (document: Collector, party: string): string =>
  document.all(`${party}/PartyTaxScheme/CompanyID`).find((id) => /^1\d{14}$/.test(id)) ?? '';

/** Endpoints that stand for "nobody in particular": deemed supply, buyer outside the scheme, export. */
const PLACEHOLDER_ENDPOINTS: ReadonlySet<string> = new Set(['9900000097', '9900000098', '9900000099']);

/** What the seller's program calls the buyer, else a number that is the buyer's alone; never the name. */
function buyerCode(document: Collector): string {
  const endpoint = document.first(`${BUYER}/EndpointID`);
  return (
    document.first(`${BUYER}/PartyIdentification/ID`) ||
    trnOf(document, BUYER) ||
    document.first(`${BUYER}/PartyTaxScheme/CompanyID`, `${BUYER}/PartyLegalEntity/CompanyID`) ||
    (PLACEHOLDER_ENDPOINTS.has(endpoint) ? '' : endpoint)
  );
}

/** UNCL 1001 as PINT-AE and Peppol BIS 3 use it: invoices, and credit notes. */
const INVOICE_TYPES: ReadonlySet<string> = new Set(['380', '480', '389', '383', '386', '393', '395', '80', '82', '84', '751']);
const CREDIT_TYPES: ReadonlySet<string> = new Set(['381', '81', '261', '83', '396', '532']);
const SELF_BILLED: ReadonlySet<string> = new Set(['389', '261']);

function problemOf(document: Collector, type: string): RowProblem | null {
  const { root } = document;
  const number = document.first('ID') || 'without a number';
  if (root !== 'Invoice' && root !== 'CreditNote')
    return { code: 'not-ubl', says: 'is XML, but no UBL invoice or credit note', tryThis: 'Leave the file out.' };
  const repeated = SINGLE.find((place) => document.all(place).length > 1);
  if (repeated !== undefined)
    return { code: 'bad-ubl', says: `document ${number} has more than one ${repeated}`, tryThis: 'Export the document again.' };
  if (!(root === 'Invoice' ? INVOICE_TYPES : CREDIT_TYPES).has(type))
    return {
      code: 'unknown-document-type',
      says: `document ${number} is of type ${type || '(none)'}, which is no ${root === 'Invoice' ? 'invoice' : 'credit note'}`,
      tryThis: 'Import invoices (380, 480 …) and credit notes (381, 81 …).',
    };
  if (document.payableCurrencies.some((currency) => currency !== document.first('DocumentCurrencyCode')))
    return { code: 'currency-clash', says: `document ${number} is payable in another currency than its own`, tryThis: 'Export it again.' };
  if (buyerCode(document) === '')
    return {
      code: 'no-identity',
      says: `the buyer of document ${number} has only a placeholder for an identity`,
      tryThis: 'Record such sales by hand, under the customer they belong to.',
    };
  return null;
}
