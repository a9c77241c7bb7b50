/**
 * What a daemon does by the clock for each company, in the company's own zone. A job names its slots; whoever inserts the slot's row runs
 * it, so it runs once over any number of daemons, and a slot that passed while no daemon ran is caught up once.
 */
import { act } from '../act.ts';
import { anchorAudit } from '../audit/anchor-audit.ts';
import { backUpDatabase } from '../backup/backup-database.ts';
import { planReminders } from '../plan-run.ts';
import { takeSnapshots } from '../insight/take-snapshots.ts';
import { applyRetention } from '../privacy/apply-retention.ts';
import type { Session } from '../session.ts';
import { validate } from '../validate/validate.ts';
import { isWorkingDay } from '../../domain/calendar/working-days.ts';
import type { Instant } from '../../domain/days.ts';
import { dropOldSlots } from '../../store/sql/daemon/job-slots.ts';
import { withInstallation } from '../../store/connection/with-company.ts';
import { allCompanies } from '../../store/sql/directory.ts';
import { lastImportAt } from '../../store/sql/daemon/due-work.ts';
import { dropOldTokens } from '../../store/sql/dispatch/rate-tokens.ts';

export interface Job {
  readonly name: string;
  /** Five fields, in the company's zone; `null`: not by the clock. */
  readonly cron: string | null;
  /** The newest slot that has come, by business time; `null` when there is none to catch up. */
  slotAt(session: Session, now: Instant): Promise<Instant | null>;
  /** What was done, in a word or two, for the slot's row. */
  run(session: Session): Promise<string>;
}

/** The newest such time of day that has come. Local times that a change of the clocks skips are taken as soon after as there is one. */
function daily(timeZone: string, now: Instant, time: string): Instant {
  const local = now.toZonedDateTimeISO(timeZone);
  const today = local.toPlainDate().toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
  return (Temporal.ZonedDateTime.compare(today, local) <= 0 ? today : today.subtract({ days: 1 })).toInstant();
}

/** The same on Sundays. */
function weekly(timeZone: string, now: Instant, time: string): Instant {
  const newest = daily(timeZone, now, time).toZonedDateTimeISO(timeZone);
  return newest.subtract({ days: newest.dayOfWeek % 7 }).toInstant();
}

async function isFirstCompany({ database, companyId }: Session): Promise<boolean> {
  const [first] = await withInstallation(database, allCompanies, { isReadOnly: true });
  return first?.companyId === companyId;
}

/** A server of somebody's own is backed up by its own tools unless Wafa was given a login for it. */
const canBackUp = ({ installation: { settings } }: Session): boolean => settings.kind === 'embedded' || settings.backupUrl !== undefined;

const worksToday = (session: Session): Promise<boolean> =>
  act(session, 'plan', async (context) => isWorkingDay(await context.calendar(), context.today), { isReadOnly: true });

async function plan(session: Session, startedBy: 'SCHEDULE' | 'IMPORT'): Promise<string> {
  const { runId } = await planReminders(session, { startedBy });
  return runId === null ? 'nothing had moved' : `run ${runId}`;
}

/** Counters of windows long past; a quarter of a year of slots tells what ran when. */
const KEEP_TOKENS_DAYS = 3;
const KEEP_SLOTS_DAYS = 92;

const dropCounters = (session: Session): Promise<number> =>
  act(
    session,
    'send',
    async ({ tx }) => {
      const rows = (await dropOldTokens(tx, KEEP_TOKENS_DAYS)) + (await dropOldSlots(tx, KEEP_SLOTS_DAYS));
      return rows;
    },
    { concludes: true },
  );

async function tidyUp(session: Session): Promise<string> {
  const rows = await dropCounters(session);
  const forgotten = (await applyRetention(session, { isDryRun: false })).filter((one) => one.rows > 0);
  return [`${rows} rows`, ...forgotten.map(({ kind, rows: old }) => `${old} ${kind}`)].join(', ');
}

/** Of a night; what it finds is in the slot's row by the names of the checks, so that `status --check` and the alerts say so. */
async function validated(session: Session): Promise<string> {
  const wrong: string[] = [];
  for await (const { check, found } of validate(session)) if (found.total > 0) wrong.push(`${check.id} ${found.total}`);
  return wrong.length === 0 ? 'nothing found' : `failed: ${wrong.join(', ')}`;
}

export const JOBS: readonly Job[] = [
  {
    name: 'plan',
    cron: '0 8 * * *',
    slotAt: async ({ timeZone }, now) => daily(timeZone, now, '08:00'),
    run: async (session) => ((await worksToday(session)) ? await plan(session, 'SCHEDULE') : 'no working day'),
  },
  {
    name: 'plan after import',
    cron: null,
    // An import of days ago was planned by a morning since.
    slotAt: async (session, now) => {
      const at = await act(session, 'plan', ({ tx }) => lastImportAt(tx), { isReadOnly: true });
      return at !== null && Temporal.Instant.compare(at, now.subtract({ hours: 24 })) > 0 ? at : null;
    },
    run: (session) => plan(session, 'IMPORT'),
  },
  {
    name: 'audit anchor',
    cron: '30 1 * * *',
    slotAt: async ({ timeZone }, now) => daily(timeZone, now, '01:30'),
    run: async (session) => ((await anchorAudit(session)).isNew ? 'anchored' : 'nothing new'),
  },
  {
    name: 'daily figures',
    cron: '0 2 * * *',
    slotAt: async ({ timeZone }, now) => daily(timeZone, now, '02:00'),
    run: async (session) => `${await takeSnapshots(session)} days`,
  },
  {
    name: 'backup',
    cron: '0 2 * * *',
    // One company's slot stands for the whole database.
    slotAt: async (session, now) => (canBackUp(session) && (await isFirstCompany(session)) ? daily(session.timeZone, now, '02:00') : null),
    run: async ({ installation }) => {
      const { bytes, dropped } = await backUpDatabase(installation);
      return `${Math.ceil(bytes / 1_048_576)} MB written, ${dropped.length} old ones dropped`;
    },
  },
  {
    name: 'validate',
    cron: '30 2 * * *',
    slotAt: async ({ timeZone }, now) => daily(timeZone, now, '02:30'),
    run: validated,
  },
  {
    name: 'tidy up',
    cron: '0 3 * * 0',
    slotAt: async ({ timeZone }, now) => weekly(timeZone, now, '03:00'),
    run: tidyUp,
  },
];
