/** The situations an operator asks about, each built from facts, with what `wafa explain` answers: for the documentation and its test. */
import { explanationView } from '../../src/app/explanation-view.ts';
import type { AccountFacts } from '../../src/domain/account-facts.ts';
import { explain } from '../../src/domain/explanation.ts';
import type { SkipCode } from '../../src/domain/decision.ts';
import {
  account,
  block,
  contact,
  context,
  creditNote,
  day,
  invoice,
  liveReminder,
  owing,
  recipient,
  type ContextChanges,
} from '../domain/builders.ts';

interface Situation {
  readonly title: string;
  /** The reason expected first; `null`: it is reminded. */
  readonly code: SkipCode | null;
  readonly facts: AccountFacts;
  readonly when?: ContextChanges;
  readonly branch?: string;
}

const ONE = [invoice('8200', { overdueFor: 21 })];
const OLD = [invoice('8200', { overdueFor: 120 })];
const MARCH = day('2026-03-16');

export const SITUATIONS: readonly Situation[] = [
  { title: 'Never contacted, and due', code: null, facts: owing(ONE, { recipients: [recipient({ isKnown: false })] }) },
  {
    title: 'A reminder waits for approval',
    code: null,
    facts: owing(ONE, { liveReminders: [liveReminder({ id: 41 as never })] }),
  },
  {
    title: 'Chosen by hand and under way',
    code: 'reminder-live',
    facts: owing(ONE, { liveReminders: [liveReminder({ origin: 'MANUAL' })] }),
  },
  { title: 'Disputed', code: 'blocked', facts: owing(ONE, { blocks: [block('DISPUTE', { reason: 'wrong price' })] }) },
  {
    title: 'Promised for Thursday',
    code: 'blocked',
    facts: owing(ONE, { blocks: [block('PROMISE', { untilOn: day('2026-11-30') })], contacts: [contact('POLITE', 14)] }),
  },
  {
    title: 'A promise was broken',
    code: null,
    facts: owing(ONE, { contacts: [contact('POLITE', 14)], behaviour: { brokenPromises: 1 } }),
  },
  {
    title: 'A post-dated cheque is in hand',
    code: 'blocked',
    facts: owing(ONE, { blocks: [block('CHEQUE', { untilOn: day('2026-12-18'), reference: '000123' })] }),
  },
  { title: 'Contacted a few days ago', code: 'contact-interval', facts: owing(ONE, { contacts: [contact('POLITE', 3)] }) },
  {
    title: 'Another account of the same address was written to',
    code: 'contact-interval',
    facts: owing(ONE, { recipients: [recipient({ addressLastContactOn: day('2026-11-19'), addressContactsIn7Days: 1 })] }),
  },
  { title: 'Too little to write about', code: 'below-minimum', facts: owing([invoice('38', { overdueFor: 21 })]) },
  {
    title: 'Credits cover it',
    code: 'net-not-positive',
    facts: owing([...ONE, creditNote('8200', { id: 101 })]),
  },
  { title: 'Not old enough yet', code: 'not-yet', facts: owing([invoice('8200', { overdueFor: 2 })]) },
  {
    title: 'The final reminder has run out',
    code: 'ladder-complete',
    facts: owing(OLD, { contacts: [contact('FINAL', 30, { finalDeadlineOn: day('2026-11-09') }), contact('URGENT', 45)] }),
  },
  {
    title: 'A government customer',
    code: null,
    facts: owing(OLD, { contacts: [contact('FIRM', 21)], account: { businessType: 'GOV_LOCAL', name: 'Municipality of Al Waha' } }),
  },
  { title: 'No address', code: 'no-valid-address', facts: owing(ONE, { recipients: [] }) },
  {
    title: 'The address bounced',
    code: 'suppressed',
    facts: owing(ONE, { recipients: [recipient({ suppressedWhy: 'mail to it was returned' })] }),
  },
  { title: 'They answered', code: 'reply-awaiting', facts: owing(ONE, { blocks: [block('REPLY')], contacts: [contact('POLITE', 10)] }) },
  { title: 'With the lawyers', code: 'not-collectable', facts: owing(ONE, { account: { collectionStatus: 'LEGAL' } }) },
  { title: 'Asked about a branch', code: null, facts: owing(ONE), branch: 'C-17-DIP' },
  {
    title: 'In the last days of Ramadan',
    code: 'quiet-season',
    facts: owing([invoice('8200', { overdueFor: 60, asOn: MARCH })], {
      contacts: [{ ...contact('FIRM', 0), on: MARCH.subtract({ days: 12 }) }],
    }),
    when: { asOn: MARCH },
  },
  {
    title: 'The ledger is old',
    code: 'ledger-stale',
    facts: owing(ONE),
    when: { company: { ledgerAsOn: { invoices: day('2026-11-13'), receipts: day('2026-11-12') } } },
  },
  {
    title: 'The calendar is not known',
    code: 'calendar-unconfirmed',
    facts: owing([invoice('8200', { asOn: day('2031-02-03') })]),
    when: { asOn: day('2031-02-03') },
  },
  { title: 'Nothing is overdue', code: 'nothing-overdue', facts: account({ items: [invoice('8200', { overdueFor: -5 })] }) },
];

export function answerTo({ facts, when, branch }: Situation) {
  const { data, sentences } = explanationView(
    explain(facts, context(when), { branch: branch ?? null, inboxStaleSince: null, repliedOn: null }),
  );
  return { code: data.reason === null ? null : (data.reason['code'] as SkipCode), sentences };
}
