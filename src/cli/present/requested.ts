import { instantText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { line, table } from '../page.ts';
import type { RequestedView } from '../../app/commands/requested-view.ts';
import { REQUESTED_WORDS } from '../../domain/requested-mail.ts';

export interface RequestedData {
  readonly mails: readonly RequestedView[];
}

/** Mails on request, one a row. */
export const requestedPresenter: Presenter<RequestedData> = {
  page: ({ mails }, { timeZone }) => {
    if (mails.length === 0) return [line('No such mail on request.')];
    const columns = [
      { title: 'Mail', align: 'right' as const },
      { title: 'Customer', least: 8 },
      { title: 'What', least: 12 },
      { title: 'To', least: 14, leaveOut: 1 },
      { title: 'Status' },
      { title: 'When', leaveOut: 2 },
    ];
    return [
      table(
        columns,
        mails.map((mail) => [
          String(mail.id),
          mail.customer,
          mail.kind === 'STATEMENT' ? `statement ${mail.asOn}` : `copy of ${mail.invoices.join(', ')}`,
          mail.to,
          REQUESTED_WORDS[mail.status],
          instantText(mail.sentAt ?? mail.claimableAt ?? mail.orderedAt, timeZone),
        ]),
      ),
    ];
  },
};
