/** Which company a set-up goes on with. A sample is nobody's own: it is passed over, so that whoever looked around in one begins a new company. */
import { readCompany } from '../company-settings.ts';
import type { Installation } from '../installation.ts';
import { listCompanies } from '../list-companies.ts';
import { openSession, type Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';

/**
 * @param named Opens the company that was named, or the only one there is.
 * @returns null where there is none yet. @throws OperatorError `company.several` of companies of one's own.
 */
export async function companyToSetUp(installation: Installation, named: () => Promise<Session>): Promise<Session | null> {
  try {
    const session = await named();
    return (await isSample(session)) ? null : session;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    if (error.code === 'company.none') return null;
    if (error.code !== 'company.several') throw error;
    const own: Session[] = [];
    for (const code of await listCompanies(installation)) {
      const session = await openSession(installation, code);
      if (!(await isSample(session))) own.push(session);
    }
    if (own.length > 1) throw error;
    return own[0] ?? null;
  }
}

const isSample = async (session: Session): Promise<boolean> => (await readCompany(session)).isSample;
