/** What waits in every company somebody works for, one line each. Each is read in a transaction of its own company. Reads only. */
import { listCompanies } from './list-companies.ts';
import { readPulse, type Pulse } from './read-pulse.ts';
import { readToday, type TodayView } from './read-today.ts';
import { openSession, type Session } from './session.ts';
import { OperatorError } from '../domain/operator-error.ts';

export interface CompanyToday {
  readonly code: string;
  readonly name: string;
  readonly mode: Pulse['mode'];
  readonly isWindowOpen: boolean;
  /** The company the question was asked from. */
  readonly isHere: boolean;
  readonly today: TodayView;
}

/** In the order of their codes; a company the person has just left is left out. */
export async function readCompaniesToday(session: Session): Promise<readonly CompanyToday[]> {
  const { installation } = session;
  const found: CompanyToday[] = [];
  for (const code of await listCompanies(installation)) {
    const one = code === session.companyCode ? session : await entered(session, code);
    if (one === null) continue;
    const pulse = await readPulse(one);
    found.push({
      code,
      name: pulse.companyName,
      mode: pulse.mode,
      isWindowOpen: pulse.isWindowOpen,
      isHere: one === session,
      today: await readToday(one),
    });
  }
  return found;
}

async function entered({ installation }: Session, code: string): Promise<Session | null> {
  try {
    return await openSession(installation, code);
  } catch (error) {
    if (error instanceof OperatorError) return null;
    throw error;
  }
}
