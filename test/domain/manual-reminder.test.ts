import { expect, test } from 'vitest';
import { asId } from '../../src/domain/ids.ts';
import { judgeLiveReminder } from '../../src/domain/live-reminder.ts';
import { composeManual } from '../../src/domain/manual-reminder.ts';
import { block, contact, context, creditNote, day, invoice, liveReminder, owing, recipient, rowsOf } from './builders.ts';

const ITEMS = [
  invoice('5000', { id: 1 }),
  invoice('3200', { id: 2, overdueFor: 1 }),
  invoice('1800', { id: 3, overdueFor: 10 }),
  invoice('70', { id: 4, overdueFor: -5 }),
];
const ids = (...numbers: number[]) => numbers.map((number) => asId<'invoice'>(number));

const composed = (facts: Parameters<typeof composeManual>[0], choice: Parameters<typeof composeManual>[1], at = context()) => {
  const result = composeManual(facts, choice, at);
  if (result.kind === 'refused') throw new Error(`refused: ${result.reason.code}`);
  return result;
};
const refusal = (facts: Parameters<typeof composeManual>[0], choice: Parameters<typeof composeManual>[1], at = context()) => {
  const result = composeManual(facts, choice, at);
  return result.kind === 'refused' ? result.reason : null;
};

test('an operator may pick items before they trigger; two or more make a manual consolidated reminder', () => {
  const { reminder } = composed(owing(ITEMS), { invoiceIds: ids(1, 2) });
  expect(rowsOf(reminder)).toEqual(['INV-1 5000.00', 'INV-2 3200.00']);
  expect(reminder).toMatchObject({ type: 'MANUAL_CONSOLIDATED', itemCount: 2, approvalNeeds: ['auto-approval-off', 'manual'] });
});

test('one chosen item makes an individual reminder, even a very small one', () => {
  expect(composed(owing([...ITEMS, invoice('5', { id: 6 })]), { invoiceIds: ids(6) }).reminder).toMatchObject({
    type: 'INDIVIDUAL',
    itemCount: 1,
  });
});

test('chosen items that cannot be asked for are left out by name of the reason', () => {
  const facts = owing(ITEMS, { blocks: [block('DISPUTE', { invoiceId: asId(3) })] });
  const { reminder, leftOut } = composed(facts, { invoiceIds: ids(1, 3, 4, 99) });
  expect(rowsOf(reminder)).toEqual(['INV-1 5000.00']);
  expect(leftOut).toEqual([
    { invoiceId: 3, why: 'blocked' },
    { invoiceId: 4, why: 'not-overdue' },
    { invoiceId: 99, why: 'not-open' },
  ]);
});

test('blocks, suppression, status and calendar hold for a person too', () => {
  const choice = { invoiceIds: ids(1, 3) };
  expect(refusal(owing(ITEMS, { blocks: [block('PROMISE')] }), choice)?.code).toBe('blocked');
  expect(refusal(owing(ITEMS, { blocks: [block('REPLY')] }), choice)?.code).toBe('reply-awaiting');
  expect(refusal(owing(ITEMS, { recipients: [recipient({ suppressedWhy: 'bounced' })] }), choice)?.code).toBe('suppressed');
  expect(refusal(owing(ITEMS, { account: { collectionStatus: 'LEGAL' } }), choice)?.code).toBe('not-collectable');
  expect(
    refusal(owing([invoice('50', { id: 1, asOn: day('2055-03-01') })]), { invoiceIds: ids(1) }, context({ asOn: day('2055-03-01') }))?.code,
  ).toBe('calendar-unconfirmed');
  expect(refusal(owing(ITEMS, { liveReminders: [liveReminder({ invoiceIds: ids(3) })] }), choice)).toEqual({
    code: 'reminder-live',
    id: 41,
  });
  expect(refusal(owing(ITEMS, { liveReminders: [liveReminder({ invoiceIds: ids(2) })] }), choice)).toBeNull();
  expect(refusal(owing(ITEMS), { invoiceIds: ids(4) })?.code).toBe('nothing-overdue');
});

test('the interval holds unless the operator overrides it', () => {
  const facts = owing(ITEMS, { contacts: [contact('POLITE', 2)] });
  expect(refusal(facts, { invoiceIds: ids(1) })).toMatchObject({ code: 'contact-interval', until: day('2026-11-28') });
  expect(refusal(facts, { invoiceIds: ids(1), overridesInterval: true })).toBeNull();
});

test('credits are taken off, and the composition judges itself unchanged', () => {
  const facts = owing([...ITEMS, creditNote('1000')]);
  for (const invoiceIds of [ids(1), ids(3), ids(1, 3)]) {
    const { reminder } = composed(facts, { invoiceIds });
    expect(judgeLiveReminder(reminder, facts, context())).toEqual({ kind: 'unchanged' });
  }
  expect(rowsOf(composed(facts, { invoiceIds: ids(1) }).reminder)).toEqual(['INV-1 5000.00', 'CN-101 -1000.00']);
  const covering = owing([...ITEMS, creditNote('2000')]);
  expect(rowsOf(composed(covering, { invoiceIds: ids(3) }).reminder)).toEqual(['INV-3 1800.00']);
  expect(composeManual(owing([invoice('900', { id: 1 }), creditNote('1000')]), { invoiceIds: ids(1) }, context())).toMatchObject({
    kind: 'refused',
    leftOut: [{ why: 'covered-by-credits' }],
  });
});

test('a level may be chosen by hand, but a FINAL is still sent only once', () => {
  expect(composed(owing(ITEMS), { invoiceIds: ids(1), level: 'URGENT' }).reminder.level).toBe('URGENT');
  const spent = owing([invoice('500', { overdueFor: 200 })], { contacts: [contact('FINAL', 40, { finalDeadlineOn: day('2026-10-25') })] });
  expect(refusal(spent, { invoiceIds: ids(1), level: 'FINAL', overridesInterval: true })?.code).toBe('ladder-complete');
});

test('a planned reminder moved to another level stays a planned one, in place of itself', () => {
  const facts = owing(ITEMS, { liveReminders: [liveReminder({ invoiceIds: ids(1, 3) })] });
  expect(refusal(facts, { invoiceIds: ids(1, 3), level: 'FINAL' })?.code).toBe('reminder-live');
  const { reminder } = composed(facts, { invoiceIds: ids(1, 3), level: 'FINAL', replaces: asId(41) });
  expect(reminder).toMatchObject({ type: 'FINAL_CONSOLIDATED', level: 'FINAL', approvalNeeds: ['auto-approval-off', 'level'] });
  expect(reminder.finalDeadlineOn).not.toBeNull();
});

test('a FINAL that was sent is not sent again by hand either, even after the level fell back', () => {
  const contacts = [contact('FINAL', 40, { finalDeadlineOn: day('2026-10-25') })];
  expect(refusal(owing(ITEMS, { contacts }), { invoiceIds: ids(1), level: 'FINAL', overridesInterval: true })?.code).toBe(
    'ladder-complete',
  );
});
