/** Runs the jobs of a company whose slot has come and which nobody has run. */
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { claimSlot, finishSlot, isSlotKnown } from '../../store/sql/daemon/job-slots.ts';
import type { Job } from './jobs.ts';

export interface RanJob {
  readonly job: string;
  readonly slotAt: string;
  readonly outcome: string;
  readonly tookMs: number;
  /** Codes only, for the log. */
  readonly fault: string | null;
}

/**
 * A job that fails is finished as failed, with its code, and runs again at its next slot. One whose daemon dies is taken over by another.
 * @param instance Of the daemon.
 */
export async function runDueJobs(session: Session, instance: string, jobs: readonly Job[]): Promise<readonly RanJob[]> {
  const ran: RanJob[] = [];
  for (const job of jobs) {
    const now = await act(session, 'status', async (context) => context.now, { isReadOnly: true });
    const slotAt = await job.slotAt(session, now);
    if (slotAt === null) continue;
    const slot = { job: job.name, slotAt };
    // Almost always somebody has: a read costs nobody a lock.
    if (await act(session, 'status', ({ tx }) => isSlotKnown(tx, job.name, slotAt), { isReadOnly: true })) continue;
    if (!(await act(session, 'send', ({ tx }) => claimSlot(tx, { ...slot, by: instance }), { concludes: true }))) continue;
    const beganMs = performance.now();
    const { outcome, fault } = await outcomeOf(job, session);
    await act(session, 'send', ({ tx }) => finishSlot(tx, { ...slot, outcome }), { concludes: true });
    ran.push({ job: job.name, slotAt: slotAt.toString(), outcome, tookMs: Math.round(performance.now() - beganMs), fault });
  }
  return ran;
}

async function outcomeOf(job: Job, session: Session): Promise<Pick<RanJob, 'outcome' | 'fault'>> {
  try {
    return { outcome: (await job.run(session)).slice(0, 200), fault: null };
  } catch (error) {
    // A fault of ours ends the daemon, loudly; what an operator can mend is written down and waits for them.
    if (!(error instanceof OperatorError)) throw error;
    return { outcome: `failed: ${error.code}`, fault: error.code };
  }
}
