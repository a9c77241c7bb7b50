/** Views a person keeps: their own, bounded, and checked before they are kept. */
import { beforeAll, expect, it } from 'vitest';

import { companyWith, sessionOf, testInstallation } from './installation.ts';
import { deleteView, listViews, saveView, viewNamed } from '../../src/app/saved-views.ts';
import type { Session } from '../../src/app/session.ts';
import { USUAL_ORDER } from '../../src/domain/queue-order.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
let session: Session;
beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'VIEWS' });
});

const aView = (name: string, filter = 'level:firm') => ({ name, filter, order: USUAL_ORDER });

it('one of the same name takes its place, and it goes when it is deleted', async () => {
  expect(await saveView(session, aView('mine'))).toBe(true);
  const again = { name: 'mine', filter: 'days>60', order: { sort: 'age', isReversed: true } } as const;
  expect(await saveView(session, again)).toBe(false);
  expect(await listViews(session)).toEqual([again]);
  expect(await viewNamed(session, 'MINE')).toEqual(again);
  await deleteView(session, 'mine');
  expect(await listViews(session)).toEqual([]);
  await expect(deleteView(session, 'mine')).rejects.toThrow(/no view "mine"/);
});

it('nobody sees the views of somebody else', async () => {
  const viewer = await sessionOf(database(), session, 'hessa', ['VIEWER']);
  await saveView(session, aView('of amal'));
  await saveView(viewer, aView('of hessa'));
  expect((await listViews(viewer)).map(({ name }) => name)).toEqual(['of hessa']);
  await expect(deleteView(viewer, 'of amal')).rejects.toThrow(/no view/);
});

it('a filter that is none is refused, and so is the fifty-first', async () => {
  await expect(saveView(session, aView('bad', 'level:nothing'))).rejects.toThrow(/is no term/);
  const kept = (await listViews(session)).length;
  for (let number = kept; number < 50; number += 1) await saveView(session, aView(`view ${number}`));
  await expect(saveView(session, aView('one more'))).rejects.toThrow(/50 views already/);
  expect(await saveView(session, aView('view 49', ''))).toBe(false);
});

it('one that is not understood any more is left out, not in the way', async () => {
  await database().admin.query(`update saved_views set definition = '{"columns": 3}' where company_id = $1 and name = 'view 49'`, [
    session.companyId,
  ]);
  expect((await listViews(session)).map(({ name }) => name)).not.toContain('view 49');
});
