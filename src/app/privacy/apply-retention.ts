/**
 * Forgets what lay longer than the policy keeps it: finished reminders with all that hangs from them, answers, reports, notes, reasons for
 * silence. An account on legal hold and what is about open invoices is left alone. In pieces, so that nobody waits for locks.
 */
import { act, type Act } from '../act.ts';
import type { Session } from '../session.ts';
import { unknownCustomer } from '../unknown-customer.ts';
import type { Instant } from '../../domain/days.ts';
import { customerByCode } from '../../store/sql/customers.ts';
import {
  countOld,
  forgetOld,
  forgetReminders,
  remindersToForget,
  setLegalHold,
  type WordsKept,
} from '../../store/sql/privacy/retention.ts';

export interface Retained {
  readonly kind: 'reminders' | WordsKept;
  readonly olderThanDays: number;
  readonly rows: number;
}

/** A piece takes a fraction of a second; a first clean-up of years is many of them. */
const PIECE = 2_000;

const KINDS = ['replies', 'reports', 'notes', 'skips'] as const;

/** @returns per kind what was forgotten; with `isDryRun`, what would be. */
export async function applyRetention(session: Session, { isDryRun }: { readonly isDryRun: boolean }): Promise<readonly Retained[]> {
  let reminders = 0;
  let days = 0;
  for (;;) {
    const piece = await act(session, 'privacy retention', (context) => forgetPiece(context, isDryRun), { isReadOnly: isDryRun });
    reminders += piece.rows;
    days = piece.days;
    if (isDryRun || piece.rows < PIECE) break;
  }
  const words = await act(session, 'privacy retention', (context) => forgetWords(context, isDryRun), { isReadOnly: isDryRun });
  return [{ kind: 'reminders', olderThanDays: days, rows: reminders }, ...words];
}

/** Hours, because a day of the clock change is no day: two years are two years. */
const before = (now: Instant, days: number): Instant => now.subtract({ hours: 24 * days });

async function forgetPiece(context: Act, isDryRun: boolean): Promise<{ readonly rows: number; readonly days: number }> {
  const days = context.policy.retention.finishedRemindersDays;
  const ids = await remindersToForget(context.tx, before(context.now, days), isDryRun ? Number.MAX_SAFE_INTEGER : PIECE);
  if (!isDryRun && ids.length > 0) {
    await forgetReminders(context.tx, ids);
    const detail = { reminders: ids.length, firstId: ids[0] ?? 0, lastId: ids.at(-1) ?? 0, olderThanDays: days };
    context.record({ objectKind: 'company', objectId: context.company.companyId, reason: 'retention', detail });
  }
  return { rows: ids.length, days };
}

async function forgetWords(context: Act, isDryRun: boolean): Promise<readonly Retained[]> {
  const { tx, now, policy } = context;
  const retained: Retained[] = [];
  for (const kind of KINDS) {
    const days = kind === 'skips' ? policy.retention.skipsDays : policy.retention.repliesDays;
    const rows = isDryRun ? await countOld(tx, kind, before(now, days)) : await forgetOld(tx, kind, before(now, days));
    retained.push({ kind, olderThanDays: days, rows });
  }
  const forgotten = retained.filter(({ rows }) => rows > 0);
  if (!isDryRun && forgotten.length > 0) {
    const detail = Object.fromEntries(forgotten.map(({ kind, rows }) => [kind, rows]));
    context.record({ objectKind: 'company', objectId: context.company.companyId, reason: 'retention', detail });
  }
  return retained;
}

/** @throws OperatorError `customer.unknown` */
export const holdForCourt = (session: Session, code: string, isOn: boolean): Promise<{ readonly isChanged: boolean }> =>
  act(session, 'privacy hold', async (context) => {
    const customer = await customerByCode(context.tx, code.trim());
    if (!customer) throw unknownCustomer(code);
    const isChanged = await setLegalHold(context.tx, customer.id, isOn);
    if (isChanged)
      context.record({
        objectKind: 'customer',
        objectId: customer.id,
        toState: isOn ? 'LEGAL_HOLD' : 'NO_LEGAL_HOLD',
        reason: 'retention',
      });
    return { isChanged };
  });
