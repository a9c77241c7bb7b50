/** Finds the customers and documents an operator names. What belongs to another company is unknown here, in the same words. */
import type { CustomerId } from '../../domain/ids.ts';
import { unknownCustomer } from '../unknown-customer.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { customerByCode, type CustomerRow } from '../../store/sql/customers.ts';
import { documentsByNumber, type DocumentRow } from '../../store/sql/invoices.ts';

/** @throws OperatorError `customer.unknown` */
export async function findCustomer(tx: CompanyTx, code: string): Promise<CustomerRow> {
  const found = await customerByCode(tx, code.trim());
  if (found) return found;
  throw unknownCustomer(code);
}

/** Invoices in the order of their numbers as given, each once. @throws OperatorError `invoice.unknown|twice` */
export async function findInvoices(tx: CompanyTx, numbers: readonly string[]): Promise<readonly DocumentRow[]> {
  const wanted = numbers.map((number) => number.trim());
  const twice = wanted.find((number, index) => wanted.indexOf(number) !== index);
  if (twice !== undefined) throw invoiceFault('twice', twice, 'is named twice', 'Name each invoice once.');
  const found = new Map((await documentsByNumber(tx, 'INVOICE', wanted)).map((document) => [document.number, document]));
  return wanted.map((number) => found.get(number) ?? refuseUnknown(number));
}

export const findInvoice = async (tx: CompanyTx, number: string): Promise<DocumentRow> => {
  const [found] = await findInvoices(tx, [number]);
  return found ?? refuseUnknown(number);
};

/** @throws OperatorError `invoice.other-account` */
export function requireSameAccount(documents: readonly DocumentRow[], accountId: CustomerId, customerCode: string): void {
  const stray = documents.find((document) => document.accountId !== accountId);
  if (stray)
    throw invoiceFault(
      'other-account',
      stray.number,
      `does not belong to customer ${quoted(customerCode)}`,
      'Correct the customer or the invoice number.',
    );
}

const refuseUnknown = (number: string): never => {
  throw invoiceFault('unknown', number, 'is not recorded', 'Give the number as the ledger writes it, or import the ledger first.');
};

const invoiceFault = (what: string, number: string, says: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `invoice.${what}`, kind: 'usage', message: `Invoice ${quoted(number)} ${says}.`, tryThis });

const quoted = (text: string): string => safeText(text.trim().slice(0, 60)) || '""';
