import { genericPresenter } from './generic.ts';
import type { Presenter } from './presenter.ts';
import { table } from '../page.ts';
import type { ConfigData } from '../../app/commands/config.ts';

export const configPresenter: Presenter<Partial<ConfigData>> = {
  page: (data, context) => {
    if (data.settings === undefined) return genericPresenter.page(data, context);
    return [
      table(
        [{ title: 'SETTING' }, { title: 'VALUE', least: 20 }, { title: 'FROM', least: 11, leaveOut: 1 }],
        data.settings.map(({ name, value, source, place, default: byDefault }) => [
          name,
          value ?? `(${byDefault})`,
          place === null ? source : `${source} ${place}`,
        ]),
      ),
    ];
  },
};
