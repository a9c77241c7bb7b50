/**
 * A guard taken away: an operator's program that cancels by the ORM's batched updates. A batch asks for the versions first and writes without
 * them, so it overwrites what a daemon did in between. Only for the suite that shows that its judge would notice.
 */
import { MikroORM } from '@mikro-orm/postgresql';
import { PostgresDialect } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

import type { Session } from '../../src/app/session.ts';
import type { Login } from '../../src/store/connection/login.ts';
import { Reminder } from '../../src/store/entities/reminder.entity.ts';
import { ormOptions } from '../../src/store/orm.ts';

/** Until it is told to stop: takes a few that wait while mails leave, and is slow between asking and writing, until more have left. */
export async function cancelInBatches({ companyId }: Session, login: Login, taken: () => number, signal: AbortSignal): Promise<void> {
  const more = async (mails: number): Promise<void> => {
    for (const before = taken(); taken() < before + mails && !signal.aborted;) await pause(10);
  };
  const pool = new pg.Pool({ ...login, options: `-c wafa.company_id=${companyId}`, max: 1 });
  pool.on('connect', (client) => hesitateBeforeWriting(client, () => more(FEW)));
  const orm = new MikroORM({ ...ormOptions(new PostgresDialect({ pool })), implicitTransactions: true, useBatchUpdates: true });
  try {
    while (!signal.aborted) {
      await more(1);
      const em = orm.em.fork();
      const some = await em.find(Reminder, { companyId, deliveryStatus: 'QUEUED' }, { limit: 20, orderBy: { atRiskMinor: 'desc' } });
      for (const reminder of some) {
        reminder.deliveryStatus = 'CANCELLED';
        reminder.statusReason = 'a batch';
      }
      // What a constraint refuses is lost with its batch; the next one may do its harm.
      await em.flush().catch(() => undefined);
    }
  } finally {
    await orm.close(true);
  }
}

/** So many leave between asking and writing; the twenty asked about are the next in the queue. */
const FEW = 10;

function hesitateBeforeWriting(client: pg.PoolClient, hesitate: () => Promise<void>): void {
  const send = client.query.bind(client) as (...parts: unknown[]) => Promise<unknown>;
  client.query = (async (...parts: unknown[]) => {
    const text = typeof parts[0] === 'string' ? parts[0] : (parts[0] as { text?: string }).text;
    if (/^update "customer_consolidated_reminders"/i.test(text ?? '')) await hesitate();
    return await send(...parts);
  }) as typeof client.query;
}
