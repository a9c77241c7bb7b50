/** What keeps some made-up items out of reminders, and the promises the account has kept and broken before. */
import type { BlockRecord } from '../ledger-records.ts';
import type { Days } from './civil-day.ts';
import type { SampleCustomer } from './sample-customer.ts';
import type { OpenInvoice } from './sample-documents.ts';

export function sampleBlocks(customer: SampleCustomer, open: readonly OpenInvoice[], days: Days): readonly BlockRecord[] {
  const maker = new BlockMaker(customer, days);
  return [...open.flatMap((item) => maker.blocksOf(item)), ...maker.pastPromises(), ...maker.doNotChase()];
}

const BANKS = ['First Creek Bank', 'Gulf Pearl Bank', 'Oasis Commercial Bank', 'Bank of the Seven Sands'] as const;
const DISPUTES = ['Short delivery', 'Price differs from the LPO', 'Goods damaged', 'Delivery note not signed', 'Invoiced twice'] as const;

type BlockDetails = Pick<BlockRecord, 'kind' | 'reason'> &
  Partial<Omit<BlockRecord, 'customerCode' | 'source' | 'kind' | 'reason' | 'startedOn'>>;

class BlockMaker {
  private readonly customer: SampleCustomer;
  private readonly days: Days;

  constructor(customer: SampleCustomer, days: Days) {
    this.customer = customer;
    this.days = days;
  }

  /** At most one on an item, and only on overdue ones: earlier nobody has asked yet. Retention is agreed from the start. */
  blocksOf(item: OpenInvoice): readonly BlockRecord[] {
    const { random, withholdsRetention } = this.customer;
    const draw = random.next();
    const invoiceNumber = item.invoice.number;
    const daysOverdue = this.days.today - item.due;
    if (withholdsRetention && draw > 0.7) return [this.retention(item)];
    if (daysOverdue < 3) return [];
    const startedDaysAgo = random.between(0, Math.min(daysOverdue - 1, 20));
    if (draw < 0.04)
      return [
        this.block(
          { kind: 'DISPUTE', reason: random.pick(DISPUTES), invoiceNumber, reference: `T-${random.between(100, 999)}` },
          startedDaysAgo,
        ),
      ];
    if (draw < 0.09)
      return [
        this.block(
          {
            kind: 'PROMISE',
            reason: 'Promised by phone',
            invoiceNumber,
            promisedOn: this.days.day(this.days.today + random.between(0, 10)),
          },
          startedDaysAgo,
        ),
      ];
    if (draw < 0.12) return [this.cheque(invoiceNumber, startedDaysAgo)];
    if (draw < 0.135)
      return [this.block({ kind: 'PAID_CLAIM', reason: 'Says it was paid; remittance asked for', invoiceNumber }, random.between(0, 3))];
    return [];
  }

  private retention({ invoice, balanceMinor }: OpenInvoice): BlockRecord {
    const percent = BigInt(this.customer.random.pick([5, 10]));
    const amountMinor = (balanceMinor * percent) / 100n;
    return this.block(
      {
        kind: 'RETENTION',
        reason: `${percent} % retention until handover`,
        invoiceNumber: invoice.number,
        amountMinor: amountMinor > 0n ? amountMinor : 1n,
      },
      0,
      invoice.issuedOn,
    );
  }

  private cheque(invoiceNumber: string, startedDaysAgo: number): BlockRecord {
    const { random } = this.customer;
    const promisedOn = this.days.day(this.days.today + random.between(1, 45));
    return this.block(
      {
        kind: 'CHEQUE',
        reason: 'Post-dated cheque in hand',
        invoiceNumber,
        promisedOn,
        chequeNumber: String(random.between(100_000, 999_999)),
        chequeBank: random.pick(BANKS),
      },
      startedDaysAgo,
    );
  }

  pastPromises(): readonly BlockRecord[] {
    const { random, payer } = this.customer;
    const keeps = PROMISES_KEPT[payer];
    if (keeps === null || !random.chance(0.35)) return [];
    return Array.from({ length: random.between(1, 3) }, () => {
      const startedDaysAgo = random.between(40, 300);
      const promised = this.days.today - startedDaysAgo + random.between(3, 14);
      const outcome = random.chance(keeps) ? 'KEPT' : 'BROKEN';
      // Two working days of grace make at most four civil ones; a kept promise ends on its day.
      const endedOn = this.days.day(promised + (outcome === 'KEPT' ? 0 : 4));
      return this.block(
        { kind: 'PROMISE', reason: 'Promised by phone', promisedOn: this.days.day(promised), outcome, endedOn },
        startedDaysAgo,
      );
    });
  }

  doNotChase(): readonly BlockRecord[] {
    return this.customer.random.chance(0.008) ? [this.block({ kind: 'DO_NOT_CHASE', reason: 'Settled by yearly set-off' }, 30)] : [];
  }

  private block(details: BlockDetails, startedDaysAgo: number, startedOn = this.days.day(this.days.today - startedDaysAgo)): BlockRecord {
    const { code, source } = this.customer.record;
    const nothing = {
      invoiceNumber: null,
      amountMinor: null,
      reference: null,
      chequeNumber: null,
      chequeBank: null,
      promisedOn: null,
      outcome: null,
      endedOn: null,
    };
    return { ...nothing, ...details, customerCode: code, startedOn, source };
  }
}

/** Share of promises kept; those who pay in time are never asked for one. */
const PROMISES_KEPT = { PROMPT: null, USUAL: 0.8, SLOW: 0.6, CHRONIC: 0.35 } as const;
