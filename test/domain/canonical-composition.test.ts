import { expect, test } from 'vitest';
import { canonicalComposition, type CompositionVersions } from '../../src/domain/canonical-composition.ts';
import type { ProposedReminder } from '../../src/domain/decision.ts';
import { planAccount } from '../../src/domain/plan-account.ts';
import { context, creditNote, daysAgo, invoice, owing, reminderOf, TODAY } from './builders.ts';

const REMINDER = reminderOf(planAccount(owing([invoice('5000'), invoice('300', { id: 2 }), creditNote('100')]), context()));
const VERSIONS: CompositionVersions = {
  asOn: TODAY,
  templateId: 3,
  templateVersion: 2,
  layoutVersion: 1,
  policyVersion: 4,
  attachesStatement: false,
};
const TEXT = canonicalComposition(REMINDER, VERSIONS);

const withLine = (changes: Partial<ProposedReminder['lines'][number]>): ProposedReminder => ({
  ...REMINDER,
  lines: REMINDER.lines.map((line, index) => (index === 0 ? { ...line, ...changes } : line)),
});

test('equal compositions give equal text, whatever the order of their keys', () => {
  const reversed = Object.fromEntries(Object.entries(REMINDER).reverse()) as unknown as ProposedReminder;
  expect(canonicalComposition(reversed, VERSIONS)).toBe(TEXT);
  expect(JSON.parse(TEXT)).toMatchObject({ level: 'POLITE', asOn: '2026-11-23', totals: [{ minor: '520000', currency: 'AED' }] });
});

test.each<[string, ProposedReminder, CompositionVersions]>([
  ['recipient', { ...REMINDER, recipient: { ...REMINDER.recipient, address: 'other@alnoor.example' } }, VERSIONS],
  ['language', { ...REMINDER, language: 'AR' }, VERSIONS],
  ['level', { ...REMINDER, level: 'FIRM' }, VERSIONS],
  ['type', { ...REMINDER, type: 'MANUAL_CONSOLIDATED' }, VERSIONS],
  ['asked amount', withLine({ askedMinor: 499_999n }), VERSIONS],
  ['balance', withLine({ balanceMinor: 499_999n }), VERSIONS],
  ['days past due', withLine({ daysPastDue: 31 }), VERSIONS],
  ['reference', withLine({ customerReference: 'LPO-1' }), VERSIONS],
  ['number of rows', { ...REMINDER, lines: REMINDER.lines.slice(1) }, VERSIONS],
  ['named date', { ...REMINDER, finalDeadlineOn: TODAY }, VERSIONS],
  ['as-of date', REMINDER, { ...VERSIONS, asOn: daysAgo(1) }],
  ['template version', REMINDER, { ...VERSIONS, templateVersion: 3 }],
  ['layout version', REMINDER, { ...VERSIONS, layoutVersion: 2 }],
  ['statement that goes with it', REMINDER, { ...VERSIONS, attachesStatement: true }],
  ['policy version', REMINDER, { ...VERSIONS, policyVersion: 5 }],
])('another %s is another composition', (_, reminder, versions) => {
  expect(canonicalComposition(reminder, versions)).not.toBe(TEXT);
});

test('what the customer does not read is no part of it', () => {
  const later: ProposedReminder = {
    ...REMINDER,
    scheduledFor: REMINDER.scheduledFor.add({ hours: 5 }),
    approvalNeeds: [],
    priority: { ...REMINDER.priority, score: 1 },
    why: [],
  };
  expect(canonicalComposition(later, VERSIONS)).toBe(TEXT);
});
