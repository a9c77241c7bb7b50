/**
 * Listens for hints that there is work. A hint only wakes somebody who then looks: it may be lost or made up by another role, so nothing
 * in it is read.
 */
import type { Login } from './login.ts';
import { openSession } from './session.ts';

export const WORK_CHANNEL = 'wafa_work';

export interface Listener {
  stop(): Promise<void>;
}

/** A lost connection is opened again after ten seconds; until then the poll finds the work. */
const AGAIN_AFTER_MS = 10_000;

export function listenForWork(login: () => Promise<Login>, onHint: () => void): Listener {
  let isStopped = false;
  let session: Awaited<ReturnType<typeof openSession>> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    try {
      session = await openSession(await login(), { applicationName: 'wafa hints' });
      if (isStopped) return await session.end();
      session.on('notification', onHint);
      session.on('end', again);
      await session.query(`listen ${WORK_CHANNEL}`);
    } catch {
      // Hints are a convenience: whatever is wrong with the database is reported by those who need it.
      again();
    }
  };
  const again = (): void => {
    if (isStopped || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, AGAIN_AFTER_MS);
  };
  void connect();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await session?.end().catch(() => undefined);
    },
  };
}
