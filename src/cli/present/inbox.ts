import { counted, instantText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { gap, heading, line, pairs, type Block } from '../page.ts';
import type { InboxData } from '../../app/commands/inbox.ts';
import type { ReplyView, InboxStatusView } from '../../app/inbox/look-at-inbox.ts';
import type { InboxReport } from '../../app/inbox/read-inbox.ts';

export const inboxPresenter: Presenter<InboxData> = {
  page: (data, { timeZone }) => {
    if ('replies' in data) return repliesPage(data.replies, timeZone);
    if ('check' in data) {
      const { mailbox, reachable, mails, why } = data.check;
      return [line(reachable ? `${mailbox} can be read; ${counted(mails ?? 0, 'mail')} in it.` : (why ?? `${mailbox} cannot be read.`))];
    }
    if ('reading' in data) return [line(readingText(data.reading))];
    return data.inbox === null ? [line('No mailbox is configured: nobody reads what comes back.')] : [statusBlock(data.inbox, timeZone)];
  },
};

const statusBlock = (
  { mailbox, readAt, failedAt, failedWhy, failures, mails, stale, staleAfterHours }: InboxStatusView,
  timeZone: string,
): Block =>
  pairs(
    ['Mailbox', mailbox],
    ['Read', readAt === null ? 'not yet' : instantText(readAt, timeZone)],
    ...(failedAt === null
      ? []
      : [['Fails since then', `${failedWhy ?? ''} (${counted(failures, 'time')}, last ${instantText(failedAt, timeZone)})`] as const]),
    ...(stale ? [['STALE', `unread for ${staleAfterHours} working hours: reminders do not leave by themselves`] as const] : []),
    ['Mails', `${mails.read} read, ${mails.unrelated} nothing to do with us, ${mails.forged} forged reports ignored`],
  );

const KINDS: Readonly<Record<string, string>> = {
  reply: 'answers',
  bounced: 'returned',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'passed on',
  complaint: 'complaints',
  'auto-reply': 'automatic',
  forged: 'forged',
  unrelated: 'unrelated',
  known: 'known already',
};

function readingText({ mailbox, outcome, mails, by, settled, passedOver, why }: InboxReport): string {
  if (outcome === 'busy') return `${mailbox} is being read by a daemon.`;
  const kinds = Object.entries(by).map(([kind, count]) => `${count} ${KINDS[kind] ?? kind}`);
  const more = [
    ...kinds,
    ...(passedOver > 0 ? [`${passedOver} passed over`] : []),
    ...(settled > 0 ? [`${settled} settled by earlier reports`] : []),
  ];
  const what = `${counted(mails, 'mail')}${more.length === 0 ? '' : `: ${more.join(', ')}`}`;
  return outcome === 'failed' ? `${why ?? ''} Read before that: ${what}.` : `Read ${what}.`;
}

function repliesPage(replies: readonly ReplyView[], timeZone: string): readonly Block[] {
  if (replies.length === 0) return [line('Nobody has answered by mail.')];
  return replies.flatMap(({ customer, receivedAt, from, firstLines, waiting, reminderId }, index) => [
    ...(index === 0 ? [] : [gap]),
    heading(`${customer.code} ${customer.name}${waiting ? ', waits for an answer' : ''}`),
    line(
      `${instantText(receivedAt, timeZone)}${from === null ? '' : `, ${from}`}${reminderId === null ? '' : `, on reminder ${reminderId}`}`,
    ),
    ...(firstLines ?? '(nothing of it is kept)').split('\n').map((text) => line(`  ${text}`)),
  ]);
}
