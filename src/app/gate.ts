/**
 * The gate: the point of no return. In one transaction the accounts, addresses, reminders and documents are locked in that order,
 * everything that could forbid the mail is asked again, and the attempt is written. Only after that transaction has committed may a
 * byte go out; whoever dies afterwards leaves a reminder that is looked at by a person and never sent again by itself.
 */
import type { Act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { storedDigest } from './composition.ts';
import { takeRoom } from './dispatch/room.ts';
import { judgeStored, type JudgedReminder } from './judge-stored.ts';
import { openFrames } from './mail-frame.ts';
import { faultOfOne, openRenderer, type RenderedMail, type Renderer } from './render-reminder.ts';
import type { Attempted } from './record-outcome.ts';
import { needsReview } from './review-approved.ts';
import { transitionAll, type FencedTransition } from './transition.ts';
import { nextAllowed } from '../domain/calendar/next-allowed.ts';
import { contactReasons } from '../domain/contact-interval.ts';
import { addDays, laterInstant, type Day, type Instant } from '../domain/days.ts';
import type { SkipReason } from '../domain/decision.ts';
import { gateVerdict, type GateVerdict } from '../domain/gate.ts';
import type { RelayLimits } from '../mail/relay-preset.ts';
import { composeMessage, type ComposedMessage, type MailContent, type MessageFrame } from '../mail/compose-message.ts';
import type { AttemptId } from '../domain/ids.ts';
import { accountDay, type PlanningContext, type PlanningDay } from '../domain/planning-day.ts';
import { dayReasons, seasonReasons } from '../domain/silence.ts';
import { holdAccounts } from '../store/sql/account-lock.ts';
import type { CompanySettings } from '../store/sql/company-settings.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import { insertAttempts } from '../store/sql/dispatch/attempts.ts';
import type { ClaimedReminder } from '../store/sql/dispatch/claim-due.ts';
import { holdAddresses, holdDocumentsOf, sendingSwitches, stillHeld } from '../store/sql/dispatch/gate-locks.ts';
import { lockReminders, remindersById, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';

/** Who is sending: fresh at every start, so that a dead sender's name is never met again. */
export interface Sender {
  readonly instance: string;
  readonly transport: 'smtp' | 'outbox';
  readonly relay: string;
  readonly limits: RelayLimits;
}

export interface ReadyToSend {
  readonly attempted: Attempted;
  /** Composed before the attempt was written, so that a mail that cannot be composed is never half-way out. */
  readonly message: ComposedMessage;
}

export interface GateResult {
  readonly ready: readonly ReadyToSend[];
  readonly waiting: number;
  readonly needsReview: number;
  readonly cancelled: number;
  /** Why sending as a whole is stopped; the pass ends. */
  readonly stoppedWhy: string | null;
}

export async function passGate(context: Act, claimed: readonly ClaimedReminder[], sender: Sender): Promise<GateResult> {
  const fences = new Map(claimed.map(({ id, fence }) => [id, fence]));
  const rows = await lockForGate(context, claimed, sender);
  const planning = await planningContext(context);
  const judged = await judgeStored(context, rows, planning);
  const render = await openRenderer(context, rows);
  const frame = await openFrames(context, rows);
  const stoppedWhy = await whyStopped(context, sender);
  const addressed = new Map<string, number>();
  const passed: Passed[] = [];
  const counts = { wait: 0, review: 0, cancel: 0 };
  const turnedBack: FencedTransition[] = [];
  for (const one of judged) {
    const composed = await composeFor(context, one, render, frame);
    const day = accountDay(one.facts.account, planning);
    const verdict = verdictOn(one, composed, day, stoppedWhy, addressed);
    const fence = fences.get(one.row.id) as number;
    if (verdict.kind === 'pass' && composed.kind === 'composed') {
      addressed.set(one.row.recipientAddress, one.row.customerId);
      passed.push({ ...composed, fence, day });
    } else if (verdict.kind !== 'pass') {
      counts[verdict.kind] += 1;
      turnedBack.push(turnBack(context, one.row, fence, verdict, day));
    }
  }
  const rooms = await takeRoom(
    context,
    sender,
    passed.map(({ message }) => ({ domain: message.envelope.to.split('@').at(-1) ?? '' })),
  );
  for (const [index, { mail, fence, day }] of passed.entries()) {
    const noRoom = rooms[index];
    if (noRoom) turnedBack.push(turnBack(context, mail.row, fence, { kind: 'wait', ...noRoom }, day));
  }
  counts.wait += rooms.filter((noRoom) => noRoom !== null).length;
  await transitionAll(context, turnedBack);
  const going = passed.filter((_, index) => rooms[index] === null);
  const ready = await startAttempts(context, going, sender);
  return { ready, waiting: counts.wait, needsReview: counts.review, cancelled: counts.cancel, stoppedWhy };
}

/** Accounts, addresses, reminders, documents: everybody locks in this order. Rows whose lease was lost are not among those returned. */
async function lockForGate({ tx }: Act, claimed: readonly ClaimedReminder[], sender: Sender): Promise<readonly ReminderRow[]> {
  const ids = claimed.map(({ id }) => id);
  const seen = await remindersById(tx, ids);
  await holdAccounts(tx, [...new Set(seen.map((row) => row.customerId))]);
  await holdAddresses(tx, [...new Set(seen.map((row) => row.recipientAddress))]);
  const rows = await lockReminders(tx, ids);
  const held = new Set((await stillHeld(tx, sender.instance, claimed)).map(({ id }) => id));
  await holdDocumentsOf(tx, ids);
  return rows.filter((row) => held.has(row.id));
}

/** The switches of the installation and of the company, and whether it may write to anybody at all. */
export async function whyStopped({ tx, company }: Act, { transport }: Sender): Promise<string | null> {
  const switches = await sendingSwitches(tx);
  if (switches.isSendingStopped) return switches.sendingStoppedReason ?? 'all sending is stopped';
  if (company.isPaused) return company.pausedReason ?? 'the company is paused';
  if (transport === 'outbox') return null;
  if (company.isSandbox) return company.sandboxAddress === null ? 'the mails of this sandbox go to the outbox folder only' : null;
  return company.wentLiveAt === null ? 'the company has not gone live; see `wafa company live`' : null;
}

interface Passed {
  readonly mail: RenderedMail;
  readonly message: ComposedMessage;
  readonly fence: number;
  readonly day: PlanningDay;
}

type Composed =
  | { readonly kind: 'composed'; readonly mail: RenderedMail; readonly message: ComposedMessage }
  | { readonly kind: 'fault'; readonly why: string };

/** A stored reminder that cannot be made into a safe mail stops only itself: a person sees it, the others go on. */
async function composeFor(
  { company }: Act,
  { row }: JudgedReminder,
  render: Renderer,
  frame: (row: ReminderRow) => MessageFrame,
): Promise<Composed> {
  try {
    const mail = await render(row);
    const content = forSandbox(company, mail.content, row.customerCode);
    return { kind: 'composed', mail, message: composeMessage(content, { ...frame(row), approvedAddress: content.to.address }) };
  } catch (error) {
    return { kind: 'fault', why: faultOfOne(error) };
  }
}

/** What was approved stays what is judged; on its way it is turned to the sandbox's own address, and says so. */
export function forSandbox({ isSandbox, sandboxAddress }: CompanySettings, content: MailContent, customerCode: string): MailContent {
  if (!isSandbox || sandboxAddress === null) return content;
  return { ...content, to: { name: content.to.name, address: sandboxAddress }, subject: `[SANDBOX ${customerCode}] ${content.subject}` };
}

function verdictOn(
  one: JudgedReminder,
  composed: Composed,
  day: PlanningDay,
  stoppedWhy: string | null,
  addressed: ReadonlyMap<string, number>,
): GateVerdict {
  const { row, lines, judgement } = one;
  if (composed.kind === 'fault') return { kind: 'review', changes: [`the mail could not be composed: ${composed.why}`] };
  const isIntact = storedDigest(row, lines) === row.digest && row.approvedDigest === row.digest;
  const verdict = gateVerdict({
    stoppedWhy,
    opensAt: opensAt(day),
    judgement,
    approval: {
      kind: row.approvalKind,
      lapsesOn: row.approvalLapsesOn,
      bindsToWhatIsStored: isIntact,
      bindsToWhatIsRendered: row.approvalKind === 'RULE' || row.approvedRenderHash === composed.mail.hash,
    },
    contactReasons: row.origin === 'PLANNED' ? contactReasonsNow(one, day) : [],
    dayReasons: dayReasonsNow(row, day),
    isAfterLongBreak: day.isAfterLongBreak,
    isLedgerStale: day.ledgerStaleSince !== null,
    today: day.asOn,
  });
  const sharedWith = addressed.get(row.recipientAddress);
  const isShared = sharedWith !== undefined && sharedWith !== row.customerId && row.origin === 'PLANNED';
  return verdict.kind === 'pass' && isShared
    ? { kind: 'wait', why: 'contact-interval', until: addDays(day.asOn, row.contactInterval) }
    : verdict;
}

/** When the calendar opens next; `null` when it is open now, `'never'` when its year has no data. */
export function opensAt({ calendar, now }: Pick<PlanningContext, 'calendar' | 'now'>): Instant | 'never' | null {
  const next = nextAllowed(calendar, now);
  if (next.kind === 'open') return null;
  return next.kind === 'closed' ? next.until : 'never';
}

/** Retries and further individual reminders of one day are one contact; another account's mail to the same address is not. */
function contactReasonsNow({ row, facts }: JudgedReminder, day: PlanningDay): readonly SkipReason[] {
  const recipient = facts.recipients.find(({ contactId }) => contactId === row.contactId) ?? null;
  const episodeStartedOn = facts.account.episodeStartedOn ?? day.asOn;
  return contactReasons(facts, recipient, episodeStartedOn, day, { isSameContact: true });
}

/** Approved before the season, or before the ledger grew old, it waits for the one to end or for the other to be renewed. */
const dayReasonsNow = (row: ReminderRow, day: PlanningDay): readonly SkipReason[] => [
  ...seasonReasons(row.escalationLevel, day),
  ...(row.origin === 'PLANNED' ? dayReasons(day).filter(({ code }) => code === 'ledger-stale') : []),
];

/** Not now: waits as approved, goes back to a person, or ends. The lease is given up in every case. */
function turnBack(
  context: Act,
  row: ReminderRow,
  fence: number,
  verdict: Exclude<GateVerdict, { kind: 'pass' }>,
  day: PlanningDay,
): FencedTransition {
  const move = { id: row.id, from: 'LEASED', guard: { fence } } as const;
  switch (verdict.kind) {
    case 'cancel': {
      const change = { ...RELEASED, statusReason: 'nothing left to ask', reviewChanges: verdict.changes };
      return { ...move, to: 'CANCELLED', change, reason: 'nothing-left' };
    }
    case 'review':
      return { ...move, to: 'NEEDS_REVIEW', change: needsReview(verdict.changes), reason: 'facts-moved' };
    case 'wait': {
      const claimableAt = laterInstant(waitUntil(verdict.until, day), context.now);
      return { ...move, to: 'QUEUED', change: { ...RELEASED, claimableAt, statusReason: verdict.why }, reason: verdict.why };
    }
  }
}

const RELEASED = { leaseUntil: null, leaseHolder: null } as const;

/** A day means its first open moment. Without an end the next pass asks again in five minutes. */
function waitUntil(until: Day | Instant | null, { calendar, now }: PlanningContext): Instant {
  if (until === null) return now.add({ minutes: 5 });
  if (until instanceof Temporal.Instant) return until;
  const midnight = until.toZonedDateTime(calendar.timeZone).toInstant();
  const next = nextAllowed(calendar, midnight);
  return next.kind === 'open' ? next.at : next.kind === 'closed' ? next.until : midnight;
}

async function startAttempts(context: Act, passed: readonly Passed[], sender: Sender): Promise<readonly ReadyToSend[]> {
  if (passed.length === 0) return [];
  const startedAt = await databaseNow(context.tx);
  const attempts = await insertAttempts(
    context.tx,
    passed.map(({ mail: { row, hash, lines }, message, fence }) => ({
      reminderId: row.id,
      customerId: row.customerId,
      attemptNumber: row.attemptCount + 1,
      messageId: row.messageId,
      recipientAddress: message.envelope.to,
      transport: sender.transport,
      relay: sender.relay,
      fence,
      sender: sender.instance,
      startedAt,
      businessAt: context.now,
      digest: row.digest,
      renderHash: hash,
      invoiceCount: row.itemCount,
      consolidationSavings: Math.floor((100 * (row.itemCount - 1)) / row.itemCount),
      metadata: { level: row.escalationLevel, type: row.reminderType, rows: lines.length, language: row.language },
    })),
  );
  const moved = await transitionAll(
    context,
    passed.map(({ mail: { row, hash }, fence }) => ({
      id: row.id,
      from: 'LEASED',
      to: 'TRANSMITTING',
      guard: { fence },
      change: {
        contactedAt: context.now,
        attemptCount: row.attemptCount + 1,
        nextEligibleContactOn: addDays(context.today, row.contactInterval),
        statusReason: null,
      },
      reason: 'gate passed',
      detail: { attempt: row.attemptCount + 1, renderHash: hash },
    })),
  );
  return passed
    .filter(({ mail }) => moved.has(mail.row.id))
    .map(({ mail: { row }, message, fence }) => ({
      message,
      attempted: {
        attemptId: attempts.get(row.id) as AttemptId,
        attemptNumber: row.attemptCount + 1,
        reminderId: row.id,
        customerId: row.customerId,
        recipientAddress: message.envelope.to,
        fence,
        sentAt: context.now,
      },
    }));
}
