/** From settings to a database that can be connected to: the built-in one is started when it does not run. */
import { OperatorError } from '../../domain/operator-error.ts';
import type { ConnectionTarget, Login } from './login.ts';
import type { DatabaseSettings } from './settings.ts';

/** @throws OperatorError when the built-in server cannot be started. */
export async function applicationTarget(settings: DatabaseSettings): Promise<ConnectionTarget> {
  if (settings.kind === 'server') {
    const owner = settings.ownerUrl === null ? null : { connectionString: settings.ownerUrl };
    const { backupUrl } = settings;
    const backup = backupUrl === undefined ? {} : { backup: { connectionString: backupUrl } };
    return { application: { connectionString: settings.applicationUrl }, owner, ...backup };
  }
  // Loaded only when used: with a server of one's own, nothing of the built-in one is needed.
  const { ensureServer } = await import('../embedded/embedded-server.ts');
  return ensureServer(settings.home);
}

/** @throws OperatorError when this process was given no owner's login, so it cannot migrate. */
export function ownerLogin(target: ConnectionTarget): Login {
  if (target.owner !== null) return target.owner;
  throw new OperatorError({
    code: 'database.no-owner',
    kind: 'configuration',
    message: 'DATABASE_OWNER_URL is not set, so the tables cannot be changed.',
    tryThis: 'Set it to the login of the role wafa_owner for this command only; daemons and consoles do not need it.',
  });
}
