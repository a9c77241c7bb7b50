/**
 * The one way in for every operator intention: one transaction in which permission is checked, the work is done and its audit
 * events are written. Work that throws leaves neither a change nor an event; a refused attempt leaves its event only.
 */
import { compileCompanyCalendar } from './company-calendar.ts';
import { holdsRole, type Actor } from './actor.ts';
import { appendAuditEvents, type AuditEvent } from './audit-chain.ts';
import { rolesFor, type Verb } from './permissions.ts';
import type { Session } from './session.ts';
import type { ContactCalendar } from '../domain/calendar/contact-calendar.ts';
import { nextAllowed } from '../domain/calendar/next-allowed.ts';
import { dayOf, type Day, type Instant } from '../domain/days.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { parsePolicy, type Policy } from '../domain/policy.ts';
import { withCompany, type CompanyTx } from '../store/connection/with-company.ts';
import { companySettings, type CompanySettings } from '../store/sql/company-settings.ts';

export interface Act {
  readonly tx: CompanyTx;
  readonly actor: Actor;
  readonly verb: Verb;
  readonly company: CompanySettings;
  readonly policy: Policy;
  /** Business time at the start of the transaction, and its civil day in the company's zone. */
  readonly now: Instant;
  readonly today: Day;
  /** The company's contact calendar, compiled on first use. */
  calendar(): Promise<ContactCalendar>;
  /** Notes an event; all are written, chained, at the end of the transaction. */
  record(event: AuditEvent): void;
}

export interface ActOptions {
  /** Locks nothing, writes nothing, and skips the audit. */
  readonly isReadOnly?: boolean;
}

/**
 * Runs one intention of the session's actor.
 * @throws OperatorError `permission.refused` when the actor's roles do not cover the verb.
 */
export async function act<Result>(
  session: Session,
  verb: Verb,
  work: (act: Act) => Promise<Result>,
  options: ActOptions = {},
): Promise<Result> {
  if (!holdsRole(session.actor, rolesFor(verb))) await refuse(session, verb);
  return await withCompany(
    session.database,
    session.companyId,
    async (tx) => {
      const events: AuditEvent[] = [];
      const context = await openAct(session, verb, tx, events);
      const result = await work(context);
      if (events.length > 0) await appendAuditEvents(tx, context, events, session.installation.programVersion);
      return result;
    },
    { isReadOnly: options.isReadOnly ?? false },
  );
}

async function openAct(session: Session, verb: Verb, tx: CompanyTx, events: AuditEvent[]): Promise<Act> {
  const company = await companySettings(tx);
  const policy = parsePolicy(company.policyDocument);
  let compiled: Promise<ContactCalendar> | undefined;
  const calendar = (): Promise<ContactCalendar> => (compiled ??= compileCompanyCalendar(tx, company, policy));
  const now = await businessNow(session, tx, company, calendar);
  return {
    tx,
    actor: session.actor,
    verb,
    company,
    policy,
    now,
    today: dayOf(now, company.timeZone),
    calendar,
    record: (event) => {
      events.push(event);
    },
  };
}

/**
 * The sample company rehearses at its next open window while mail goes to nobody, so that its first `send` sends something on any day.
 * Every other company lives in the time there is.
 */
async function businessNow(session: Session, tx: CompanyTx, company: CompanySettings, calendar: () => Promise<ContactCalendar>): Promise<Instant> {
  const { clock, mail } = session.installation;
  const now = await clock.now(tx);
  if (!company.isSample || mail.kind !== 'outbox' || clock.isOverridden) return now;
  const next = nextAllowed(await calendar(), now);
  return next.kind === 'closed' ? next.until : now;
}

/** A refused attempt is a fact an auditor asks for, so it is written in a transaction of its own before the refusal. */
async function refuse(session: Session, verb: Verb): Promise<never> {
  await withCompany(session.database, session.companyId, async (tx) => {
    const context = await openAct(session, verb, tx, []);
    const event: AuditEvent = { objectKind: 'verb', objectId: null, reason: 'refused: role', detail: { verb } };
    await appendAuditEvents(tx, context, [event], session.installation.programVersion);
  });
  throw new OperatorError({
    code: 'permission.refused',
    kind: 'refused',
    message: `You may not ${verb} for company ${session.companyCode}: it takes ${rolesFor(verb).join(' or ')}.`,
    tryThis: 'Ask a colleague with that role, or an ADMIN to give it to you.',
  });
}
