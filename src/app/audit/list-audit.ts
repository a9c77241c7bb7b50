/** Shows audit events to people, the newest first, narrowed by what they ask. */
import { act, type Act } from '../act.ts';
import type { Session } from '../session.ts';
import type { Day, Instant } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import { auditPage, type AuditListRow } from '../../store/sql/audit-chain-list.ts';
import { userByLogin, type UserRow } from '../../store/sql/users.ts';

export interface AuditQuestion {
  readonly verb?: string | undefined;
  readonly object?: { readonly kind: string; readonly id: number | null } | undefined;
  readonly login?: string | undefined;
  /** From the beginning of this day in the company's zone, by database time. */
  readonly sinceOn?: Day | undefined;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly before?: number | undefined;
}

/** One page, and the id to ask the next with. @throws OperatorError `audit.unknown-user` */
export const listAudit = (session: Session, question: AuditQuestion) =>
  act(
    session,
    'audit',
    async (context) => {
      const { verb = null, object, login, sinceOn, limit, before = null } = question;
      const filter = {
        verb,
        objectKind: object?.kind ?? null,
        objectId: object?.id ?? null,
        userId: login === undefined ? null : (await userCalled(context, login)).id,
        since: sinceOn === undefined ? null : beginningOf(sinceOn, context),
      };
      const rows = await auditPage(context.tx, filter, limit + 1, before);
      const page = rows.slice(0, limit);
      return { events: page.map(eventView), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
    { isReadOnly: true },
  );

/** The first instant of a day in the company's zone. */
export const beginningOf = (day: Day, { company }: Pick<Act, 'company'>): Instant => day.toZonedDateTime(company.timeZone).toInstant();

async function userCalled({ tx, company }: Act, login: string): Promise<UserRow> {
  const user = await userByLogin(tx, login);
  if (user) return user;
  throw new OperatorError({
    code: 'audit.unknown-user',
    kind: 'usage',
    message: `The login ${JSON.stringify(safeText(login.slice(0, 60)))} is not a user of company ${company.code}.`,
    tryThis: 'Leave --user out to see whose events there are.',
  });
}

const eventView = ({ actorKind, login, objectKind, objectId, ...event }: AuditListRow) => ({
  ...event,
  recordedAt: event.recordedAt.toString(),
  businessAt: event.businessAt.toString(),
  actor: { kind: actorKind, login },
  object: { kind: objectKind, id: objectId },
});

export type AuditEventView = ReturnType<typeof eventView>;
