import { genericPresenter } from './generic.ts';
import type { Presenter } from './presenter.ts';
import { line } from '../page.ts';

/** Statements are printed as an administrator pastes them; everything else about the database is pairs. */
export const dbPresenter: Presenter<{ readonly statements?: readonly string[] }> = {
  page: (data, context) =>
    data.statements === undefined ? genericPresenter.page(data, context) : data.statements.map((statement) => line(`${statement};`)),
};
