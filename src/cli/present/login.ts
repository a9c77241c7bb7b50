import { instantText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { line, table } from '../page.ts';
import type { LoginData } from '../../app/commands/login.ts';

export const loginPresenter: Presenter<LoginData> = {
  page: (data, { timeZone }) => {
    // The token alone on its line, so that the output can go straight into the file it is kept in.
    if ('token' in data) return [line(data.token)];
    if ('revoked' in data) return [line(`Revoked: token ${data.revoked.id} of ${data.revoked.login}, "${data.revoked.label}"`)];
    if (data.logins.length === 0) return [];
    return [
      table(
        [
          { title: 'ID', align: 'right' },
          { title: 'LOGIN' },
          { title: 'LABEL', least: 10 },
          { title: 'STATUS' },
          { title: 'UNTIL' },
          { title: 'LAST USED', leaveOut: 1 },
        ],
        data.logins.map(({ id, login, label, status, expiresAt, lastUsedAt }) => [
          String(id),
          login,
          label,
          status,
          instantText(expiresAt, timeZone),
          lastUsedAt === null ? 'never' : instantText(lastUsedAt, timeZone),
        ]),
      ),
    ];
  },
};
