import { counted, dayOfText, instantText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { gap, heading, pairs, table, type Page } from '../page.ts';
import type { Check } from '../../app/check-status.ts';
import type { StatusView } from '../../app/read-status.ts';
import { PERSON_TASK_WORDS } from '../../domain/person-tasks.ts';

export const statusPresenter: Presenter<StatusView | { readonly check: Check }> = {
  page: (data, { timeZone }) => ('check' in data ? [heading(checkLine(data.check))] : statusPage(data, timeZone)),
};

/** First line as monitoring systems read it. */
const checkLine = ({ state, findings }: Check): string => `WAFA ${state}: ${findings.join(' ') || 'all is well'}`;

const statusPage = (status: StatusView, timeZone: string): Page => [
  heading(`${status.company.code} ${status.company.name}${status.company.isSample ? ' (sample ledger)' : ''}`),
  pairs(
    ['Now', `${instantText(status.now, timeZone)}${status.clockOverridden ? ' (WAFA_CLOCK, not the real time)' : ''}`],
    ['Mail', mailText(status)],
    ['Sending', sendingText(status, timeZone)],
    ['Ledger', ledgerText(status)],
    [
      'Last run',
      status.lastRun === null
        ? 'none yet'
        : `run ${status.lastRun.id} as of ${dayOfText(status.lastRun.asOn)}, ${counted(status.lastRun.reminders, 'reminder')}`,
    ],
    ...inboxRows(status, timeZone),
    ['Work', workText(status, timeZone)],
    ['Daemons', daemonsText(status)],
    ...status.jobs.map(({ job, slotAt, outcome }) => ['Job', `${job}: ${instantText(slotAt, timeZone)}, ${outcome ?? 'running'}`] as const),
    ...status.daysToConfirm.map(({ key, status: how, days }) => ['Confirm', `${key} (${how}): ${days.join(', ')}`] as const),
  ),
  ...(status.reminders.length === 0
    ? []
    : [
        gap,
        table(
          [{ title: 'REMINDERS', align: 'right' }, { title: 'STATUS' }, { title: 'OLDEST' }],
          status.reminders.map(({ reminders, statusWord, oldestOn }) => [String(reminders), statusWord, oldestOn]),
        ),
      ]),
  ...(status.tasks.length === 0
    ? []
    : [
        gap,
        table(
          [{ title: 'FOR A PERSON', align: 'right' }, { title: 'WHAT' }, { title: 'OLDEST' }],
          status.tasks.map(({ kind, count, oldestOn }) => [String(count), PERSON_TASK_WORDS[kind], oldestOn ?? '']),
        ),
      ]),
];

function inboxRows({ inbox, signInEndsOn }: StatusView, timeZone: string): readonly (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [];
  if (inbox !== null) {
    const read = inbox.readAt === null ? 'not read yet' : `read ${instantText(inbox.readAt, timeZone)}`;
    const fails = inbox.failedWhy === null ? '' : `; FAILS: ${inbox.failedWhy}`;
    rows.push([
      'Mailbox',
      `${inbox.mailbox}, ${read}${fails}${inbox.stale ? '; STALE: no reminder leaves by itself until it is read' : ''}`,
    ]);
  }
  if (signInEndsOn !== null) rows.push(['Sign-in', `the secret for it ends on ${dayOfText(signInEndsOn)}`]);
  return rows;
}

function workText({ work }: StatusView, timeZone: string): string {
  const due =
    work.oldestDueAt === null ? 'nothing is due' : `${counted(work.due, 'mail')} due since ${instantText(work.oldestDueAt, timeZone)}`;
  const troubles = [
    ...(work.uncertain > 0 ? [`${work.uncertain} uncertain`] : []),
    ...(work.stuck > 0 ? [`${work.stuck} STUCK: sent for longer than a sender lives`] : []),
  ];
  return [due, ...troubles].join(', ');
}

function daemonsText({ daemons }: StatusView): string {
  if (daemons.length === 0) return 'none runs; `wafa send` sends';
  return daemons.map(({ host, pid, alive }) => `${pid} on ${host}${alive ? '' : ' (NO SIGN OF LIFE)'}`).join(', ');
}

export function mailText({ transport }: Pick<StatusView, 'transport'>): string {
  if (transport.kind === 'outbox') return 'goes to the OUTBOX folder: it is not sent to anyone';
  return transport.reachesCustomers ? `goes out through ${transport.host ?? ''}` : `goes to ${transport.host ?? ''} on this machine only`;
}

export function sendingText({ sending }: Pick<StatusView, 'sending'>, timeZone: string): string {
  if (sending.stopped !== null) return `STOPPED for every company: ${sending.stopped}`;
  if (sending.paused !== null) return `PAUSED: ${sending.paused}`;
  if (sending.quietUntil !== null) return `quiet until ${dayOfText(sending.quietUntil)}`;
  if (sending.windowOpen) return 'the window is open';
  return sending.opensAt === null ? 'the window is closed' : `the window opens ${instantText(sending.opensAt, timeZone)}`;
}

function ledgerText({ ledger }: StatusView): string {
  const day = (iso: string | null): string => (iso === null ? 'none yet' : `up to ${dayOfText(iso)}`);
  const stale = ledger.staleSince === null ? '' : '; TOO OLD: nothing is proposed until a newer one is imported';
  // What was paid is then unknown, and automatic sending stops for it: nobody should have to find that out from a queue that only grows.
  const unknown = ledger.invoicesAsOn !== null && ledger.receiptsAsOn === null ? ': until they come in, a person approves everything' : '';
  return `invoices ${day(ledger.invoicesAsOn)}, receipts ${day(ledger.receiptsAsOn)}${unknown}${stale}`;
}
