/** Generated accounts for the rules' properties: every kind of item, block, contact and preference, in combinations nobody would write down. */
import fc from 'fast-check';
import type { AccountFacts, Block, OpenItem, PastContact } from '../../src/domain/account-facts.ts';
import { asId } from '../../src/domain/ids.ts';
import { BLOCK_KINDS, COLLECTION_STATUSES, CONSOLIDATION_PREFERENCES, ESCALATION_LEVELS } from '../../src/domain/vocabulary.ts';
import { advance, block, cashOnAccount, contact, creditNote, daysAgo, invoice, owing, recipient, TODAY } from './builders.ts';

const amount = fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 50_000_000 })).map((fils) => (fils / 100).toFixed(2));
const currency = fc.constantFrom('AED', 'AED', 'AED', 'USD', 'EUR');
const overdueFor = fc.oneof(fc.integer({ min: -30, max: 8 }), fc.integer({ min: 0, max: 500 }));

const invoiceArbitrary = fc.record({ amount, currency, overdueFor, paidPercent: fc.integer({ min: 0, max: 99 }) });
const creditArbitrary = fc.record({ amount, currency, kind: fc.constantFrom('credit', 'cash', 'advance', 'linked'), link: fc.nat(8) });

const itemsArbitrary: fc.Arbitrary<readonly OpenItem[]> = fc
  .tuple(fc.array(invoiceArbitrary, { maxLength: 8 }), fc.array(creditArbitrary, { maxLength: 4 }))
  .map(([invoices, credits]) => {
    const open = invoices.map(({ amount: total, paidPercent, ...changes }, index) =>
      partlyPaid(invoice(total, { id: index + 1, ...changes }), paidPercent),
    );
    const other = credits.map(({ amount: total, kind, link, ...changes }, index) => {
      const id = 101 + index;
      if (kind === 'cash') return cashOnAccount(total, { id, ...changes });
      if (kind === 'advance') return advance(total, { id, ...changes });
      return creditNote(total, { id, ...changes, linkedInvoiceId: kind === 'linked' ? asId(link + 1) : null });
    });
    return [...open, ...other];
  });

const partlyPaid = (item: OpenItem, percent: number): OpenItem => {
  const balanceMinor = (item.totalMinor * BigInt(100 - percent)) / 100n;
  return { ...item, balanceMinor: balanceMinor > 0n ? balanceMinor : 1n };
};

const blockArbitrary: fc.Arbitrary<Block> = fc
  .record({
    kind: fc.constantFrom(...BLOCK_KINDS),
    invoice: fc.option(fc.integer({ min: 1, max: 8 })),
    amountMinor: fc.option(fc.integer({ min: 1, max: 1_000_000 }).map(BigInt)),
    startedAgo: fc.integer({ min: -3, max: 20 }),
    lasts: fc.option(fc.integer({ min: 0, max: 20 })),
  })
  .map(({ kind, invoice: number, amountMinor, startedAgo, lasts }) => {
    const startedOn = daysAgo(startedAgo);
    return block(kind, {
      invoiceId: number === null ? null : asId(number),
      // An amount is blocked on an item only; the database refuses any other.
      amountMinor: number === null ? null : amountMinor,
      startedOn,
      untilOn: lasts === null ? null : startedOn.add({ days: lasts }),
    });
  });

const contactsArbitrary: fc.Arbitrary<readonly PastContact[]> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.option(fc.constantFrom(...ESCALATION_LEVELS)), fc.boolean()), {
    maxLength: 4,
    selector: ([ago]) => ago,
  })
  .map((contacts) => contacts.toSorted(([a], [b]) => a - b).map(([ago, level, isDelivered]) => contact(level, ago, { isDelivered })));

const usually = <T>(value: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });

export const factsArbitrary: fc.Arbitrary<AccountFacts> = fc
  .record({
    items: itemsArbitrary,
    blocks: fc.array(blockArbitrary, { maxLength: 3 }).chain((blocks) => fc.constantFrom<readonly Block[]>([], blocks)),
    contacts: fc.oneof(fc.constant([]), contactsArbitrary),
    consolidationPreference: fc.constantFrom(...CONSOLIDATION_PREFERENCES),
    collectionStatus: usually('NORMAL' as const, fc.constantFrom(...COLLECTION_STATUSES)),
    isActive: usually(true, fc.constant(false)),
    businessType: usually('LLC' as const, fc.constantFrom('GOV_LOCAL' as const, 'FZE' as const)),
    graceDays: fc.option(fc.integer({ min: 0, max: 5 })),
    suppressedWhy: usually<string | null>(null, fc.constant('bounced')),
    episodeStartedAgo: fc.option(fc.integer({ min: 0, max: 120 })),
    settledInvoices: fc.integer({ min: 0, max: 40 }),
    weightEach: fc.integer({ min: 1, max: 4 }),
    meanDaysLate: fc.integer({ min: 0, max: 120 }),
    lateShare: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
    brokenPromises: fc.integer({ min: 0, max: 5 }),
    tenureDays: fc.option(fc.integer({ min: 0, max: 4000 })),
  })
  .map((g) =>
    owing(g.items, {
      blocks: g.blocks.map((standing, index) => ({ ...standing, id: asId(index + 1) })),
      contacts: g.contacts,
      recipients: [recipient({ suppressedWhy: g.suppressedWhy })],
      account: {
        consolidationPreference: g.consolidationPreference,
        collectionStatus: g.collectionStatus,
        isActive: g.isActive,
        businessType: g.businessType,
        graceDays: g.graceDays,
        episodeStartedOn: g.episodeStartedAgo === null ? null : daysAgo(g.episodeStartedAgo),
        customerSince: g.tenureDays === null ? null : TODAY.subtract({ days: g.tenureDays }),
      },
      behaviour: {
        settledInvoices: g.settledInvoices,
        settledWeight: g.settledInvoices * g.weightEach,
        meanDaysLate: g.settledInvoices === 0 ? null : g.meanDaysLate,
        lateShare: g.settledInvoices === 0 ? null : g.lateShare,
        brokenPromises: g.brokenPromises,
        keptPromises: 0,
      },
    }),
  );
