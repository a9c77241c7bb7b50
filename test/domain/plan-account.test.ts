import { describe, expect, test } from 'vitest';
import { asId } from '../../src/domain/ids.ts';
import { mayRecompose, planAccount, planAgain } from '../../src/domain/plan-account.ts';
import {
  account,
  advance,
  block,
  cashOnAccount,
  contact,
  context,
  creditNote,
  day,
  daysAgo,
  invoice,
  liveReminder,
  owing,
  recipient,
  reminderOf,
  remindersOf,
  rowsOf,
  skipOf,
  TODAY,
  totalsOf,
} from './builders.ts';

const THREE = [invoice('5000', { id: 1 }), invoice('3200', { id: 2, overdueFor: 20 }), invoice('1800', { id: 3, overdueFor: 10 })];

describe('what is asked', () => {
  test('three overdue invoices become one reminder for their sum', () => {
    const reminder = reminderOf(planAccount(owing(THREE), context()));
    expect(totalsOf(reminder)).toEqual(['AED 10000.00']);
    expect(rowsOf(reminder)).toEqual(['INV-1 5000.00', 'INV-2 3200.00', 'INV-3 1800.00']);
    expect(reminder).toMatchObject({ type: 'CONSOLIDATED', itemCount: 3, oldestDaysPastDue: 30, baseTotalMinor: 1_000_000n });
  });

  test('an open credit note lowers the sum and is a row of its own, after the invoices', () => {
    const reminder = reminderOf(planAccount(owing([creditNote('1000'), ...THREE]), context()));
    expect(totalsOf(reminder)).toEqual(['AED 9000.00']);
    expect(rowsOf(reminder).at(-1)).toBe('CN-101 -1000.00');
    expect(reminder.itemCount).toBe(3);
  });

  test('cash on account is netted, an advance never is', () => {
    const reminder = reminderOf(planAccount(owing([...THREE, cashOnAccount('500'), advance('4000', { id: 102 })]), context()));
    expect(totalsOf(reminder)).toEqual(['AED 9500.00']);
    expect(rowsOf(reminder).at(-1)).toBe('PAY-201 -500.00');
  });

  test('a partly paid invoice is asked for its balance', () => {
    const reminder = reminderOf(planAccount(owing([invoice('5000', { balanceMinor: 120_050n })]), context()));
    expect(totalsOf(reminder)).toEqual(['AED 1200.50']);
    expect(reminder.lines[0]).toMatchObject({ totalMinor: 500_000n, balanceMinor: 120_050n });
  });

  test('a dispute or a promise on one item leaves the others in', () => {
    for (const kind of ['DISPUTE', 'PROMISE'] as const) {
      const facts = owing(THREE, { blocks: [block(kind, { invoiceId: asId(2) })] });
      expect(rowsOf(reminderOf(planAccount(facts, context())))).toEqual(['INV-1 5000.00', 'INV-3 1800.00']);
    }
  });

  test('a block on part of an item lowers what is asked of it', () => {
    const facts = owing(THREE, { blocks: [block('DISPUTE', { invoiceId: asId(1), amountMinor: 200_000n })] });
    expect(rowsOf(reminderOf(planAccount(facts, context())))[0]).toBe('INV-1 3000.00');
  });

  test('a block on part of an account covers its oldest items first', () => {
    const facts = owing(THREE, { blocks: [block('PROMISE', { amountMinor: 600_000n })] });
    expect(rowsOf(reminderOf(planAccount(facts, context())))).toEqual(['INV-2 2200.00', 'INV-3 1800.00']);
  });

  test('a credit note linked to an invoice is netted only while that invoice is asked for', () => {
    const linked = creditNote('1000', { linkedInvoiceId: asId(2) });
    expect(totalsOf(reminderOf(planAccount(owing([...THREE, linked]), context())))).toEqual(['AED 9000.00']);
    const disputed = owing([...THREE, linked], { blocks: [block('DISPUTE', { invoiceId: asId(2) })] });
    expect(totalsOf(reminderOf(planAccount(disputed, context())))).toEqual(['AED 6800.00']);
    const notDue = owing([...THREE, invoice('700', { id: 4, overdueFor: 0 }), creditNote('600', { linkedInvoiceId: asId(4) })]);
    expect(totalsOf(reminderOf(planAccount(notDue, context())))).toEqual(['AED 10000.00']);
  });

  test('what a linked credit note exceeds its waiting invoice by is free', () => {
    const items = [...THREE, invoice('700', { id: 4, overdueFor: 0 }), creditNote('900', { linkedInvoiceId: asId(4) })];
    const reminder = reminderOf(planAccount(owing(items), context()));
    expect(rowsOf(reminder).at(-1)).toBe('CN-101 -200.00');
    expect(totalsOf(reminder)).toEqual(['AED 9800.00']);
  });

  test('a credit note whose invoice is settled counts like an unlinked one', () => {
    expect(totalsOf(reminderOf(planAccount(owing([...THREE, creditNote('1000', { linkedInvoiceId: asId(99) })]), context())))).toEqual([
      'AED 9000.00',
    ]);
  });

  test('currencies are never added together, and one that nets to nothing is left out', () => {
    const items = [
      ...THREE,
      invoice('1000', { id: 4, currency: 'USD' }),
      invoice('50', { id: 5, currency: 'EUR' }),
      creditNote('50', { id: 102, currency: 'EUR' }),
    ];
    const reminder = reminderOf(planAccount(owing(items), context()));
    expect(totalsOf(reminder)).toEqual(['AED 10000.00', 'USD 1000.00']);
    expect(reminder.baseTotalMinor).toBe(1_000_000n + 367_250n);
    expect(rowsOf(reminder)).not.toContain('INV-5 50.00');
  });

  test('only credits left means nobody is written to', () => {
    const decision = planAccount(owing([invoice('900'), creditNote('1000')]), context());
    expect(skipOf(decision)).toEqual({ code: 'net-not-positive' });
    expect(skipOf(planAccount(owing([invoice('900'), creditNote('900')]), context()))).toEqual({ code: 'net-not-positive' });
  });
});

describe('trigger', () => {
  const overdueBy = (days: number, changes: Parameters<typeof owing>[1] = {}, policy: Record<string, string> = {}) =>
    skipOf(planAccount(owing([invoice('5000', { overdueFor: days })], changes), context({ policy })));

  test('an item starts a reminder on its third working day overdue', () => {
    // 23 November is a Monday: due on the Wednesday before, overdue Thursday, Friday, Monday.
    expect(overdueBy(5)).toBeNull();
    expect(overdueBy(4)).toEqual({ code: 'not-yet', on: day('2026-11-24') });
    expect(overdueBy(1)).toEqual({ code: 'not-yet', on: day('2026-11-25') });
    expect(overdueBy(0)).toEqual({ code: 'nothing-overdue' });
  });

  test.each([
    [0, 1],
    [1, 1],
    [2, 4],
    [3, 5],
  ])('with %i working days an item overdue %i days triggers and one day less does not', (workingDays, days) => {
    const policy = { 'trigger.workingDays': String(workingDays) };
    expect(overdueBy(days, {}, policy)).toBeNull();
    expect(overdueBy(days - 1, {}, policy)?.code).toMatch(/not-yet|nothing-overdue/);
  });

  test('a customer with grace days is given that many working days more', () => {
    expect(overdueBy(6, { account: { graceDays: 1 } })).toBeNull();
    expect(overdueBy(5, { account: { graceDays: 1 } })).toEqual({ code: 'not-yet', on: day('2026-11-24') });
  });

  test('the day an item is said to trigger is the day it does', () => {
    for (const overdueFor of [1, 2, 3, 4]) {
      const skip = overdueBy(overdueFor);
      if (skip?.code !== 'not-yet') throw new Error('expected not-yet');
      const items = [invoice('5000', { overdueFor })];
      expect(skipOf(planAccount(owing(items), context({ asOn: skip.on })))).toBeNull();
      expect(skipOf(planAccount(owing(items), context({ asOn: skip.on.subtract({ days: 1 }) })))?.code).toBe('not-yet');
    }
  });

  test('one triggering item brings every overdue item with it', () => {
    const reminder = reminderOf(planAccount(owing([invoice('5000'), invoice('100', { id: 2, overdueFor: 1 })]), context()));
    expect(reminder.itemCount).toBe(2);
  });

  test.each([
    ['10.00', 'below-minimum'],
    ['10.01', null],
  ])('an item of AED %s alone, without a minimum: %s', (amount, code) => {
    expect(skipOf(planAccount(owing([invoice(amount)]), context({ policy: { 'minimum.amount': '0' } })))?.code ?? null).toBe(code);
  });

  test('a residue is listed but starts nothing, ages nothing and counts as no item', () => {
    const residue = invoice('9.50', { id: 2, overdueFor: 200 });
    const reminder = reminderOf(planAccount(owing([invoice('5000', { overdueFor: 10 }), residue]), context()));
    expect(reminder).toMatchObject({ type: 'INDIVIDUAL', level: 'POLITE', itemCount: 1, oldestDaysPastDue: 10 });
    expect(totalsOf(reminder)).toEqual(['AED 5009.50']);
    expect(skipOf(planAccount(owing([invoice('5000', { overdueFor: 1 }), residue]), context()))?.code).toBe('not-yet');
  });

  test('below one percent of the reminder an item is a residue, at one percent it is not', () => {
    const itemsOf = (amount: string) => reminderOf(planAccount(owing([invoice('9900'), invoice(amount, { id: 2 })]), context())).itemCount;
    expect(itemsOf('100')).toBe(2);
    expect(itemsOf('99.99')).toBe(1);
  });

  test('an account with three hundred equal invoices owes three hundred items, not three hundred residues', () => {
    const many = Array.from({ length: 300 }, (_, index) => invoice('400', { id: index + 1 }));
    expect(reminderOf(planAccount(owing(many), context())).itemCount).toBe(300);
  });
});

describe('minimum', () => {
  test.each([
    ['49.99', 'below-minimum'],
    ['50', null],
    ['50.01', null],
  ])('AED %s in all: %s', (amount, code) => {
    expect(skipOf(planAccount(owing([invoice(amount)]), context()))?.code ?? null).toBe(code);
  });

  test('is compared with everything asked, in base currency', () => {
    expect(skipOf(planAccount(owing([invoice('13.61', { currency: 'USD' })]), context()))?.code).toBe('below-minimum');
    expect(skipOf(planAccount(owing([invoice('13.62', { currency: 'USD' })]), context()))).toBeNull();
  });

  test('a missing or old rate never keeps anybody from being contacted; it makes a person approve', () => {
    const auto = { 'approval.auto': 'true' };
    const missing = reminderOf(planAccount(owing([invoice('1', { currency: 'GBP' })]), context({ policy: auto })));
    expect(missing.baseTotalMinor).toBeNull();
    expect(missing.approvalNeeds).toContain('missing-rate');
    const rate = (age: number) => ({ rates: [{ currency: 'USD', ratePpm: 3_672_500n, quotedOn: daysAgo(age) }] });
    const needs = (age: number) =>
      reminderOf(planAccount(owing([invoice('500', { currency: 'USD' })]), context({ policy: auto, company: rate(age) }))).approvalNeeds;
    expect(needs(45)).not.toContain('missing-rate');
    expect(needs(46)).toContain('missing-rate');
  });

  test('a single item is skipped where the company does not write about single items', () => {
    const policy = { 'consolidation.remindSingleItems': 'false' };
    expect(skipOf(planAccount(owing([invoice('5000')]), context({ policy })))?.code).toBe('below-minimum');
    expect(skipOf(planAccount(owing(THREE), context({ policy })))).toBeNull();
  });
});

describe('consolidation', () => {
  const typesOf = (count: number, preference: 'ENABLED' | 'AUTO' | 'DISABLED') => {
    const items = Array.from({ length: count }, (_, index) => invoice(String(1000 + index), { id: index + 1 }));
    return remindersOf(planAccount(owing(items, { account: { consolidationPreference: preference } }), context())).map(
      (reminder) => reminder.type,
    );
  };

  test.each([
    ['ENABLED', 1, ['INDIVIDUAL']],
    ['ENABLED', 2, ['CONSOLIDATED']],
    ['AUTO', 1, ['INDIVIDUAL']],
    ['AUTO', 2, ['INDIVIDUAL', 'INDIVIDUAL']],
    ['AUTO', 3, ['CONSOLIDATED']],
    ['AUTO', 4, ['CONSOLIDATED']],
    ['DISABLED', 2, ['INDIVIDUAL', 'INDIVIDUAL']],
  ] as const)('%s with %i items gives %j', (preference, count, types) => {
    expect(typesOf(count, preference)).toEqual(types);
  });

  test('at most five individual reminders go on one day, the highest first', () => {
    expect(typesOf(7, 'DISABLED')).toHaveLength(5);
    const items = [invoice('100', { id: 1 }), invoice('900', { id: 2 }), invoice('500', { id: 3 })];
    const reminders = remindersOf(planAccount(owing(items, { account: { consolidationPreference: 'DISABLED' } }), context()));
    expect(reminders.flatMap(rowsOf)).toEqual(['INV-2 900.00', 'INV-3 500.00', 'INV-1 100.00']);
  });

  test('individual reminders together ask exactly the net, and no credit is in two of them', () => {
    const items = [...THREE, creditNote('6000')];
    const reminders = remindersOf(planAccount(owing(items, { account: { consolidationPreference: 'DISABLED' } }), context()));
    expect(reminders.flatMap(rowsOf)).toEqual(['INV-2 3200.00', 'CN-101 -1000.00', 'INV-3 1800.00']);
  });
});

describe('ladder', () => {
  const levelAt = (days: number, contacts: Parameters<typeof owing>[1] = {}) =>
    reminderOf(
      planAccount(owing([invoice('5000', { overdueFor: days }), invoice('4000', { id: 2, overdueFor: days })], contacts), context()),
    ).level;

  test('the first reminder of an episode is POLITE whatever the age', () => {
    expect([14, 15, 44, 45, 89, 90, 400].map((days) => levelAt(days))).toEqual(Array.from({ length: 7 }, () => 'POLITE'));
  });

  test.each([
    [14, 'POLITE'],
    [15, 'FIRM'],
    [44, 'FIRM'],
    [45, 'URGENT'],
    [89, 'URGENT'],
    [90, 'FINAL'],
  ] as const)('after every lower step, %i days past due is %s', (days, level) => {
    expect(levelAt(days, { contacts: [contact('URGENT', 20), contact('FIRM', 40)] })).toBe(level);
  });

  test('never more than one step above the level last delivered in this episode', () => {
    expect(levelAt(400, { contacts: [contact('POLITE', 20)] })).toBe('FIRM');
    expect(levelAt(400, { contacts: [contact('FIRM', 20)] })).toBe('URGENT');
    expect(levelAt(400, { contacts: [contact('POLITE', 20, { isDelivered: false })] })).toBe('POLITE');
    expect(levelAt(400, { contacts: [contact('URGENT', 20)], account: { episodeStartedOn: daysAgo(19) } })).toBe('POLITE');
    expect(levelAt(400, { contacts: [contact('URGENT', 20)], account: { episodeStartedOn: daysAgo(20) } })).toBe('FINAL');
  });

  test('the types follow the level', () => {
    const typeAfter = (level: 'FIRM' | 'URGENT') =>
      reminderOf(
        planAccount(
          owing([invoice('5000', { overdueFor: 100 }), invoice('500', { id: 2 })], { contacts: [contact(level, 20)] }),
          context(),
        ),
      );
    expect(typeAfter('FIRM').type).toBe('URGENT_CONSOLIDATED');
    expect(typeAfter('URGENT')).toMatchObject({ type: 'FINAL_CONSOLIDATED' });
  });

  test('a FINAL names a date at least seven working days ahead', () => {
    const reminder = reminderOf(
      planAccount(owing([invoice('5000', { overdueFor: 100 })], { contacts: [contact('URGENT', 20)] }), context()),
    );
    expect(reminder).toMatchObject({ level: 'FINAL', type: 'INDIVIDUAL', finalDeadlineOn: day('2026-12-09') });
    expect(reminder.nextEligibleContactOn).toEqual(day('2026-12-12'));
  });

  test('after a FINAL the customer is waited for until its date and grace, then a person takes over', () => {
    const deadline = day('2026-11-16');
    const facts = owing([invoice('5000', { overdueFor: 130 })], { contacts: [contact('FINAL', 21, { finalDeadlineOn: deadline })] });
    expect(skipOf(planAccount(facts, context({ asOn: day('2026-11-18') })))).toMatchObject({
      code: 'contact-interval',
      until: day('2026-11-19'),
    });
    expect(skipOf(planAccount(facts, context({ asOn: day('2026-11-19') })))).toEqual({ code: 'ladder-complete' });
    expect(skipOf(planAccount(facts, context()))).toEqual({ code: 'ladder-complete' });
  });

  test('when the oldest item is paid after a FINAL, the level falls back by itself', () => {
    const contacts = [contact('FINAL', 21, { finalDeadlineOn: day('2026-11-16') })];
    expect(reminderOf(planAccount(owing([invoice('5000', { overdueFor: 20 })], { contacts }), context())).level).toBe('FIRM');
  });

  test('government stops at FIRM, every 21 days, Arabic first, and always needs a person', () => {
    const facts = (contacts: ReturnType<typeof contact>[]) =>
      owing([invoice('5000', { overdueFor: 400 })], { contacts, account: { businessType: 'GOV_LOCAL' } });
    const reminder = reminderOf(planAccount(facts([contact('FIRM', 21)]), context({ policy: { 'approval.auto': 'true' } })));
    expect(reminder).toMatchObject({ level: 'FIRM', language: 'AR_EN', contactIntervalDays: 21, approvalNeeds: ['government'] });
    expect(skipOf(planAccount(facts([contact('FIRM', 20)]), context()))).toMatchObject({
      code: 'contact-interval',
      until: day('2026-11-24'),
    });
  });

  test('a new episode starts on the day something is overdue again, and ends when nothing is', () => {
    expect(planAccount(account({ items: THREE }), context()).episodeStartedOn).toEqual(TODAY);
    expect(planAccount(owing(THREE), context()).episodeStartedOn).toEqual(day('2020-01-01'));
    expect(planAccount(owing([]), context()).episodeStartedOn).toBeNull();
  });
});

describe('interval and cap', () => {
  test.each([
    ['POLITE', 7],
    ['FIRM', 10],
    ['URGENT', 10],
  ] as const)('after %s, %i days later is allowed and one day earlier is not', (level, days) => {
    expect(skipOf(planAccount(owing(THREE, { contacts: [contact(level, days)] }), context()))).toBeNull();
    expect(skipOf(planAccount(owing(THREE, { contacts: [contact(level, days - 1)] }), context()))).toEqual({
      code: 'contact-interval',
      until: day('2026-11-24'),
      contactedOn: daysAgo(days - 1),
      intervalDays: days,
    });
  });

  test('contacted three days ago: skipped with the date it ends', () => {
    expect(skipOf(planAccount(owing(THREE, { contacts: [contact('POLITE', 3)] }), context()))).toMatchObject({
      code: 'contact-interval',
      until: day('2026-11-27'),
    });
  });

  test("a customer's own interval lengthens the policy's and never shortens it", () => {
    const planned = (preferred: number, ago: number) =>
      skipOf(
        planAccount(owing(THREE, { contacts: [contact('POLITE', ago)], account: { preferredContactIntervalDays: preferred } }), context()),
      );
    expect(planned(14, 13)).toMatchObject({ until: day('2026-11-24') });
    expect(planned(14, 14)).toBeNull();
    expect(planned(2, 6)).toMatchObject({ until: day('2026-11-24') });
  });

  test('an address shared with another account is left alone after that account was written to', () => {
    const shared = (ago: number) =>
      owing(THREE, { recipients: [recipient({ addressLastContactOn: daysAgo(ago), addressContactsIn7Days: ago < 7 ? 1 : 0 })] });
    expect(skipOf(planAccount(shared(6), context()))).toMatchObject({ code: 'contact-interval', until: day('2026-11-24') });
    expect(skipOf(planAccount(shared(7), context()))).toBeNull();
  });

  test('one contact in any seven days, even where the interval is shorter', () => {
    const policy = { 'interval.politeDays': '3' };
    expect(skipOf(planAccount(owing(THREE, { contacts: [contact('POLITE', 6)] }), context({ policy })))).toEqual({
      code: 'weekly-cap',
      until: day('2026-11-24'),
    });
    expect(skipOf(planAccount(owing(THREE, { contacts: [contact('POLITE', 7)] }), context({ policy })))).toBeNull();
    const two = { ...policy, 'cap.contactsPerWeek': '2' };
    expect(skipOf(planAccount(owing(THREE, { contacts: [contact('POLITE', 3)] }), context({ policy: two })))).toBeNull();
    expect(
      skipOf(planAccount(owing(THREE, { contacts: [contact('POLITE', 3), contact('POLITE', 6)] }), context({ policy: two }))),
    ).toMatchObject({ until: day('2026-11-24') });
  });
});

describe('reasons', () => {
  test('each reason has its facts, and the first that holds is given', () => {
    const cases = [
      [owing(THREE, { account: { isActive: false } }), { code: 'inactive' }],
      [owing(THREE, { account: { collectionStatus: 'LEGAL' } }), { code: 'not-collectable', status: 'LEGAL' }],
      [owing([invoice('5000', { overdueFor: 0 })]), { code: 'nothing-overdue' }],
      [owing(THREE, { recipients: [] }), { code: 'no-valid-address' }],
      [owing(THREE, { recipients: [recipient({ levels: ['FINAL'] })] }), { code: 'no-valid-address' }],
      [
        owing(THREE, { recipients: [recipient({ suppressedWhy: 'mailbox does not exist' })] }),
        { code: 'suppressed', why: 'mailbox does not exist' },
      ],
      [owing(THREE, { blocks: [block('REPLY')] }), { code: 'reply-awaiting' }],
      [
        owing(THREE, { blocks: [block('DO_NOT_CHASE', { untilOn: day('2026-11-30') })] }),
        { code: 'blocked', kinds: ['DO_NOT_CHASE'], until: day('2026-11-30') },
      ],
      [owing(THREE, { liveReminders: [liveReminder()] }), { code: 'reminder-live', id: 41 }],
    ] as const;
    for (const [facts, reason] of cases) expect(skipOf(planAccount(facts, context()))).toEqual(reason);
  });

  test('everything else that holds is listed in the judged order', () => {
    const facts = owing(THREE, {
      account: { isActive: false, collectionStatus: 'AGENCY' },
      recipients: [],
      contacts: [contact('POLITE', 1)],
      liveReminders: [liveReminder()],
    });
    const decision = planAccount(facts, context());
    expect(skipOf(decision)?.code).toBe('inactive');
    expect(decision.alsoTrue.map((reason) => reason.code)).toEqual([
      'not-collectable',
      'no-valid-address',
      'reminder-live',
      'contact-interval',
      'weekly-cap',
    ]);
  });

  test('every overdue item blocked until different days: the first to come free is named', () => {
    const blocks = [
      block('PROMISE', { invoiceId: asId(1), untilOn: day('2026-12-01') }),
      block('DISPUTE', { invoiceId: asId(2) }),
      block('CHEQUE', { invoiceId: asId(3), untilOn: day('2026-11-26') }),
    ];
    expect(skipOf(planAccount(owing(THREE, { blocks }), context()))).toEqual({
      code: 'blocked',
      kinds: ['CHEQUE', 'DISPUTE', 'PROMISE'],
      until: day('2026-11-26'),
    });
  });

  test('a customer with a live promise is left alone until the day after it', () => {
    const promised = owing([invoice('5000')], { blocks: [block('PROMISE', { startedOn: TODAY, untilOn: day('2026-11-25') })] });
    expect(skipOf(planAccount(promised, context({ asOn: day('2026-11-20') })))).toBeNull();
    expect(skipOf(planAccount(promised, context()))?.code).toBe('blocked');
    expect(skipOf(planAccount(promised, context({ asOn: day('2026-11-25') })))?.code).toBe('blocked');
    expect(skipOf(planAccount(promised, context({ asOn: day('2026-11-26') })))).toBeNull();
  });

  test('a secondary contact is used when nothing may go to the first', () => {
    const second = recipient({ contactId: asId(8), address: 'cfo@alnoor.example', isPrimary: false, isKnown: false });
    const reminder = reminderOf(planAccount(owing(THREE, { recipients: [second, recipient({ suppressedWhy: 'bounced' })] }), context()));
    expect(reminder.recipient.address).toBe('cfo@alnoor.example');
    expect(reminder.approvalNeeds).toContain('new-address');
  });

  test('a known ledger date more than three working days old stops planning; an unknown one does not', () => {
    const stale = (invoices: string | null, receipts: string | null) =>
      skipOf(
        planAccount(
          owing(THREE),
          context({
            company: {
              ledgerAsOn: { invoices: invoices === null ? null : day(invoices), receipts: receipts === null ? null : day(receipts) },
            },
          }),
        ),
      );
    expect(stale(null, null)).toBeNull();
    expect(stale('2026-11-18', null)).toBeNull();
    expect(stale('2026-11-17', null)).toEqual({ code: 'ledger-stale', since: day('2026-11-17') });
    expect(stale('2026-11-23', '2026-11-17')).toEqual({ code: 'ledger-stale', since: day('2026-11-17') });
  });

  test('a firm reminder waits out the end of Ramadan, a polite one does not', () => {
    const asOn = day('2026-03-16');
    const items = [invoice('5000', { overdueFor: 60, asOn })];
    const facts = owing(items, { contacts: [{ ...contact('FIRM', 0), on: asOn.subtract({ days: 30 }) }] });
    expect(skipOf(planAccount(facts, context({ asOn })))?.code).toBe('quiet-season');
    expect(skipOf(planAccount(owing(items), context({ asOn })))).toBeNull();
  });

  test('a year without days off is never planned in', () => {
    const asOn = day('2055-03-01');
    const decision = planAccount(owing([invoice('5000', { asOn })]), context({ asOn }));
    expect(skipOf(decision)).toEqual({ code: 'calendar-unconfirmed', year: 2055 });
  });
});

describe('approval and schedule', () => {
  const AUTO = { 'approval.auto': 'true' };
  const known = { contacts: [contact('POLITE', 20)] };
  const needs = (
    items = [invoice('5000', { overdueFor: 10 })],
    changes: Parameters<typeof owing>[1] = known,
    policy: Record<string, string> = AUTO,
  ) => reminderOf(planAccount(owing(items, changes), context({ policy }))).approvalNeeds;

  test('invoices whose receipts never came in are asked for by a person alone', () => {
    const needsOf = (invoices: string | null, receipts: string | null) =>
      reminderOf(
        planAccount(
          owing([invoice('5000', { overdueFor: 10 })], known),
          context({
            policy: AUTO,
            company: {
              ledgerAsOn: { invoices: invoices === null ? null : day(invoices), receipts: receipts === null ? null : day(receipts) },
            },
          }),
        ),
      ).approvalNeeds;
    expect(needsOf('2026-11-23', null)).toEqual(['receipts-unknown']);
    expect(needsOf('2026-11-23', '2026-11-23')).toEqual([]);
    expect(needsOf(null, null)).toEqual([]);
  });

  test('off by default: a person approves everything', () => {
    expect(needs(undefined, undefined, {})).toEqual(['auto-approval-off']);
    expect(needs()).toEqual([]);
  });

  test('limits include their own amount', () => {
    expect(needs([invoice('50000', { overdueFor: 10 })])).toEqual([]);
    expect(needs([invoice('50000.01', { overdueFor: 10 })])).toEqual(['over-company-limit']);
    expect(needs(undefined, { ...known, account: { maxConsolidationMinor: 499_999n } })).toEqual(['over-customer-limit']);
    expect(needs(undefined, { ...known, account: { maxConsolidationMinor: 500_000n } })).toEqual([]);
  });

  test('a person must see what auto-approval may never cover', () => {
    expect(needs(undefined, { recipients: [recipient({ isKnown: false })] })).toEqual(['first-reminder', 'new-address']);
    expect(needs([invoice('5000', { overdueFor: 10, isDueComputed: true })])).toEqual(['computed-due-date']);
    expect(needs([invoice('5000', { overdueFor: 50 })], { contacts: [contact('FIRM', 20)] })).toEqual(['level']);
  });

  test('a reminder for a person is scheduled at the next open moment, an automatic one after the morning', () => {
    const at = (policy: Record<string, string>, time: string, asOn = TODAY) =>
      reminderOf(
        planAccount(owing([invoice('5000', { overdueFor: 10, asOn })], known), context({ policy, at: time, asOn })),
      ).scheduledFor.toString();
    expect(at({}, '08:00')).toBe('2026-11-23T05:00:00Z');
    expect(at({}, '12:15')).toBe('2026-11-23T08:15:00Z');
    expect(at({}, '17:00')).toBe('2026-11-24T05:00:00Z');
    expect(at(AUTO, '08:00')).toBe('2026-11-23T06:30:00Z');
    expect(at(AUTO, '12:15')).toBe('2026-11-23T08:15:00Z');
    expect(at(AUTO, '08:00', day('2026-11-27'))).toBe('2026-11-27T05:30:00Z');
    expect(at(AUTO, '12:00', day('2026-11-27'))).toBe('2026-11-30T06:30:00Z');
  });

  test('the next contact is counted from the day this one goes', () => {
    const reminder = reminderOf(planAccount(owing(THREE), context({ at: '18:00' })));
    expect(reminder.nextEligibleContactOn).toEqual(day('2026-12-01'));
    expect(reminder.contactIntervalDays).toBe(7);
  });
});

describe('planning again', () => {
  test('a reminder that is only proposed is composed again from the facts of today', () => {
    const facts = owing(THREE, { liveReminders: [liveReminder()] });
    expect(skipOf(planAccount(facts, context()))?.code).toBe('reminder-live');
    expect(totalsOf(reminderOf(planAgain(facts, context())))).toEqual(['AED 10000.00']);
  });

  test('what a person chose, approved or holds, or a sender has taken, is not composed again', () => {
    expect(mayRecompose(liveReminder({ status: 'QUEUED' }))).toBe(true);
    for (const live of [
      liveReminder({ status: 'QUEUED', isApprovedByPerson: true }),
      liveReminder({ status: 'HELD' }),
      liveReminder({ status: 'LEASED' }),
      liveReminder({ status: 'UNCERTAIN' }),
      liveReminder({ origin: 'MANUAL' }),
    ]) {
      expect(mayRecompose(live)).toBe(false);
      expect(skipOf(planAgain(owing(THREE, { liveReminders: [live] }), context()))?.code).toBe('reminder-live');
    }
  });
});
