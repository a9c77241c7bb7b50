import type { Presenter } from './presenter.ts';
import { gap, line, pairs, table } from '../page.ts';
import type { UserData, UserView } from '../../app/commands/user.ts';

export const userPresenter: Presenter<UserData> = {
  page: (data) =>
    'users' in data
      ? [
          table(
            [{ title: 'LOGIN' }, { title: 'NAME', least: 12, leaveOut: 1 }, { title: 'ROLES' }, { title: 'ACTIVE' }],
            data.users.map(({ login, name, roles, isActive }) => [login, name, roles.join(', '), yesOrNo(isActive)]),
          ),
          gap,
          line(modeText(data.isOnePerson)),
        ]
      : [
          pairs(
            ['Login', data.user.login],
            ['Name', data.user.name],
            ['Roles', data.user.roles.join(', ')],
            ['Active', yesOrNo(data.user.isActive)],
          ),
          line(modeText(data.isOnePerson)),
        ],
  csv: (data) => ({
    columns: ['login', 'name', 'roles', 'active'],
    rows: usersOf(data).map(({ login, name, roles, isActive }) => [login, name, roles.join(' '), yesOrNo(isActive)]),
  }),
};

const usersOf = (data: UserData): readonly UserView[] => ('users' in data ? data.users : [data.user]);

const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');

export const modeText = (isOnePerson: boolean): string =>
  isOnePerson ? 'One-person mode: one person may do every step alone.' : 'Some steps take two people.';
