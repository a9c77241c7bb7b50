/** The state of a company in one word for a monitoring system, by the codes every one of them knows. */
import { lookAtCompany } from './daemon/look-at-company.ts';
import type { StatusView } from './read-status.ts';
import type { Session } from './session.ts';
import { attentionNeeded } from '../domain/attention.ts';

export type CheckState = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';

export interface Check {
  readonly state: CheckState;
  /** What is wrong, the worst first; empty when all is well. */
  readonly findings: readonly string[];
}

/** Besides what a person is told of in an open window: daemons that died, jobs that failed. */
export async function checkStatus(session: Session, { daemons, jobs }: Pick<StatusView, 'daemons' | 'jobs'>): Promise<Check> {
  const attention = attentionNeeded(await lookAtCompany(session));
  const hasDaemons = daemons.length > 0;
  const isNobodyAlive = hasDaemons && daemons.every(({ alive }) => !alive);
  const critical = [
    ...(isNobodyAlive ? ['No daemon is alive.'] : []),
    ...attention.filter(({ isCritical }) => isCritical).map(({ text }) => text),
  ];
  const warnings = [
    ...attention.filter(({ isCritical }) => !isCritical).map(({ text }) => text),
    ...(isNobodyAlive
      ? []
      : daemons.filter(({ alive }) => !alive).map(({ host, pid }) => `The daemon ${pid} on ${host} gives no sign of life.`)),
    ...jobs.filter(({ outcome }) => outcome?.startsWith('failed') === true).map(({ job, outcome }) => `The job "${job}" ${outcome ?? ''}.`),
  ];
  const state = critical.length > 0 ? 'CRITICAL' : warnings.length > 0 ? 'WARNING' : 'OK';
  return { state, findings: [...critical, ...warnings] };
}
