import { expect, test } from 'vitest';
import type { SkipReason } from '../../src/domain/decision.ts';
import { asId } from '../../src/domain/ids.ts';
import { inJudgedOrder, SKIP_ORDER, skipSentence } from '../../src/domain/skip-reasons.ts';
import { day } from './builders.ts';

const SENTENCES: readonly (readonly [SkipReason, string])[] = [
  [{ code: 'inactive' }, 'Al Noor is marked inactive, so nothing is sent to them.'],
  [{ code: 'not-collectable', status: 'LEGAL' }, 'Al Noor is with the lawyers, so reminders are not sent automatically.'],
  [{ code: 'nothing-overdue' }, 'Al Noor has nothing overdue.'],
  [{ code: 'no-valid-address' }, 'Al Noor has no contact with an address for a reminder of this level.'],
  [{ code: 'suppressed', why: 'the mailbox does not exist' }, 'Nothing may be sent to the address of Al Noor: the mailbox does not exist.'],
  [{ code: 'reply-awaiting' }, 'Al Noor has answered, and the answer has not been dealt with yet.'],
  [
    { code: 'blocked', kinds: ['DISPUTE', 'PROMISE'], until: day('2026-11-30') },
    'Everything Al Noor has overdue is blocked by a dispute and a promise to pay; the first item comes free after Mon 30 Nov 2026.',
  ],
  [{ code: 'blocked', kinds: ['DISPUTE'], until: null }, 'Everything Al Noor has overdue is blocked by a dispute, until someone lifts it.'],
  [{ code: 'net-not-positive' }, 'Open credits cover everything that would be asked of Al Noor.'],
  [{ code: 'below-minimum' }, "What Al Noor has overdue is too little for a reminder by the company's policy."],
  [{ code: 'not-yet', on: day('2026-11-25') }, 'Al Noor has overdue items, but none old enough before Wed 25 Nov 2026.'],
  [{ code: 'reminder-live', id: asId(41) }, 'Reminder 41 to Al Noor is already under way.'],
  [{ code: 'ladder-complete' }, 'The final reminder to Al Noor has run out: the account needs a person now.'],
  [
    { code: 'contact-interval', until: day('2026-11-27'), contactedOn: day('2026-11-20'), intervalDays: 7 },
    'Nothing is sent to Al Noor before Fri 27 Nov 2026: they were contacted on Fri 20 Nov 2026 and the interval is 7 days.',
  ],
  [
    { code: 'contact-interval', until: day('2026-11-27') },
    'Nothing is sent to Al Noor before Fri 27 Nov 2026: they were contacted not long ago.',
  ],
  [
    { code: 'weekly-cap', until: day('2026-11-27') },
    'Al Noor or their address has had every contact a week allows; the next is possible on Fri 27 Nov 2026.',
  ],
  [
    { code: 'quiet-season', until: day('2026-03-23') },
    'A reminder this firm to Al Noor waits until Mon 23 Mar 2026: nothing above FIRM is sent in this season.',
  ],
  [
    { code: 'ledger-stale', since: day('2026-11-17') },
    'The ledger ends on Tue 17 Nov 2026: payments since then are unknown, so nothing is sent before a newer one is imported.',
  ],
  [{ code: 'ledger-stale', since: null }, 'The ledger is too old to act on: import a newer one.'],
  [{ code: 'calendar-unconfirmed', year: 2055 }, 'The days off of 2055 are not known, so nothing is scheduled.'],
];

test.each(SENTENCES)('$code reads like an answer', (reason, sentence) => {
  expect(skipSentence(reason, 'Al Noor')).toBe(sentence);
});

test('every reason has a sentence and a place in the judged order', () => {
  expect(new Set(SENTENCES.map(([reason]) => reason.code))).toEqual(new Set(SKIP_ORDER));
  const reasons = SENTENCES.map(([reason]) => reason);
  expect(
    inJudgedOrder(reasons.toReversed())
      .map((reason) => reason.code)
      .filter((code, index, all) => all.indexOf(code) === index),
  ).toEqual(SKIP_ORDER);
});
