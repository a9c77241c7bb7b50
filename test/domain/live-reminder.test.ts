import { describe, expect, test } from 'vitest';
import type { AccountFacts } from '../../src/domain/account-facts.ts';
import { asId } from '../../src/domain/ids.ts';
import { judgeLiveReminder } from '../../src/domain/live-reminder.ts';
import { planAccount } from '../../src/domain/plan-account.ts';
import { block, cashOnAccount, contact, context, creditNote, day, invoice, owing, recipient, remindersOf } from './builders.ts';

const ONE = invoice('5000', { id: 104 });
const TWO = invoice('500', { id: 7, overdueFor: 20 });
const THREE = invoice('1800', { id: 9, overdueFor: 10 });
const CREDIT = creditNote('300', { id: 5 });

const composedFrom = (facts: AccountFacts) => {
  const [reminder] = remindersOf(planAccount(facts, context()));
  if (reminder === undefined) throw new Error('nothing composed');
  return reminder;
};

/** Composes from the first facts and judges by the second. */
const judged = (before: AccountFacts, now: AccountFacts, at = context()) => judgeLiveReminder(composedFrom(before), now, at);

const BEFORE = owing([ONE, TWO, THREE, CREDIT]);
const withItems = (...items: AccountFacts['items']) => owing(items);

const changesOf = (now: AccountFacts): readonly string[] => {
  const judgement = judged(BEFORE, now);
  if (judgement.kind !== 'changed') throw new Error(`expected changes, got ${judgement.kind}`);
  return judgement.changes;
};

describe('a reminder that is still true', () => {
  test('the same facts are no change, on the day and on later days', () => {
    expect(judged(BEFORE, BEFORE)).toEqual({ kind: 'unchanged' });
    expect(judged(BEFORE, BEFORE, context({ asOn: day('2026-11-27') }))).toEqual({ kind: 'unchanged' });
  });

  test('items that became overdue since, and their linked credits, wait for the next contact', () => {
    const newcomer = invoice('900', { id: 55, overdueFor: 1 });
    expect(judged(BEFORE, withItems(ONE, TWO, THREE, CREDIT, newcomer, creditNote('100', { id: 56, linkedInvoiceId: asId(55) })))).toEqual({
      kind: 'unchanged',
    });
  });

  test('a block that stood when it was composed is no change', () => {
    const blocks = [block('DISPUTE', { invoiceId: asId(7) }), block('DISPUTE', { invoiceId: asId(9), amountMinor: 30_000n })];
    const facts = owing([ONE, TWO, THREE], { blocks });
    expect(judged(facts, facts)).toEqual({ kind: 'unchanged' });
  });

  test('a changed name, rate or interval is no change of the money asked', () => {
    const renamed = owing([ONE, TWO, THREE, CREDIT], { account: { name: 'Al Noor Holding', preferredContactIntervalDays: 30 } });
    expect(judged(BEFORE, renamed)).toEqual({ kind: 'unchanged' });
  });
});

describe('money that changed', () => {
  test('an invoice that was paid is named', () => {
    expect(changesOf(withItems(TWO, THREE, CREDIT))).toEqual(['INV-104 was paid or credited in full']);
    expect(changesOf(withItems({ ...ONE, balanceMinor: 0n }, TWO, THREE, CREDIT))).toEqual(['INV-104 was paid or credited in full']);
  });

  test('a part payment is named with both balances', () => {
    expect(changesOf(withItems(ONE, { ...TWO, balanceMinor: 30_000n }, THREE, CREDIT))).toEqual(['INV-7: balance AED 500.00 → 300.00']);
  });

  test('a balance that grew again, after a payment was taken back, is named too', () => {
    expect(changesOf(withItems({ ...ONE, balanceMinor: 500_001n }, TWO, THREE, CREDIT))).toEqual([
      'INV-104: balance AED 5,000.00 → 5,000.01',
    ]);
  });

  test('a new credit note and new cash on account are named', () => {
    expect(changesOf(withItems(ONE, TWO, THREE, CREDIT, creditNote('40', { id: 6 })))).toEqual(['CN-6 of AED 40.00 was credited']);
    expect(changesOf(withItems(ONE, TWO, THREE, CREDIT, cashOnAccount('250')))).toEqual(['PAY-201 of AED 250.00 was credited']);
    expect(changesOf(withItems(ONE, TWO, THREE, CREDIT, creditNote('40', { id: 6, linkedInvoiceId: asId(9) })))).toEqual([
      'CN-6 of AED 40.00 was credited',
    ]);
  });

  test('a credit that was used elsewhere or changed is named', () => {
    expect(changesOf(withItems(ONE, TWO, THREE))).toEqual(['CN-5 of AED 300.00 no longer counts against it']);
    expect(changesOf(withItems(ONE, TWO, THREE, { ...CREDIT, balanceMinor: -10_000n }))).toEqual(['CN-5: credit AED 300.00 → 100.00']);
  });

  test('an invoice whose due date moved is named', () => {
    expect(changesOf(withItems(ONE, TWO, { ...THREE, dueOn: day('2026-11-23') }, CREDIT))).toEqual([
      'INV-9 is no longer overdue: it is due on Mon 23 Nov 2026',
    ]);
    expect(changesOf(withItems(ONE, TWO, { ...THREE, dueOn: day('2026-11-20') }, CREDIT))).toEqual([
      'INV-9: due date Fri 13 Nov 2026 → Fri 20 Nov 2026',
    ]);
  });

  test('when everything was paid, nothing is left', () => {
    expect(judged(BEFORE, withItems(CREDIT)).kind).toBe('nothing-left');
    expect(judged(BEFORE, withItems(invoice('900', { id: 55 }))).kind).toBe('nothing-left');
  });

  test('when credits cover everything, nothing is left', () => {
    expect(judged(BEFORE, withItems(ONE, TWO, THREE, CREDIT, creditNote('7000', { id: 6 }))).kind).toBe('nothing-left');
    expect(judged(BEFORE, withItems(ONE, TWO, THREE, CREDIT, creditNote('6999.99', { id: 6 }))).kind).toBe('changed');
  });
});

describe('blocks that came', () => {
  test.each([
    ['DISPUTE', 'INV-9 is disputed'],
    ['PROMISE', 'INV-9 is promised'],
    ['CHEQUE', 'INV-9 is covered by a post-dated cheque'],
    ['PAID_CLAIM', 'INV-9 is said to be paid'],
    ['RETENTION', 'INV-9 is agreed retention'],
    ['DO_NOT_CHASE', 'INV-9 is not to be chased'],
  ] as const)('%s on one item is named', (kind, text) => {
    expect(changesOf(owing([ONE, TWO, THREE, CREDIT], { blocks: [block(kind, { invoiceId: asId(9) })] }))).toEqual([text]);
  });

  test('a dispute over part of an item is named with the amounts', () => {
    const blocks = [block('DISPUTE', { invoiceId: asId(9), amountMinor: 80_000n })];
    expect(changesOf(owing([ONE, TWO, THREE, CREDIT], { blocks }))).toEqual([
      'INV-9: asked AED 1,800.00 → 1,000.00, part of it is disputed',
    ]);
  });

  test('a block that was lifted is named', () => {
    const blocked = owing([ONE, TWO, THREE], { blocks: [block('DISPUTE', { invoiceId: asId(9), amountMinor: 80_000n })] });
    expect(judged(blocked, owing([ONE, TWO, THREE]))).toEqual({
      kind: 'changed',
      changes: ['INV-9: asked AED 1,000.00 → 1,800.00, a block was lifted'],
    });
  });

  test('a blocked account goes to a person, for the money is still owed', () => {
    for (const kind of ['REPLY', 'DO_NOT_CHASE', 'PROMISE', 'ALLOCATION'] as const) {
      expect(changesOf(owing([ONE, TWO, THREE, CREDIT], { blocks: [block(kind)] }))).toHaveLength(4);
    }
  });

  test('a promise that has run out is no block', () => {
    const blocks = [block('PROMISE', { invoiceId: asId(9), untilOn: day('2026-11-22') })];
    expect(judged(BEFORE, owing([ONE, TWO, THREE, CREDIT], { blocks }))).toEqual({ kind: 'unchanged' });
  });
});

describe('the account and its address', () => {
  const items = [ONE, TWO, THREE, CREDIT];

  test('a collection status or an inactive account stops it', () => {
    expect(changesOf(owing(items, { account: { collectionStatus: 'LEGAL' } }))).toEqual([
      'the collection status of Al Noor Trading LLC is now LEGAL',
    ]);
    expect(changesOf(owing(items, { account: { isActive: false } }))).toEqual(['Al Noor Trading LLC was marked inactive']);
  });

  test('a changed, suppressed or removed address stops it', () => {
    expect(changesOf(owing(items, { recipients: [recipient({ address: 'new@alnoor.example' })] }))).toEqual([
      'the address changed from accounts@alnoor.example to new@alnoor.example',
    ]);
    expect(changesOf(owing(items, { recipients: [recipient({ suppressedWhy: 'the mailbox does not exist' })] }))).toEqual([
      'accounts@alnoor.example may not be written to: the mailbox does not exist',
    ]);
    expect(changesOf(owing(items, { recipients: [recipient({ contactId: asId(8) })] }))).toEqual([
      'the contact with address accounts@alnoor.example no longer exists',
    ]);
    expect(changesOf(owing(items, { recipients: [recipient({ levels: ['FINAL'] })] }))).toEqual([
      'accounts@alnoor.example no longer receives FIRM reminders'.replace('FIRM', 'POLITE'),
    ]);
  });

  test('another contact who was added or removed is no change', () => {
    expect(
      judged(BEFORE, owing(items, { recipients: [recipient(), recipient({ contactId: asId(8), address: 'x@alnoor.example' })] })),
    ).toEqual({ kind: 'unchanged' });
  });
});

describe('individual reminders', () => {
  const separate = { account: { consolidationPreference: 'DISABLED' } } as const;

  test('each is judged by its own item and its share of the credits', () => {
    const facts = owing([ONE, TWO, THREE, CREDIT], separate);
    for (const reminder of remindersOf(planAccount(facts, context())))
      expect(judgeLiveReminder(reminder, facts, context())).toEqual({ kind: 'unchanged' });
  });

  test("another item's payment matters only when it frees a credit", () => {
    const facts = owing([ONE, TWO, THREE, CREDIT], separate);
    const [first, second] = remindersOf(planAccount(facts, context()));
    if (first === undefined || second === undefined) throw new Error('expected reminders');
    expect(judgeLiveReminder(first, owing([ONE, THREE, CREDIT], separate), context())).toEqual({ kind: 'unchanged' });
    expect(judgeLiveReminder(second, owing([TWO, THREE, CREDIT], separate), context())).toEqual({ kind: 'unchanged' });
    expect(judgeLiveReminder(second, owing([THREE, CREDIT], separate), context())).toEqual({
      kind: 'changed',
      changes: ['CN-5 of AED 300.00 was credited'],
    });
  });
});

describe('a final reminder', () => {
  const facts = owing([invoice('5000', { overdueFor: 100 })], { contacts: [contact('URGENT', 20)] });

  test.each([
    ['2026-11-25', 8, 'unchanged'],
    ['2026-11-26', 7, 'unchanged'],
    ['2026-11-27', 6, 'changed'],
  ])('may wait for approval as long as seven working days are left until its date: on %s there are %i', (asOn, _, kind) => {
    expect(judgeLiveReminder(composedFrom(facts), facts, context({ asOn: day(asOn) })).kind).toBe(kind);
  });
});
