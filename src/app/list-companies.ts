/** The companies one may enter: that of the token, else those of the operating-system login. */
import type { Installation } from './installation.ts';
import { openSession } from './session.ts';
import { withInstallation } from '../store/connection/with-company.ts';
import { companiesOfLogin } from '../store/sql/directory.ts';

export async function listCompanies(installation: Installation): Promise<readonly string[]> {
  if (installation.token !== undefined) return [(await openSession(installation, undefined)).companyCode];
  const database = await installation.database();
  const companies = await withInstallation(database, (sql) => companiesOfLogin(sql, installation.operatingSystemLogin));
  return companies.map(({ companyCode }) => companyCode);
}
