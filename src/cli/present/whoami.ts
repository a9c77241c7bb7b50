import { instantText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { modeText } from './user.ts';
import { gap, heading, line, pairs } from '../page.ts';
import type { WhoView } from '../../app/people/who-am-i.ts';

export const whoamiPresenter: Presenter<WhoView> = {
  page: (who, { timeZone }) => [
    heading(`${who.login} at ${who.company.code} ${who.company.name}`),
    pairs(
      ['Roles', who.roles.join(', ')],
      ['Recognised by', recognisedText(who, timeZone)],
      ['Mode', modeText(who.company.isOnePerson)],
      ['You may', who.mayDo.join(', ')],
    ),
    ...(who.conditions.length === 0 ? [] : [gap, ...who.conditions.map(({ verb, about }) => line(`${verb}: ${about}`))]),
  ],
};

const recognisedText = ({ token }: WhoView, timeZone: string): string =>
  token === null ? 'the login on this machine' : `token ${token.id} "${token.label}", until ${instantText(token.expiresAt, timeZone)}`;
