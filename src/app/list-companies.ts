/** The companies the operating-system login may enter. */
import type { Installation } from './installation.ts';
import { withInstallation } from '../store/connection/with-company.ts';
import { companiesOfLogin } from '../store/sql/directory.ts';

export async function listCompanies(installation: Installation): Promise<readonly string[]> {
  const database = await installation.database();
  const companies = await withInstallation(database, (sql) => companiesOfLogin(sql, installation.operatingSystemLogin));
  return companies.map(({ companyCode }) => companyCode);
}
