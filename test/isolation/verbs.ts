/**
 * Command lines for every verb, written by somebody who knows another company's codes, numbers and ids. Each is run twice: with what
 * exists there and with what exists nowhere; the two must end in the same words.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { csvFile } from '../app/import/csv-file.ts';

/** What a command line can name. */
export interface Named {
  readonly customer: string;
  readonly invoice: string;
  readonly login: string;
  readonly company: string;
  readonly reminders: readonly number[];
  readonly run: number;
  readonly block: number;
  readonly token: number;
  /** Mail on request. */
  readonly requested: number;
  readonly bank: number;
  /** `next` of a page of the queue. */
  readonly cursor: string;
  /** A folder for what verbs write. */
  readonly folder: string;
}

type Lines = (named: Named) => readonly (readonly string[])[] | Promise<readonly (readonly string[])[]>;

const onReminders =
  (verb: string, ...more: readonly string[]): Lines =>
  ({ reminders, customer }) => [
    [verb, ...reminders.map(String), ...more],
    ...reminders.map((id) => [verb, String(id), ...more]),
    [verb, '--all', '--customer', customer, '--yes', ...more],
  ];

export const VERB_LINES: Readonly<Record<string, Lines>> = {
  demo: () => [['demo', '--customers', '3', '--invoices', '5']],
  // A code is the one thing companies of an installation share: a second company of the same code is refused.
  init: ({ company }) => [['init', '--code', company, '--name', 'Another LLC']],
  company: ({ company }) => [
    ['company', 'list'],
    ['company', 'show'],
    ['company', 'show', '--company', company],
    ['company', 'set', 'phone=+971 4 111 1111'],
    ['company', 'pause', '--reason', 'stock-taking', '--company', company],
    ['company', 'pause', '--reason', 'stock-taking'],
    ['company', 'resume'],
    ['company', 'sandbox', '--address', 'test@acme.example'],
    ['company', 'sandbox', '--off'],
    ['company', 'live'],
  ],
  user: ({ login }) => [
    ['user', 'list'],
    ['user', 'set', login, '--roles', 'ADMIN'],
    ['user', 'deactivate', login],
    ['user', 'activate', login],
  ],
  login: ({ token }) => [
    ['login', 'list'],
    ['login', 'revoke', String(token)],
  ],
  view: () => [
    ['view', 'list'],
    ['view', 'save', 'mine', '--filter', 'level:firm'],
    ['view', 'delete', 'mine'],
  ],
  whoami: ({ company }) => [['whoami'], ['whoami', '--company', company]],
  policy: () => [
    ['policy', 'show'],
    ['policy', 'history'],
    ['policy', 'set', 'minimum.amount=1'],
    ['policy', 'diff', '--preset', 'cautious', 'minimum.amount=2'],
    ['policy', 'preset'],
    ['policy', 'preset', 'firm', '--yes'],
  ],
  config: () => [['config']],
  doctor: () => [['doctor']],
  completion: () => [['completion', 'bash']],
  import: async ({ customer, invoice }) => [
    [
      'import',
      await csvFile('invoice_number,customer_code,issue_date,due_date,currency,total', `NEW-1,${customer},2026-10-01,2026-10-31,AED,5`),
    ],
    [
      'import',
      await csvFile(
        'payment_reference,customer_code,received_on,currency,amount,invoice_number,allocated_amount',
        `P-1,C-1,2026-11-02,AED,5,${invoice},5`,
      ),
    ],
    [
      'import',
      await csvFile('credit_note_number,customer_code,issue_date,currency,total,linked_invoice', `CN-7,C-1,2026-11-02,AED,5,${invoice}`),
    ],
    ['import', await csvFile('customer_code,name,bill_to', `C-77,Branch LLC,${customer}`)],
    ['import', 'list'],
    ['import', 'undo', '1'],
    ['import', '--watch', await mkdtemp(join(tmpdir(), 'wafa-watched-')), '--once'],
  ],
  customer: ({ customer, invoice }) => [
    ['customer', 'find', customer],
    ['customer', 'find', invoice],
    ['customer', 'show', customer],
    ['customer', 'show', 'C-1'],
    ['customer', 'set', customer, 'language=AR'],
    ['customer', 'set', 'C-1', `billTo=${customer}`],
    ['customer', 'set', 'C-1', 'notes=Rings on Sundays', '--dry-run'],
    ['customer', 'tasks'],
  ],
  'write-off': ({ invoice }) => [
    ['write-off', invoice, '--reason', 'too small'],
    ['write-off', 'undo', '987654', '--reason', 'they paid'],
  ],
  cheque: ({ customer, invoice }) => [
    ['cheque', customer, '--number', '000123', '--date', '2026-12-15'],
    ['cheque', 'C-1', invoice, '--number', '000123', '--date', '2026-12-15'],
    ['cheque', 'returned', '000777', '--customer', customer],
  ],
  retention: ({ invoice }) => [['retention', invoice, '--until', '2026-12-01']],
  'paid-claim': ({ customer, invoice }) => [
    ['paid-claim', customer, '--reference', 'FT-1'],
    ['paid-claim', 'C-1', invoice],
  ],
  inbox: ({ customer }) => [['inbox'], ['inbox', 'check'], ['inbox', 'read'], ['inbox', 'replies'], ['inbox', 'replies', customer]],
  answered: ({ customer }) => [['answered', customer, '--did', 'called back']],
  contact: ({ customer }) => [
    ['contact', customer, '--result', 'no answer'],
    ['contact', 'undo', '987654', '--reason', 'wrong one'],
  ],
  // No address, so that nothing is stored whose number would tell the two runs apart.
  suppress: ({ customer }) => [['suppress', `${customer}@@only.example`, '--reason', 'gone']],
  unsuppress: ({ customer }) => [['unsuppress', `${customer}@other.example`, '--reason', 'back']],
  pay: ({ customer, invoice }) => [
    ['pay', 'undo', 'FT-NOWHERE', '--of', customer, '--reason', 'bounced'],
    ['pay', customer, '5'],
    ['pay', 'C-1', '5', '--invoice', invoice],
    ['pay', 'C-1', '5', '--oldest-first'],
  ],
  credit: ({ customer, invoice }) => [
    ['credit', 'undo', invoice, '--reason', 'made out twice'],
    ['credit', 'CN-8', customer, '5'],
    ['credit', 'CN-9', 'C-1', '5', '--invoice', invoice, '--apply'],
  ],
  promise: ({ customer, invoice }) => [
    ['promise', customer, '2026-11-25'],
    ['promise', 'C-1', '2026-11-25', '--invoice', invoice],
  ],
  dispute: ({ invoice }) => [['dispute', invoice, '--reason', 'short delivery']],
  block: ({ customer, invoice }) => [
    ['block', customer, '--reason', 'set-off'],
    ['block', '--invoice', invoice, '--reason', 'set-off'],
  ],
  unblock: ({ block }) => [['unblock', String(block), '--reason', 'solved']],
  plan: () => [['plan', '--dry-run'], ['plan']],
  runs: ({ run }) => [['runs'], ['runs', String(run)]],
  queue: ({ customer, cursor }) => [
    ['queue'],
    ['queue', '--csv'],
    ['queue', '--customer', customer],
    ['queue', '--after', cursor, '--limit', '1000'],
  ],
  show: ({ reminders }) => reminders.map((id) => ['show', String(id)]),
  explain: ({ customer }) => [
    ['explain', customer],
    ['explain', 'C-1'],
    ['explain', 'C-7'],
  ],
  calibrate: () => [['calibrate'], ['calibrate', '--adopt', '--yes']],
  simulate: () => [['simulate'], ['simulate', '--days', '30', '--policy', 'minimum.amount=1']],
  preview: ({ reminders }) =>
    reminders.flatMap((id) => [
      ['preview', String(id)],
      ['preview', String(id), '--eml'],
      ['preview', String(id), '--to', 'me@elsewhere.example'],
    ]),
  escalate: onReminders('escalate'),
  deescalate: onReminders('deescalate'),
  edit: onReminders('edit', '--without', 'NOBODY-HAS-IT'),
  statement: ({ customer, folder }) => [
    ['statement', customer],
    ['statement', customer, '--pdf', `${folder}/one.pdf`],
    ['statement', '--all', '--out', folder],
    ['statement', customer, '--send'],
  ],
  copy: ({ invoice }) => [['copy', invoice, '--send']],
  requested: ({ customer, requested }) => [
    ['requested'],
    ['requested', '--customer', customer],
    ['requested', 'cancel', String(requested), '--reason', 'no'],
    ['requested', 'settle', String(requested), '--arrived', '--reason', 'they said so'],
  ],
  hold: onReminders('hold', '--reason', 'wait'),
  release: onReminders('release'),
  reschedule: onReminders('reschedule', '--on', '2026-11-25'),
  approve: onReminders('approve'),
  undo: onReminders('undo'),
  cancel: onReminders('cancel', '--reason', 'no'),
  remind: ({ customer, invoice }) => [
    ['remind', customer],
    ['remind', 'C-1', '--invoice', invoice],
  ],
  settle: ({ reminders }) =>
    ['--arrived', '--not-arrived', '--send-again'].map((how) => ['settle', ...reminders.map(String), how, '--reason', 'they said so']),
  // Approved anew first: what was queued has lost its approval to the verbs before.
  go: () => [['go']],
  'kill-switch': () => [['kill-switch'], ['kill-switch', 'on', '--reason', 'stock-taking'], ['kill-switch', 'off']],
  send: () => [['release', '--all'], ['plan'], ['approve', '--all', '--yes'], ['send', '--dry-run'], ['send']],
  privacy: ({ customer }) => [
    ['privacy', 'export', 'accounts@c-1.example'],
    ['privacy', 'correct', 'accounts@c-1.example', 'title=Ms'],
    ['privacy', 'hold', customer],
    ['privacy', 'release', customer],
    ['privacy', 'retention', '--dry-run'],
    ['privacy', 'retention'],
    ['privacy', 'erase', 'nobody@nowhere.example', '--yes'],
  ],
  validate: () => [['validate'], ['validate', 'balances'], ['validate', '--expect-ageing', 'AED 1.00']],
  status: ({ company }) => [['status'], ['status', '--company', company]],
  bank: ({ bank }) => [
    ['bank', 'list'],
    ['bank', 'confirm', String(bank)],
    ['bank', 'withdraw', String(bank)],
    ['bank', 'propose', '--bank', 'Other', '--account-name', 'Other', '--iban', 'AE070331234567890123456', '--replaces', String(bank)],
  ],
  templates: () => [
    ['templates', 'list'],
    ['templates', 'show', 'consolidated/polite'],
    ['templates', 'validate', 'consolidated/polite'],
    ['templates', 'preview', 'consolidated/polite', '--language', 'EN'],
    ['templates', 'diff', 'consolidated/polite'],
    ['templates', 'activate', 'consolidated/polite', '--version', '1'],
    ['templates', 'rollback', 'consolidated/polite'],
  ],
  calendar: () => [
    ['calendar', 'show', '--month', '2026-12'],
    ['calendar', 'check'],
    ['calendar', 'add', '2026-12-24', '--name', 'stock-taking-2026'],
    ['calendar', 'withdraw', 'stock-taking-2026'],
    ['calendar', 'confirm', 'national-day-2026'],
    ['calendar', 'ramadan', '2027-02-09', '--until', '2027-03-10'],
    ['calendar', 'quiet', '--until', '2026-11-25', '--reason', 'audit of the books'],
    ['calendar', 'quiet', '--end'],
  ],
  analytics: () => [
    ['analytics'],
    ...['savings', 'engagement', 'volume', 'ageing', 'dso', 'effect', 'queue', 'suggestions'].map((what) => ['analytics', what]),
  ],
  report: ({ folder }) => [['report', '--month', '2026-11', '--html', `${folder}/report.html`]],
  audit: ({ reminders, login, folder }) => [
    ['audit', 'list', '--limit', '1000'],
    ['audit', 'list', '--object', `reminder:${reminders[0] ?? 0}`],
    ['audit', 'list', '--user', login],
    ['audit', 'verify', '--no-anchor'],
    ['audit', 'export', '--output', `${folder}/audit.jsonl`],
  ],
  // Whoever may read the database's own passwords looks after all companies at once; taking tables back is not tried here.
  db: () => [
    ['db', 'status'],
    ['db', 'migrate'],
  ],
};
