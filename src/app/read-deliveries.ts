/** What was handed over lately and what became of it; what nobody knows comes first. Reads only. */
import { act } from './act.ts';
import type { Session } from './session.ts';
import { STATUS_WORDS } from '../domain/reminder-states.ts';
import { deliveriesPage } from '../store/sql/dispatch/deliveries-page.ts';

export const readDeliveries = (session: Session, { limit }: { readonly limit: number }) =>
  act(
    session,
    'show',
    async ({ tx }) =>
      (await deliveriesPage(tx, limit)).map(({ businessAt, ...row }) => ({
        ...row,
        statusWord: STATUS_WORDS[row.deliveryStatus],
        businessAt: businessAt.toString(),
      })),
    { isReadOnly: true },
  );

export type DeliveryView = Awaited<ReturnType<typeof readDeliveries>>[number];
