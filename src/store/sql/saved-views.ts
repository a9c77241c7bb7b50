/** Ways of looking at a list that people keep for themselves, by name. */
import type { UserId } from '../../domain/ids.ts';
import { json } from '../connection/parameters.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface SavedViewRow {
  readonly name: string;
  /** As it was when it was saved; what reads it checks it. */
  readonly definition: unknown;
}

/** Of one person for one screen, by name. */
export const savedViews = (tx: CompanyTx, userId: UserId, screen: string): Promise<readonly SavedViewRow[]> =>
  tx.query<SavedViewRow>(
    'select name, definition from saved_views where company_id = $1 and user_id = $2 and screen = $3 order by lower(name), name',
    [tx.companyId, userId, screen],
  );

/** Puts it in place of one of the same name. Gives back whether there was none. */
export async function putSavedView(tx: CompanyTx, userId: UserId, screen: string, view: SavedViewRow): Promise<boolean> {
  const { isNew } = await tx.one<{ readonly isNew: boolean }>(
    `insert into saved_views (company_id, user_id, screen, name, definition) values ($1, $2, $3, $4, $5)
     on conflict (company_id, user_id, screen, name) do update set definition = excluded.definition
     returning xmax = 0 as is_new`,
    [tx.companyId, userId, screen, view.name, json(view.definition)],
  );
  return isNew;
}

/** Gives back whether there was one. */
export async function deleteSavedView(tx: CompanyTx, userId: UserId, screen: string, name: string): Promise<boolean> {
  const rows = await tx.query('delete from saved_views where company_id = $1 and user_id = $2 and screen = $3 and name = $4 returning id', [
    tx.companyId,
    userId,
    screen,
    name,
  ]);
  return rows.length > 0;
}
