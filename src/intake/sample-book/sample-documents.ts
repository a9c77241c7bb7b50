/**
 * The documents of one made-up customer: invoices, what was paid, credited and advanced, and what that leaves open. What is
 * paid and applied to an invoice never exceeds its total, and nothing is dated after today.
 */
import { laterOf } from '../../domain/days.ts';
import type { Currency } from '../../domain/money.ts';
import type { CreditRecord, InvoiceRecord, PaymentRecord, SourcePlace } from '../ledger-records.ts';
import { onWorkingDay } from './civil-day.ts';
import type { DayNumber, Days } from './civil-day.ts';
import { invoiceLife } from './invoice-lives.ts';
import type { InvoiceLife } from './invoice-lives.ts';
import type { SampleCustomer } from './sample-customer.ts';

/** An invoice that still has something open. */
export interface OpenInvoice {
  readonly invoice: InvoiceRecord;
  readonly due: DayNumber;
  readonly balanceMinor: bigint;
}

export interface SampleDocuments {
  readonly invoices: readonly InvoiceRecord[];
  readonly payments: readonly PaymentRecord[];
  readonly credits: readonly CreditRecord[];
  readonly open: readonly OpenInvoice[];
}

export interface SampleDocumentsOptions {
  readonly customer: SampleCustomer;
  /** How many invoices, and the running number of the first in the whole book. */
  readonly count: number;
  readonly firstNumber: number;
  readonly openShare: number;
  readonly days: Days;
}

export function sampleDocuments(options: SampleDocumentsOptions): SampleDocuments {
  const { customer, count, firstNumber, openShare, days } = options;
  const lives = Array.from({ length: count }, () => invoiceLife(customer, openShare, days.today)).toSorted((a, b) => a.issued - b.issued);
  const book = new CustomerBook(customer, days);
  for (const [at, life] of lives.entries()) book.add(life, firstNumber + at);
  book.addLooseCredits(firstNumber);
  return book;
}

const bookNumber = (prefix: string, number: number): string => `${prefix}-${String(number).padStart(7, '0')}`;

class CustomerBook implements SampleDocuments {
  readonly invoices: InvoiceRecord[] = [];
  readonly payments: PaymentRecord[] = [];
  readonly credits: CreditRecord[] = [];
  readonly open: OpenInvoice[] = [];
  private readonly customer: SampleCustomer;
  private readonly days: Days;
  private readonly source: SourcePlace;
  /** Currency and day of a receipt → its place in `payments`: whatever is paid on one day comes in one transfer. */
  private readonly payRuns = new Map<string, number>();

  constructor(customer: SampleCustomer, days: Days) {
    this.customer = customer;
    this.days = days;
    this.source = customer.record.source;
  }

  add(life: InvoiceLife, number: number): void {
    const { random, currency } = this.customer;
    // A few customers buy in dollars now and then, so that an account with two currencies exists.
    const invoice = this.invoice(life, number, currency === 'AED' && random.chance(0.01) ? 'USD' : currency);
    this.invoices.push(invoice);
    if (life.settled === null) this.leaveOpen(invoice, life, number);
    else this.settle(invoice, life.settled, number);
  }

  private invoice(life: InvoiceLife, number: number, currency: Currency): InvoiceRecord {
    const { random, record, givesLpo } = this.customer;
    return {
      kind: 'INVOICE',
      number: bookNumber('INV', number),
      customerCode: record.code,
      issuedOn: this.days.day(life.issued),
      dueOn: this.days.day(life.due),
      isDueComputed: false,
      currency,
      totalMinor: BigInt(life.totalMinor),
      openMinor: null,
      customerReference: givesLpo && random.chance(0.9) ? `LPO-${random.between(1_000, 99_999)}` : null,
      linkedNumber: null,
      sourceKey: null,
      source: this.source,
    };
  }

  /** Paid in full, now and then less a credit note, sometimes together with the invoice before it. */
  private settle(invoice: InvoiceRecord, settled: DayNumber, number: number): void {
    const { random } = this.customer;
    const credited = random.chance(0.03) ? percentOf(invoice.totalMinor, random.between(5, 25)) : 0n;
    const receivedOn = this.days.day(settled);
    if (credited > 0n) {
      const note = this.creditNote(invoice, credited, settled, number);
      this.credits.push({
        creditNumber: note.number,
        customerCode: note.customerCode,
        invoiceNumber: invoice.number,
        amountMinor: credited,
        appliedOn: receivedOn,
        source: this.source,
      });
    }
    this.pay(invoice, invoice.totalMinor - credited, settled, number);
  }

  private leaveOpen(invoice: InvoiceRecord, life: InvoiceLife, number: number): void {
    const { random } = this.customer;
    const share = random.next();
    const paid = life.issued < this.days.today - 7 ? this.partPayment(invoice.totalMinor, share) : 0n;
    if (paid > 0n) this.pay(invoice, paid, Math.min(onWorkingDay(life.due + random.between(-5, 5)), this.days.today), number);
    const balanceMinor = invoice.totalMinor - paid;
    this.open.push({ invoice, due: life.due, balanceMinor });
    if (share > 0.96) this.creditNote(invoice, percentOf(balanceMinor, random.between(5, 30)), this.days.today, number);
  }

  /** Nine in a hundred open invoices are partly paid; three have lost a few fils to rounding or bank charges. */
  private partPayment(totalMinor: bigint, share: number): bigint {
    const { random } = this.customer;
    if (share < 0.03) return totalMinor - BigInt(random.between(1, 99));
    return share < 0.12 ? percentOf(totalMinor, random.between(20, 75)) : 0n;
  }

  private creditNote(invoice: InvoiceRecord, amountMinor: bigint, latest: DayNumber, number: number): InvoiceRecord {
    const issued = this.days.today - this.customer.random.between(0, 20);
    const note: InvoiceRecord = {
      ...invoice,
      kind: 'CREDIT_NOTE',
      number: bookNumber('CN', number),
      issuedOn: laterOf(invoice.issuedOn, this.days.day(Math.min(issued, latest))),
      dueOn: null,
      totalMinor: amountMinor,
      linkedNumber: invoice.number,
    };
    this.invoices.push(note);
    return note;
  }

  private pay(invoice: InvoiceRecord, amountMinor: bigint, on: DayNumber, number: number): void {
    const allocation = { invoiceNumber: invoice.number, amountMinor };
    const receivedOn = laterOf(invoice.issuedOn, this.days.day(on));
    const run = `${invoice.currency} ${receivedOn.toString()}`;
    const at = this.payRuns.get(run) ?? this.payments.length;
    this.payRuns.set(run, at);
    const last = this.payments[at];
    if (last) {
      this.payments[at] = { ...last, amountMinor: last.amountMinor + amountMinor, allocations: [...last.allocations, allocation] };
      return;
    }
    this.payments.push(this.payment(bookNumber('RCT', number), receivedOn, invoice.currency, amountMinor, [allocation]));
  }

  private payment(
    reference: string,
    receivedOn: PaymentRecord['receivedOn'],
    currency: Currency,
    amountMinor: bigint,
    allocations: PaymentRecord['allocations'],
  ): PaymentRecord {
    const method = this.customer.random.weighted<PaymentRecord['method']>([
      ['TRANSFER', 62],
      ['CHEQUE', 28],
      ['CASH', 4],
      ['CARD', 4],
      ['DIRECT_DEBIT', 2],
    ]);
    return {
      reference,
      customerCode: this.customer.record.code,
      receivedOn,
      currency,
      amountMinor,
      method,
      allocations,
      source: this.source,
    };
  }

  /** What belongs to no invoice: a volume credit, a deposit not used up, a receipt nobody has matched. */
  addLooseCredits(number: number): void {
    const { random, currency } = this.customer;
    const model = this.invoices[0];
    if (model === undefined) return;
    const small = (): bigint => BigInt(Math.max(1_000, Math.round(this.customer.typicalMinor * (0.05 + random.next() * 0.4))));
    const loose = (kind: 'CREDIT_NOTE' | 'ADVANCE', prefix: string): InvoiceRecord => ({
      ...model,
      kind,
      number: bookNumber(prefix, number),
      issuedOn: this.days.day(this.recentWorkingDay()),
      dueOn: null,
      currency,
      totalMinor: small(),
      linkedNumber: null,
    });
    if (random.chance(0.03)) this.invoices.push(loose('CREDIT_NOTE', 'CNV'));
    if (random.chance(0.025)) this.invoices.push(loose('ADVANCE', 'ADV'));
    if (random.chance(0.03))
      this.payments.push(this.payment(bookNumber('RCU', number), this.days.day(this.recentWorkingDay()), currency, small(), []));
  }

  private recentWorkingDay(): DayNumber {
    return onWorkingDay(this.days.today - this.customer.random.between(0, 30));
  }
}

const percentOf = (minor: bigint, percent: number): bigint => {
  const part = (minor * BigInt(percent)) / 100n;
  return part > 0n ? part : 1n;
};
