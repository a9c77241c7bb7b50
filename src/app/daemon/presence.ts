/** A daemon shows that it lives, and that it still may work on these tables. */
import { hostname } from 'node:os';
import type { Installation } from '../installation.ts';
import { withInstallation } from '../../store/connection/with-company.ts';
import { refuseOutsideWindow } from '../../store/self-check/self-check.ts';
import { forgetDaemon, noteDaemon } from '../../store/sql/daemon/presence.ts';

/** @throws OperatorError `database.newer` when a migration has shut this program out: it must stop. */
export async function showPresence(installation: Installation, instance: string): Promise<void> {
  await withInstallation(await installation.database(), async (sql) => {
    await refuseOutsideWindow(sql);
    await noteDaemon(sql, { id: instance, host: hostname(), pid: process.pid, programVersion: installation.programVersion });
  });
}

export async function endPresence(installation: Installation, instance: string): Promise<void> {
  await withInstallation(await installation.database(), (sql) => forgetDaemon(sql, instance));
}
