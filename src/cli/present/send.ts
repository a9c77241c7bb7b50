import { instantText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import type { WouldView } from '../../app/commands/dry-run-view.ts';
import type { SendData } from '../../app/commands/send.ts';
import { pairs, table, type Column, type Page } from '../page.ts';

/** What happened, leaving out what did not. */
export const sendPresenter: Presenter<SendData | WouldView> = {
  page: (data, { timeZone }) => {
    if ('dryRun' in data) return wouldPage(data, timeZone);
    const counts = [
      ['Uncertain', data.uncertain],
      ['Refused', data.rejected],
      ['Failed', data.failed],
      ['Waiting', data.deferred],
      ['To review', data.needsReview],
      ['Cancelled', data.cancelled],
    ] as const;
    return [
      pairs(
        ['Sent', `${data.sent}${data.transport === 'outbox' ? ' into the outbox folder: to nobody' : ''}`],
        ...(data.requested.sent > 0 ? [['On request', `${data.requested.sent} sent`] as const] : []),
        ...(data.requested.deferred > 0 ? [['On request', `${data.requested.deferred} waiting`] as const] : []),
        ...counts.filter(([, count]) => count > 0).map(([label, count]) => [label, String(count)] as const),
        ...(data.nextAt === null ? [] : [['Next', instantText(data.nextAt, timeZone)] as const]),
        ...(data.stopped === null ? [] : [['Stopped', data.stopped] as const]),
      ),
    ];
  },
};

const WOULD: readonly Column[] = [
  { title: 'ID', align: 'right' },
  { title: 'CUSTOMER' },
  { title: 'LEVEL', leaveOut: 1 },
  { title: 'WOULD' },
  { title: 'WHY' },
];

/** Until when something waits stands beside why. */
const wouldPage = ({ reminders }: WouldView, timeZone: string): Page =>
  reminders.length === 0
    ? []
    : [
        table(
          WOULD,
          reminders.map(({ id, customer, level, would, why, until }) => [
            String(id),
            customer.name,
            level,
            would,
            [...why, ...(until === null ? [] : [`until ${until.includes('T') ? instantText(until, timeZone) : until}`])].join('; '),
          ]),
        ),
      ];
