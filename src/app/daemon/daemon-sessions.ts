/** The companies a daemon works for: all that are set up, each with a session in which the daemon acts. */
import type { Installation } from '../installation.ts';
import type { Session } from '../session.ts';
import { withCompany, withInstallation } from '../../store/connection/with-company.ts';
import { companyTimeZone } from '../../store/sql/company-settings.ts';
import { allCompanies } from '../../store/sql/directory.ts';

/** Asked again every minute: companies are added while a daemon runs. A code whose set-up died half-way is passed over. */
export async function daemonSessions(installation: Installation, instance: string): Promise<readonly Session[]> {
  const database = await installation.database();
  const sessions: Session[] = [];
  for (const { companyId, companyCode } of await withInstallation(database, allCompanies, { isReadOnly: true })) {
    const timeZone = await withCompany(database, companyId, companyTimeZone, { isReadOnly: true });
    if (timeZone !== undefined)
      sessions.push({ installation, database, companyId, companyCode, timeZone, actor: { kind: 'DAEMON', instance } });
  }
  return sessions;
}
