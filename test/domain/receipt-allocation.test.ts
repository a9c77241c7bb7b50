import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId } from '../../src/domain/ids.ts';
import { spreadOldestFirst, spreadOverNamed } from '../../src/domain/receipt-allocation.ts';

const open = (number: string, openMinor: bigint) => ({ invoiceId: asId<'invoice'>(Number(number.slice(4))), number, openMinor });
const named = (number: string, openMinor: bigint, shareMinor: bigint | null = null) => ({ ...open(number, openMinor), shareMinor });

describe('spreading an amount', () => {
  it('gives each named invoice its own share, or as much as is left', () => {
    const spread = spreadOverNamed(1000n, [named('INV-1', 700n, 300n), named('INV-2', 500n), named('INV-3', 900n)]);
    expect(spread).toMatchObject({
      kind: 'spread',
      shares: [{ amountMinor: 300n }, { amountMinor: 500n }, { amountMinor: 200n }],
      restMinor: 0n,
    });
  });

  it.each([
    ['more than the balance of an invoice', 1000n, [named('INV-1', 200n, 201n)], 'over-balance'],
    ['more than the amount', 100n, [named('INV-1', 200n, 101n)], 'over-amount'],
    ['an invoice for which nothing is left', 200n, [named('INV-1', 200n), named('INV-2', 5n)], 'over-amount'],
    ['an invoice that is closed', 200n, [named('INV-1', 0n)], 'closed'],
  ] as const)('refuses %s', (_, amount, documents, kind) => {
    expect(spreadOverNamed(amount, documents).kind).toBe(kind);
  });

  it('oldest first never exceeds an invoice or the amount, and leaves no older one open before a younger', () => {
    const balances = fc.array(fc.bigInt(0n, 10_000n), { maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt(1n, 60_000n), balances, (amount, minors) => {
        const documents = minors.map((minor, index) => open(`INV-${index + 1}`, minor));
        const { shares, restMinor } = spreadOldestFirst(amount, documents);
        const shareOf = new Map(shares.map((share) => [share.invoiceId, share.amountMinor]));
        const given = shares.reduce((sum, share) => sum + share.amountMinor, 0n);
        const firstShort = documents.findIndex((document) => (shareOf.get(document.invoiceId) ?? 0n) < document.openMinor);
        const youngerOnes = firstShort < 0 ? [] : documents.slice(firstShort + 1);
        expect(given + restMinor).toBe(amount);
        expect(restMinor >= 0n && documents.every((document) => (shareOf.get(document.invoiceId) ?? 0n) <= document.openMinor)).toBe(true);
        expect(youngerOnes.every((document) => !shareOf.has(document.invoiceId))).toBe(true);
      }),
    );
  });
});
