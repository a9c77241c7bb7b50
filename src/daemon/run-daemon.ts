/**
 * The daemon: sends what is due, runs the jobs of the clock, sweeps after senders that died, and says how it is. Any number of them may
 * run on any number of machines. The first SIGTERM stops it gently, a second within two seconds.
 */
import { randomUUID } from 'node:crypto';
import { schedule, type ScheduledTask } from 'node-cron';
import { daemonSessions } from '../app/daemon/daemon-sessions.ts';
import { dispatchTurn, openDispatchers, type Dispatchers, type Turn } from '../app/daemon/dispatch-turn.ts';
import { openIntake } from '../app/daemon/intake-job.ts';
import { JOBS, type Job } from '../app/daemon/jobs.ts';
import { openInboxes, type Inboxes } from '../app/daemon/inbox-turn.ts';
import { lookAtCompany } from '../app/daemon/look-at-company.ts';
import { endPresence, showPresence } from '../app/daemon/presence.ts';
import { raiseAlert } from '../app/daemon/raise-alert.ts';
import { runDueJobs } from '../app/daemon/run-due-jobs.ts';
import { listenForHints } from '../app/daemon/work-hints.ts';
import { replayJournals } from '../app/dispatch/replay-journals.ts';
import type { Installation } from '../app/installation.ts';
import type { Session } from '../app/session.ts';
import { sweepLeases } from '../app/sweep-leases.ts';
import { attentionNeeded } from '../domain/attention.ts';
import { forgivingRound, type Round } from './forgiving-round.ts';
import { serveEndpoints } from './http-endpoints.ts';
import { openLog, type Log } from './logger.ts';
import { openMetrics, type Metrics } from './metrics.ts';
import { readLastEvening } from '../app/insight/read-last-evening.ts';
import { openPulse, type Pulse } from './pulse.ts';
import { tellServiceManager, watchdogEveryMs } from './service-manager.ts';
import { stopOnSignals, type Stopping } from './stopping.ts';
import { Waker } from './waker.ts';

/** Polling is the truth, hints only shorten the wait: five seconds keep approved mail moving whatever becomes of them. */
const POLL_MS = 5_000;
const JOBS_EVERY_MS = 20_000;
const PRESENCE_EVERY_MS = 15_000;
/** News is announced by the server; where it is not, a minute is soon enough for an answer. */
const INBOX_EVERY_MS = 60_000;
const DEFAULT_PORT = 9380;

interface Daemon {
  readonly installation: Installation;
  readonly instance: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pulse: Pulse;
  readonly stopping: Stopping;
  readonly dispatchers: Dispatchers;
  readonly inboxes: Inboxes;
  readonly inboxWaker: Waker;
  readonly dispatchWaker: Waker;
  readonly jobsWaker: Waker;
  readonly jobs: readonly Job[];
  sessions: readonly Session[];
}

/** @throws OperatorError what keeps it from starting; ends when it was told to stop. */
export async function runDaemon(installation: Installation, interrupted: AbortSignal | undefined): Promise<void> {
  const instance = randomUUID();
  const log = openLog();
  const stopping = stopOnSignals(interrupted, (how) => log('info', how));
  const inboxWaker = new Waker(stopping.stop);
  const daemon: Daemon = {
    installation,
    instance,
    log,
    metrics: openMetrics(),
    pulse: openPulse(),
    stopping,
    dispatchers: openDispatchers(installation),
    inboxes: openInboxes(instance, () => inboxWaker.wake()),
    inboxWaker,
    dispatchWaker: new Waker(stopping.stop),
    jobsWaker: new Waker(stopping.stop),
    // First what comes in: the planning after an import follows in the same round.
    jobs: [openIntake(), ...JOBS],
    sessions: [],
  };
  await showPresence(installation, instance);
  daemon.sessions = await daemonSessions(installation, instance);
  await clearUp(daemon);
  let isStarted = false;
  const notReady = (): string | null => (stopping.stop.aborted ? 'stopping' : isStarted ? null : 'starting');
  const port = installation.configuration.env['WAFA_DAEMON_PORT'];
  const endpoints = port === 'off' ? null : await serveEndpoints(Number(port ?? DEFAULT_PORT) || DEFAULT_PORT, { ...daemon, notReady });
  const hints = listenForHints(installation, () => {
    daemon.dispatchWaker.wake();
    daemon.jobsWaker.wake();
  });
  const clockwork = scheduleJobs(daemon);
  const watchdog = keepWatchdog(daemon);
  isStarted = true;
  log('info', 'started', { instance, ...(endpoints === null ? {} : { port: endpoints.port }) });
  tellServiceManager('READY=1');
  try {
    await Promise.all([
      rounds(daemon, 'dispatch', dispatchRound),
      rounds(daemon, 'jobs', jobsRound),
      rounds(daemon, 'presence', presenceRound),
      rounds(daemon, 'inbox', inboxRound),
    ]);
  } finally {
    tellServiceManager('STOPPING=1');
    clearInterval(watchdog);
    for (const task of clockwork.values()) await task.destroy();
    await hints.stop();
    await daemon.inboxes.close();
    await daemon.dispatchers.close();
    await endPresence(installation, instance).catch(() => undefined);
    await endpoints?.close();
    stopping.done();
    log('info', 'stopped', { instance });
  }
}

/** One round after the other until told to stop; a database that is away only delays the next. */
async function rounds(
  daemon: Daemon,
  name: 'dispatch' | 'jobs' | 'presence' | 'inbox',
  round: (daemon: Daemon) => Promise<Round>,
): Promise<void> {
  while (!daemon.stopping.stop.aborted) {
    const { pauseMs, waker } = await forgivingRound(() => round(daemon), daemon.log);
    daemon.pulse.beat(name);
    await (waker ?? new Waker(daemon.stopping.stop)).sleep(pauseMs);
  }
}

async function dispatchRound(daemon: Daemon): Promise<Round> {
  const { sessions, dispatchers, stopping, log, metrics } = daemon;
  let pauseMs = POLL_MS;
  for (const session of sessions) {
    if (stopping.stop.aborted) break;
    const { pauseMs: own } = await forgivingRound(async () => {
      const turn = await dispatchTurn(session, await dispatchers.for(session), { signal: stopping.stop, cutOff: stopping.cutOff });
      metrics.noteTurn(session.companyCode, turn);
      logTurn(log, session.companyCode, turn);
      return { pauseMs: turn.hasMore ? 0 : Math.min(POLL_MS, turn.nextInMs ?? POLL_MS) };
    }, log);
    pauseMs = Math.min(pauseMs, own);
  }
  return { pauseMs, waker: daemon.dispatchWaker };
}

function logTurn(log: Log, company: string, { sent, uncertain, rejected, failed, retried, needsReview, stoppedWhy }: Turn): void {
  if (sent + uncertain + rejected + failed + retried + needsReview > 0)
    log('info', 'sent', { company, sent, uncertain, rejected, failed, retried, needsReview });
  if (stoppedWhy !== null) log('warn', 'sending stopped', { company, code: stoppedWhy.slice(0, 120) });
}

/** Jobs, leases of the dead, and whether somebody has to be told. */
async function jobsRound(daemon: Daemon): Promise<Round> {
  const { installation, instance, log, metrics } = daemon;
  daemon.sessions = await daemonSessions(installation, instance);
  for (const session of daemon.sessions) {
    if (daemon.stopping.stop.aborted) break;
    await forgivingRound(async () => {
      await jobsOf(daemon, session);
      return { pauseMs: 0 };
    }, log);
  }
  for (const session of daemon.sessions) {
    metrics.noteCompany(session.companyCode, await lookAtCompany(session));
    metrics.noteEvening(session.companyCode, await readLastEvening(session));
  }
  return { pauseMs: JOBS_EVERY_MS, waker: daemon.jobsWaker };
}

async function jobsOf({ instance, log, metrics, jobs }: Daemon, session: Session): Promise<void> {
  const company = session.companyCode;
  const { requeued, uncertain } = await sweepLeases(session);
  if (requeued + uncertain > 0) log('warn', 'cleared up after a sender that died', { company, requeued, uncertain });
  for (const { job, slotAt, outcome, tookMs, fault } of await runDueJobs(session, instance, jobs)) {
    metrics.noteJob(company, job, fault !== null);
    log(fault === null ? 'info' : 'error', 'job', { company, job, slotAt, outcome, tookMs, code: fault });
  }
  for (const attention of attentionNeeded(await lookAtCompany(session)))
    if (await raiseAlert(session, instance, attention))
      log(attention.isCritical ? 'error' : 'warn', 'alert', { company, code: attention.code });
}

async function presenceRound({ installation, instance }: Daemon): Promise<Round> {
  await showPresence(installation, instance);
  return { pauseMs: PRESENCE_EVERY_MS };
}

/** Answers and reports, company by company; a mailbox that fails keeps nobody else's from being read. */
async function inboxRound({ sessions, inboxes, stopping, log, metrics, inboxWaker }: Daemon): Promise<Round> {
  for (const session of sessions) {
    if (stopping.stop.aborted) break;
    await forgivingRound(async () => {
      const report = await inboxes.turn(session, stopping.stop);
      if (report !== null) metrics.noteInbox(session.companyCode, report);
      if (report !== null && report.mails > 0)
        log('info', 'mailbox', { company: session.companyCode, mails: report.mails, settled: report.settled });
      if (report?.outcome === 'failed' && !stopping.stop.aborted)
        log('warn', 'mailbox', { company: session.companyCode, code: 'inbox.failed' });
      if (report !== null && report.passedOver > 0) log('error', 'mailbox', { company: session.companyCode, code: 'inbox.passed-over' });
      return { pauseMs: 0 };
    }, log);
  }
  return { pauseMs: INBOX_EVERY_MS, waker: inboxWaker };
}

/** What daemons that died on this machine had written down. */
async function clearUp({ sessions, log }: Daemon): Promise<void> {
  for (const session of sessions) {
    const { journals, outcomes, neverBegun } = await replayJournals(session);
    if (journals > 0) log('warn', 'replayed the journal of a sender that died', { company: session.companyCode, outcomes, neverBegun });
  }
}

/** The clock wakes the round of jobs on the minute, in each zone companies live in; which slots have come is asked there. */
function scheduleJobs({ sessions, jobsWaker }: Daemon): ReadonlyMap<string, ScheduledTask> {
  const tasks = new Map<string, ScheduledTask>();
  for (const { timeZone } of sessions) {
    for (const { cron } of JOBS) {
      if (cron === null || tasks.has(`${timeZone} ${cron}`)) continue;
      tasks.set(
        `${timeZone} ${cron}`,
        schedule(cron, () => jobsWaker.wake(), { timezone: timeZone }),
      );
    }
  }
  return tasks;
}

/** Only while every round shows signs of life: a daemon that hangs is restarted. */
function keepWatchdog({ pulse }: Daemon): NodeJS.Timeout | undefined {
  const everyMs = watchdogEveryMs();
  if (everyMs === null) return undefined;
  return setInterval(() => {
    if (pulse.stale().length === 0) tellServiceManager('WATCHDOG=1');
  }, everyMs);
}
