/** Figures for Prometheus. Companies appear by their code. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { CompanyAtWork } from '../app/daemon/look-at-company.ts';
import type { InboxReport } from '../app/inbox/read-inbox.ts';
import type { EveningBalances } from '../app/insight/read-last-evening.ts';
import type { Turn } from '../app/daemon/dispatch-turn.ts';

export interface Metrics {
  noteTurn(company: string, turn: Turn): void;
  noteCompany(company: string, at: CompanyAtWork): void;
  noteInbox(company: string, report: InboxReport): void;
  noteJob(company: string, job: string, isFailed: boolean): void;
  noteEvening(company: string, balances: EveningBalances): void;
  text(): Promise<string>;
  readonly contentType: string;
}

export function openMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  collectDefaultMetrics({ register: registry, prefix: 'wafa_' });
  const mails = new Counter({
    name: 'wafa_mails_total',
    help: 'Mails by what became of them',
    labelNames: ['company', 'outcome'],
    registers,
  });
  const jobs = new Counter({ name: 'wafa_jobs_total', help: 'Scheduled jobs run', labelNames: ['company', 'job', 'result'], registers });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, labelNames: ['company'], registers });
  const due = gauge('wafa_due_mails', 'Approved mails whose time has come');
  const oldest = gauge('wafa_oldest_due_seconds', 'How long the oldest of them has waited');
  const uncertain = gauge('wafa_uncertain_mails', 'Mails that wait for a person to say what became of them');
  const inbox = new Counter({
    name: 'wafa_inbox_mails_total',
    help: 'Mails read in the mailbox by what they were',
    labelNames: ['company', 'kind'],
    registers,
  });
  const unread = gauge('wafa_inbox_unread_seconds', 'How long ago the mailbox was read to its end');
  const stuck = gauge('wafa_stuck_mails', 'Mails being sent for longer than a sender lives');
  const open = new Gauge({
    name: 'wafa_open_amount',
    help: 'Open invoices on the newest evening taken, by days past due, in units of the currency',
    labelNames: ['company', 'currency', 'age'],
    registers,
  });
  const overdue = new Gauge({
    name: 'wafa_overdue_accounts',
    help: 'Accounts with something overdue on that evening',
    labelNames: ['company', 'currency'],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    noteTurn: (company, turn) => {
      for (const outcome of ['sent', 'uncertain', 'rejected', 'failed', 'retried'] as const) mails.inc({ company, outcome }, turn[outcome]);
    },
    noteInbox: (company, { by, passedOver }) => {
      for (const [kind, count] of Object.entries(by)) inbox.inc({ company, kind }, count);
      if (passedOver > 0) inbox.inc({ company, kind: 'passed-over' }, passedOver);
    },
    noteEvening: (company, balances) => {
      for (const { currency, buckets, overdueAccounts } of balances) {
        for (const { bucket: age, amount } of buckets) open.set({ company, currency, age }, Number(amount));
        overdue.set({ company, currency }, overdueAccounts);
      }
    },
    noteJob: (company, job, isFailed) => jobs.inc({ company, job, result: isFailed ? 'failed' : 'done' }),
    noteCompany: (company, at) => {
      due.set({ company }, at.due);
      oldest.set({ company }, at.oldestDueAt === null ? 0 : Math.max(0, at.now.since(at.oldestDueAt).total('seconds')));
      uncertain.set({ company }, at.uncertain);
      stuck.set({ company }, at.stuck);
      if (at.inboxReadAt !== null) unread.set({ company }, Math.max(0, at.now.since(at.inboxReadAt).total('seconds')));
    },
  };
}
