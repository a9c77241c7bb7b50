/**
 * Views of the queue that a person keeps: a filter and an order under a name of their own. Nobody else sees them and nothing follows from them,
 * so they leave no trace in the audit.
 */
import { z } from 'zod';

import { act, type Act } from './act.ts';
import { readQueueFilter } from './queue-terms.ts';
import type { Session } from './session.ts';
import type { UserId } from '../domain/ids.ts';
import { BugError, OperatorError } from '../domain/operator-error.ts';
import { QUEUE_SORTS, type QueueOrder } from '../domain/queue-order.ts';
import { safeText } from '../domain/safe-text.ts';
import { deleteSavedView, putSavedView, savedViews, type SavedViewRow } from '../store/sql/saved-views.ts';

export interface SavedView {
  readonly name: string;
  /** As it is typed: `level:firm days>90`. */
  readonly filter: string;
  readonly order: QueueOrder;
}

const SCREEN = 'queue';
/** More than anybody finds again; a script that saves one a day must not fill a table. */
const MOST_VIEWS = 50;

const definitionShape = z.object({ filter: z.string().max(500), sort: z.enum(QUEUE_SORTS), isReversed: z.boolean() });

/** By name. One saved by a later release that is not understood is left out. */
export const listViews = (session: Session): Promise<readonly SavedView[]> => act(session, 'view list', viewsIn, { isReadOnly: true });

/** As {@link listViews}, in a transaction that reads more. A program has none. */
export const viewsIn = async ({ tx, actor }: Act): Promise<readonly SavedView[]> =>
  actor.kind === 'USER' ? (await savedViews(tx, actor.userId, SCREEN)).flatMap(viewOf) : [];

/** @throws OperatorError `view.unknown` */
export async function viewNamed(session: Session, name: string): Promise<SavedView> {
  const found = (await listViews(session)).find((view) => view.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw unknownView(name);
  return found;
}

/**
 * Takes the place of one of the same name.
 * @returns whether it is a new one. @throws OperatorError `view.bad-filter|too-many`
 */
export const saveView = (session: Session, { name, filter, order }: SavedView): Promise<boolean> =>
  act(session, 'view save', async ({ tx, actor }) => {
    const read = readQueueFilter(filter);
    if (!read.ok)
      throw new OperatorError({ code: 'view.bad-filter', kind: 'usage', message: `${read.why}.`, tryThis: 'Try it in the queue first.' });
    const person = personOf(actor);
    const views = await savedViews(tx, person, SCREEN);
    if (views.length >= MOST_VIEWS && views.every((view) => view.name !== name)) throw tooMany();
    return await putSavedView(tx, person, SCREEN, { name, definition: { filter, ...order } });
  });

/** @throws OperatorError `view.unknown` */
export const deleteView = (session: Session, name: string): Promise<void> =>
  act(session, 'view save', async ({ tx, actor }) => {
    if (!(await deleteSavedView(tx, personOf(actor), SCREEN, name))) throw unknownView(name);
  });

function viewOf({ name, definition }: SavedViewRow): readonly SavedView[] {
  const read = definitionShape.safeParse(definition);
  return read.success ? [{ name, filter: read.data.filter, order: { sort: read.data.sort, isReversed: read.data.isReversed } }] : [];
}

function personOf(actor: Act['actor']): UserId {
  if (actor.kind !== 'USER') throw new BugError('only a person keeps views');
  return actor.userId;
}

const unknownView = (name: string): OperatorError =>
  new OperatorError({
    code: 'view.unknown',
    kind: 'usage',
    message: `You have no view ${JSON.stringify(safeText(name))}.`,
    tryThis: '`wafa view list` shows those you have.',
  });

const tooMany = (): OperatorError =>
  new OperatorError({
    code: 'view.too-many',
    kind: 'refused',
    message: `You have ${MOST_VIEWS} views already.`,
    tryThis: 'Delete one first: `wafa view delete NAME`.',
  });
