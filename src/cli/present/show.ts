import { amountsText, amountText, counted, dayOfText, instantText } from './amounts.ts';
import type { Presenter, PresentContext } from './presenter.ts';
import { BOUNCE_WORDS, type BounceClass } from '../../domain/inbound/bounce-class.ts';
import { APPROVAL_WORDS } from '../../domain/approval-words.ts';
import { gap, heading, line, pairs, table, type Block, type Column } from '../page.ts';
import type { ReminderView } from '../../app/read-reminders.ts';

const LINE_COLUMNS: readonly Column[] = [
  { title: 'NUMBER' },
  { title: 'REFERENCE', least: 9, leaveOut: 3 },
  { title: 'BRANCH', least: 6, leaveOut: 2 },
  { title: 'DUE', leaveOut: 1 },
  { title: 'DAYS', align: 'right' },
  { title: 'BALANCE', align: 'right', leaveOut: 4 },
  { title: 'ASKED', align: 'right' },
];

export const showPresenter: Presenter<{ readonly reminder: ReminderView }> = {
  page: ({ reminder }, context) => [
    heading(`Reminder ${reminder.id}: ${reminder.customer.code} ${reminder.customer.name}`),
    ...(reminder.customer.nameAr === null ? [] : [line(reminder.customer.nameAr)]),
    facts(reminder, context),
    gap,
    linesTable(reminder),
    gap,
    ...scoreBlocks(reminder),
    ...attemptBlocks(reminder, context),
    ...cameBackBlocks(reminder, context),
    ...historyBlocks(reminder, context),
  ],
};

function facts(reminder: ReminderView, { timeZone }: PresentContext): Block {
  const { approval } = reminder;
  const rows: (readonly [string, string | null])[] = [
    ['Status', [reminder.statusWord, reminder.statusReason].filter(Boolean).join(': ')],
    ['Changed since', reminder.changes.length === 0 ? null : reminder.changes.join('; ')],
    ['Type and level', `${reminder.type}, ${reminder.level}`],
    ['Why', reminder.why.join('; ')],
    ['To', `${reminder.recipient.name} <${reminder.recipient.address}>, ${reminder.language}`],
    [
      'Asks',
      `${amountsText(reminder.totals)} for ${counted(reminder.items, 'item')}, the oldest ${counted(reminder.oldestDaysPastDue, 'day')} past due`,
    ],
    ['Scheduled', instantText(reminder.scheduledFor, timeZone)],
    ['Sent', reminder.sentAt === null ? null : instantText(reminder.sentAt, timeZone)],
    ['Held until', reminder.heldUntilOn === null ? null : dayOfText(reminder.heldUntilOn)],
    ['Final day', reminder.finalDeadlineOn === null ? null : dayOfText(reminder.finalDeadlineOn)],
    ['Needs a person', approval.needs.length === 0 ? null : approval.needs.map((need) => APPROVAL_WORDS[need]).join('; ')],
    [
      'Approved',
      approval.approvedAt === null
        ? null
        : `${instantText(approval.approvedAt, timeZone)}${approval.approvedBy === null ? '' : ` by ${approval.approvedBy}`}`,
    ],
    ['Leaves', approval.leavesAt === null ? null : instantText(approval.leavesAt, timeZone)],
    ['Next contact', `not before ${dayOfText(reminder.nextEligibleContactOn)}`],
  ];
  return pairs(...rows.filter((row): row is readonly [string, string] => row[1] !== null && row[1] !== ''));
}

const linesTable = ({ lines }: ReminderView): Block =>
  table(
    LINE_COLUMNS,
    lines.map((one) => [
      one.number,
      one.customerReference ?? '',
      one.branch.code,
      one.dueOn ?? '',
      one.kind === 'INVOICE' ? String(one.daysPastDue) : one.kind.toLowerCase().replace('_', ' '),
      amountText(one.balance),
      amountText(one.asked),
    ]),
  );

function scoreBlocks({ score, scoreParts }: ReminderView): readonly Block[] {
  const { value, riskPercent, atRisk, factors } = scoreParts;
  return [
    line(`Score ${score}: ${amountText(atRisk)} at risk = ${amountText(value)} × ${riskPercent} % still unpaid in 30 days`),
    ...factors
      .filter(({ effect }) => effect !== 0)
      .map((factor) => line(`  ${factor.effect < 0 ? 'lowered' : 'raised'} by ${factor.name}: ${factor.value}`)),
  ];
}

function attemptBlocks({ attempts }: ReminderView, { timeZone }: PresentContext): readonly Block[] {
  if (attempts.length === 0) return [];
  const rows = attempts.map((one) => [
    String(one.attemptNumber),
    instantText(one.businessAt, timeZone),
    one.phase,
    one.outcome ?? 'under way',
    [one.replyCode, one.replyText].filter((part) => part !== null).join(' '),
  ]);
  return [
    gap,
    heading('Attempts'),
    table(
      [{ title: '#' }, { title: 'AT' }, { title: 'PHASE', leaveOut: 1 }, { title: 'OUTCOME' }, { title: 'REPLY', least: 8, leaveOut: 2 }],
      rows,
    ),
  ];
}

/** What people wrote is not among it: that is for those who answer them. */
function cameBackBlocks({ cameBack }: ReminderView, { timeZone }: PresentContext): readonly Block[] {
  if (cameBack.length === 0) return [];
  const rows = cameBack.map(({ kind, occurredAt, bounce, diagnostic }) => [
    instantText(occurredAt, timeZone),
    kind.toLowerCase().replace('_', ' '),
    [bounce === null ? null : BOUNCE_WORDS[bounce as BounceClass], diagnostic].filter((part) => part !== null).join(': '),
  ]);
  return [gap, heading('What came back'), table([{ title: 'AT' }, { title: 'WHAT' }, { title: 'WHY', least: 12, leaveOut: 1 }], rows)];
}

function historyBlocks({ history }: ReminderView, { timeZone }: PresentContext): readonly Block[] {
  if (history.length === 0) return [];
  const rows = history.map((one) => [
    instantText(one.businessAt, timeZone),
    one.login ?? one.actorKind.toLowerCase(),
    one.verb,
    one.toState ?? '',
    one.reason ?? '',
  ]);
  return [
    gap,
    heading('History'),
    table(
      [
        { title: 'AT' },
        { title: 'WHO', least: 6, leaveOut: 1 },
        { title: 'WHAT' },
        { title: 'THEN' },
        { title: 'WHY', least: 8, leaveOut: 2 },
      ],
      rows,
    ),
  ];
}
