/**
 * The one way in for every operator intention: one transaction in which permission is checked, the work is done and its audit
 * events are written. Work that throws leaves neither a change nor an event; a refused attempt leaves its event only.
 */
import { compileCompanyCalendars, type CompanyCalendars } from './company-calendar.ts';
import { holdsRole, type Actor } from './actor.ts';
import { appendAuditEvents, type AuditEvent } from './audit-chain.ts';
import { lacksRole, lookingOnly, noLongerUser, RefusedAttempt, tokenEnded } from './people/refusals.ts';
import { rolesFor, type Verb } from './permissions.ts';
import type { Session } from './session.ts';
import type { ContactCalendar } from '../domain/calendar/contact-calendar.ts';
import { nextAllowed } from '../domain/calendar/next-allowed.ts';
import { dayOf, type Day, type Instant } from '../domain/days.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { parsePolicy, type Policy } from '../domain/policy.ts';
import { withCompany, type CompanyTx } from '../store/connection/with-company.ts';
import { companySettings, type CompanySettings } from '../store/sql/company-settings.ts';
import { hintAtWork } from '../store/sql/daemon/work-hint.ts';
import { standingOfUser } from '../store/sql/users.ts';

export interface Act {
  readonly tx: CompanyTx;
  readonly actor: Actor;
  readonly verb: Verb;
  readonly company: CompanySettings;
  readonly policy: Policy;
  /** Business time at the start of the transaction, and its civil day in the company's zone. */
  readonly now: Instant;
  readonly today: Day;
  /** What the company's mailbox is known by; `null`: nobody reads what comes back. */
  readonly mailbox: string | null;
  /** The company's contact calendar, compiled on first use. */
  calendar(): Promise<ContactCalendar>;
  /** That one, and those of customers who keep another week. */
  calendars(): Promise<CompanyCalendars>;
  /** Notes an event; all are written, chained, at the end of the transaction. */
  record(event: AuditEvent): void;
}

export interface ActOptions {
  /** Locks nothing, writes nothing, and skips the audit. */
  readonly isReadOnly?: boolean;
  /**
   * Writes down the end of what was permitted when it began, such as mail already handed over: then nobody's leaving may stop it. The
   * roles are those the session was opened with.
   */
  readonly concludes?: boolean;
}

/**
 * Runs one intention of the session's actor, whose roles are read anew: a session may outlast them. Ended by the server for a deadlock, it
 * begins again from the start, so `work` leaves nothing behind outside its transaction that a second run would count twice.
 * @throws OperatorError `permission.refused`, `user.no-longer-active`, `token.refused`; whatever refuses is written to the audit once.
 */
export async function act<Result>(
  session: Session,
  verb: Verb,
  work: (act: Act) => Promise<Result>,
  options: ActOptions = {},
): Promise<Result> {
  if (session.isReadOnly === true && options.isReadOnly !== true) throw lookingOnly(verb);
  for (let deadlocks = 0; ;) {
    try {
      return await withCompany(session.database, session.companyId, (tx) => actIn(tx, session, verb, work, options), {
        isReadOnly: options.isReadOnly ?? false,
        // A sender's transactions are the same few, some hundred times a minute.
        isRepeated: verb === 'send',
      });
    } catch (error) {
      if (error instanceof RefusedAttempt) await auditRefusal(session, verb, error);
      deadlocks += 1;
      if (!isDeadlock(error) || deadlocks > MOST_DEADLOCKS) throw error;
    }
  }
}

/** The server rolled one of two transactions back and saved nothing of it. More than three in a row is a fault in the order of locks. */
const MOST_DEADLOCKS = 3;

const isDeadlock = (error: unknown): boolean => error instanceof OperatorError && error.code === 'database.deadlock';

async function actIn<Result>(
  tx: CompanyTx,
  session: Session,
  verb: Verb,
  work: (act: Act) => Promise<Result>,
  { concludes = false }: ActOptions,
): Promise<Result> {
  const actor = concludes ? session.actor : await actorNow(tx, session);
  if (!holdsRole(actor, rolesFor(verb))) throw lacksRole(verb, session.companyCode);
  const events: AuditEvent[] = [];
  const context = await openAct({ ...session, actor }, verb, tx, events);
  const result = await work(context);
  if (verb !== 'send' && events.some(makesWork)) await hintAtWork(tx);
  if (events.length > 0) await appendAuditEvents(tx, context, events, session.installation.programVersion);
  return result;
}

/** Something may leave now, or a ledger has changed. */
const makesWork = ({ toState, objectKind }: AuditEvent): boolean => toState === 'QUEUED' || objectKind === 'import';

/** The actor with the roles of this moment. */
async function actorNow(tx: CompanyTx, { actor, companyCode }: Session): Promise<Actor> {
  if (actor.kind !== 'USER') return actor;
  const standing = await standingOfUser(tx, actor.userId, actor.tokenId ?? null);
  if (standing?.isActive !== true) throw noLongerUser(companyCode);
  if (!standing.isTokenValid) throw tokenEnded();
  return { ...actor, roles: standing.roles };
}

async function openAct(session: Session, verb: Verb, tx: CompanyTx, events: AuditEvent[]): Promise<Act> {
  const company = await companySettings(tx);
  const policy = parsePolicy(company.policyDocument);
  let compiled: Promise<CompanyCalendars> | undefined;
  const calendars = (): Promise<CompanyCalendars> => (compiled ??= compileCompanyCalendars(tx, company, policy));
  const calendar = async (): Promise<ContactCalendar> => (await calendars()).company;
  const now = await businessNow(session, tx, company, calendar);
  return {
    tx,
    actor: session.actor,
    verb,
    company,
    policy,
    now,
    today: dayOf(now, company.timeZone),
    mailbox: session.installation.mailboxes(session.companyCode)?.label ?? null,
    calendar,
    calendars,
    record: (event) => {
      events.push(event);
    },
  };
}

/**
 * The sample company rehearses at its next open window while mail goes to nobody, so that its first `send` sends something on any day.
 * Every other company lives in the time there is.
 */
async function businessNow(
  session: Session,
  tx: CompanyTx,
  company: CompanySettings,
  calendar: () => Promise<ContactCalendar>,
): Promise<Instant> {
  const { clock, mail } = session.installation;
  const now = await clock.now(tx);
  if (!company.isSample || mail.kind !== 'outbox' || clock.isOverridden) return now;
  const next = nextAllowed(await calendar(), now);
  return next.kind === 'closed' ? next.until : now;
}

/** A refused attempt is a fact an auditor asks for; the transaction it was tried in is gone, so it gets one of its own. */
async function auditRefusal(session: Session, verb: Verb, { event }: RefusedAttempt): Promise<void> {
  await withCompany(session.database, session.companyId, async (tx) => {
    const context = await openAct(session, verb, tx, []);
    await appendAuditEvents(tx, context, [{ ...event, detail: { verb } }], session.installation.programVersion);
  });
}
