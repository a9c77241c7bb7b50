/**
 * What the gate says of stored reminders at this moment, and the mail of those that pass. Reads only: whoever acts on the answer holds the
 * locks, whoever only wants to know asks without any.
 */
import type { Act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { storedDigest } from './composition.ts';
import { mailboxStanding } from './inbox/mailbox-standing.ts';
import { judgeStored, type JudgedReminder } from './judge-stored.ts';
import { openFrames } from './mail-frame.ts';
import { faultOfOne, openRenderer, type RenderedMail, type Renderer } from './render-reminder.ts';
import { nextAllowed } from '../domain/calendar/next-allowed.ts';
import { contactReasons } from '../domain/contact-interval.ts';
import { addDays, type Instant } from '../domain/days.ts';
import type { SkipReason } from '../domain/decision.ts';
import { gateVerdict, type GateVerdict } from '../domain/gate.ts';
import { accountDay, type PlanningContext, type PlanningDay } from '../domain/planning-day.ts';
import { dayReasons, seasonReasons } from '../domain/silence.ts';
import { composeMessage, type ComposedMessage, type MailContent, type MessageFrame } from '../mail/compose-message.ts';
import type { RelayLimits } from '../mail/relay-preset.ts';
import type { CompanySettings } from '../store/sql/company-settings.ts';
import { sendingSwitches } from '../store/sql/dispatch/gate-locks.ts';
import type { ReminderRow } from '../store/sql/reminders/reminder-row.ts';

/** Who is sending: fresh at every start, so that a dead sender's name is never met again. */
export interface Sender {
  readonly instance: string;
  readonly transport: 'smtp' | 'outbox';
  readonly relay: string;
  readonly limits: RelayLimits;
}

export interface ReadyMail {
  readonly mail: RenderedMail;
  readonly message: ComposedMessage;
}

export interface AtGate {
  readonly row: ReminderRow;
  readonly day: PlanningDay;
  readonly verdict: { readonly kind: 'pass'; readonly ready: ReadyMail } | Exclude<GateVerdict, { kind: 'pass' }>;
}

export interface GateVerdicts {
  /** In the order of the rows. */
  readonly verdicts: readonly AtGate[];
  /** Why sending as a whole is stopped. */
  readonly stoppedWhy: string | null;
}

/** @param addressed Which account each address was written to in this pass; grows by what passes. */
export async function verdictsAtGate(
  context: Act,
  rows: readonly ReminderRow[],
  sender: Sender,
  addressed = new Map<string, number>(),
): Promise<GateVerdicts> {
  const planning = await planningContext(context);
  const judged = await judgeStored(context, rows, planning);
  const render = await openRenderer(context, rows, { linesOf: judged });
  const frame = await openFrames(context, rows);
  const stoppedWhy = await whyStopped(context, sender);
  const isInboxStale = (await mailboxStanding(context))?.isStale === true;
  const verdicts: AtGate[] = [];
  for (const one of judged) {
    const composed = await composeFor(context, one, render, frame);
    const day = accountDay(one.facts.account, planning);
    const verdict = verdictOn(one, composed, day, { stoppedWhy, isInboxStale }, addressed);
    if (verdict.kind === 'pass' && composed.kind === 'composed') {
      addressed.set(one.row.recipientAddress, one.row.customerId);
      verdicts.push({ row: one.row, day, verdict: { kind: 'pass', ready: composed } });
    } else if (verdict.kind !== 'pass') {
      verdicts.push({ row: one.row, day, verdict });
    }
  }
  return { verdicts, stoppedWhy };
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
  { stoppedWhy, isInboxStale }: { readonly stoppedWhy: string | null; readonly isInboxStale: boolean },
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
    isLedgerStale: day.ledgerStaleSince !== null || day.areReceiptsUnknown,
    // What a person ordered for this account goes: they know of it.
    isInboxStale: isInboxStale && row.origin === 'PLANNED',
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
