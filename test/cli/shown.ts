/** Data as commands return it, small enough to read in a snapshot. */
import type { StatusView } from '../../src/app/read-status.ts';
import type { ReminderView } from '../../src/app/read-reminders.ts';
import type { QueueView, RunView } from '../../src/app/reminder-view.ts';
import type { Page } from '../../src/cli/page.ts';
import { renderPage } from '../../src/cli/render-page.ts';
import { textStyle } from '../../src/cli/terminal.ts';
import { asId } from '../../src/domain/ids.ts';

export const DUBAI = { notes: [], timeZone: 'Asia/Dubai' };

/** The page as a pipe of that width gets it. */
export const shownAt = (page: Page, width: number): string =>
  renderPage(page, textStyle({ write: () => undefined, isTerminal: false, columns: width }, {}, true));

const queued = (over: Partial<QueueView>): QueueView => ({
  id: asId<'reminder'>(41),
  version: 1,
  customer: { code: 'C-17', name: 'Al Noor General Trading LLC', nameAr: 'شركة النور للتجارة العامة' },
  type: 'CONSOLIDATED',
  level: 'POLITE',
  status: 'PROPOSED',
  statusWord: 'to approve',
  score: 52,
  atRisk: { currency: 'AED', amount: '3100.00' },
  invoiceIds: [asId<'invoice'>(3), asId<'invoice'>(9)],
  items: 2,
  oldestDaysPastDue: 21,
  totals: [{ currency: 'AED', amount: '8200.00' }],
  baseTotal: { currency: 'AED', amount: '8200.00' },
  recipient: { name: 'Accounts', address: 'accounts@alnoor.test' },
  language: 'EN_AR',
  scheduledFor: '2026-11-23T05:00:00Z',
  changes: [],
  ...over,
});

export const REMINDERS: readonly QueueView[] = [
  queued({}),
  queued({
    id: asId<'reminder'>(7),
    customer: { code: 'C-2', name: 'شركة المنار للمقاولات', nameAr: null },
    level: 'URGENT',
    score: 91,
    items: 14,
    oldestDaysPastDue: 63,
    totals: [
      { currency: 'AED', amount: '1250000.50' },
      { currency: 'USD', amount: '4000.00' },
    ],
    status: 'NEEDS_REVIEW',
    statusWord: 'check',
  }),
  queued({
    id: asId<'reminder'>(112),
    customer: { code: 'C-301', name: '=HYPERLINK("http://x")\u001B[2J', nameAr: null },
    score: 3,
    type: 'INDIVIDUAL',
    items: 1,
    totals: [{ currency: 'KWD', amount: '12.500' }],
  }),
];

export const RUN: RunView = {
  id: 7,
  asOn: '2013-05-01',
  accountsExamined: 100,
  overdueItems: 15,
  overdueCustomers: 12,
  reminders: 12,
  byType: { CONSOLIDATED: 3, INDIVIDUAL: 9 },
  byStatus: { PROPOSED: 12 },
  skips: { 'nothing-overdue': 88, blocked: 2 },
  itemsCovered: 15,
  emailsAvoided: 3,
  reductionPercent: 20,
  totals: [{ currency: 'AED', amount: '1134.62' }],
};

const [first] = REMINDERS;

export const REMINDER: ReminderView = {
  ...(first as QueueView),
  cameBack: [],
  lines: [
    {
      kind: 'INVOICE',
      invoiceId: asId<'invoice'>(3),
      paymentId: null,
      number: 'INV-104',
      customerReference: 'LPO-5581',
      branch: { code: 'C-17', name: 'Al Noor General Trading LLC' },
      issuedOn: '2026-10-02',
      dueOn: '2026-11-01',
      daysPastDue: 21,
      total: { currency: 'AED', amount: '9200.00' },
      balance: { currency: 'AED', amount: '9200.00' },
      asked: { currency: 'AED', amount: '9200.00' },
    },
    {
      kind: 'CREDIT_NOTE',
      invoiceId: asId<'invoice'>(9),
      paymentId: null,
      number: 'CN-8',
      customerReference: null,
      branch: { code: 'C-17', name: 'Al Noor General Trading LLC' },
      issuedOn: '2026-11-10',
      dueOn: null,
      daysPastDue: 0,
      total: { currency: 'AED', amount: '-1000.00' },
      balance: { currency: 'AED', amount: '-1000.00' },
      asked: { currency: 'AED', amount: '-1000.00' },
    },
  ],
  asOn: '2026-11-22',
  origin: 'PLANNED',
  resendOf: null,
  why: ['2 items are overdue', 'the first reminder of this episode'],
  scoreParts: {
    value: { currency: 'AED', amount: '8200.00' },
    riskPercent: 38,
    atRisk: { currency: 'AED', amount: '3100.00' },
    factors: [
      { name: 'age', value: '21 days', effect: 0.4 },
      { name: 'customer for', value: '6 years', effect: -0.2 },
    ],
  },
  finalDeadlineOn: null,
  nextEligibleContactOn: '2026-11-30',
  approval: {
    needs: ['auto-approval-off'],
    kind: null,
    approvedAt: null,
    approvedBy: null,
    lapsesOn: null,
    undoUntil: null,
    leavesAt: null,
  },
  heldUntilOn: null,
  statusReason: null,
  digest: 'd1',
  messageId: '<1@wafa.test>',
  sentAt: null,
  attempts: [],
  history: [
    {
      id: 1,
      businessAt: '2026-11-22T04:00:00Z',
      actorKind: 'USER',
      login: 'mariam',
      verb: 'plan',
      fromState: null,
      toState: 'PROPOSED',
      reason: null,
    },
  ],
};

export const STATUS: StatusView = {
  program: '1.2.3',
  company: { code: 'ACME', name: 'Acme Trading LLC', isSample: true, isOnePerson: true },
  now: '2026-11-22T18:00:00Z',
  today: '2026-11-22',
  clockOverridden: false,
  transport: { kind: 'outbox', reachesCustomers: false, host: null },
  sending: { stopped: null, paused: null, quietUntil: null, windowOpen: false, opensAt: '2026-11-23T05:00:00Z' },
  ledger: { invoicesAsOn: '2026-11-22', receiptsAsOn: null, staleSince: null },
  reminders: [{ status: 'PROPOSED', statusWord: 'to approve', reminders: 12, oldestOn: '2026-11-22' }],
  tasks: [{ kind: 'RETURNED_CHEQUE', count: 2, oldestOn: '2026-11-19' }],
  lastRun: { id: asId<'run'>(7), asOn: '2026-11-22', reminders: 12, finishedAt: '2026-11-22T17:00:00Z' },
  inbox: null,
  signInEndsOn: null,
  work: { due: 0, oldestDueAt: null, uncertain: 0, stuck: 0 },
  daemons: [],
  jobs: [],
  daysToConfirm: [],
};
