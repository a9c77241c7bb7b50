/**
 * Reads a company's mailbox from where it was left to its end, one mail and one transaction after the other. One reader at a time has it, over
 * any number of daemons; whoever dies over it is replaced when its lease ends, and goes on at the mail it died over.
 */
import { randomUUID } from 'node:crypto';
import { recordInbound, type Inbound } from './record-inbound.ts';
import { settleByEvidence } from './settle-by-evidence.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { imapMailbox, MailboxError, type Mailbox } from '../../mail/inbound/imap-mailbox.ts';
import { readInboundMail } from '../../mail/inbound/read-message.ts';
import {
  leaseMailbox,
  lockMailbox,
  mailboxFailed,
  mailboxWasRead,
  releaseMailbox,
  stepMailbox,
  watchMailbox,
  type MailboxRow,
} from '../../store/sql/inbox/mailboxes.ts';

export interface InboxReport {
  readonly mailbox: string;
  /** `busy`: another reader has it; `failed`: it could not be read to its end. */
  readonly outcome: 'read' | 'busy' | 'failed';
  readonly mails: number;
  readonly by: Readonly<Partial<Record<Inbound, number>>>;
  /** Mails that could not be taken in and were passed over. */
  readonly passedOver: number;
  /** Reminders that what came back before moved now. */
  readonly settled: number;
  readonly why: string | null;
  readonly tryThis: string | null;
}

export interface InboxOptions {
  /** Who reads; a daemon keeps the mailbox between its readings. */
  readonly holder?: string;
  /** Kept open by whoever reads again and again. */
  readonly mailbox?: Mailbox;
  readonly signal?: AbortSignal;
}

/** Longer than the slowest answer of a server, renewed with every mail. */
const LEASE_SECONDS = 180;

/** @throws OperatorError `inbox.none` when the company has no mailbox. */
export async function readInbox(session: Session, options: InboxOptions = {}): Promise<InboxReport> {
  const mailbox = options.mailbox ?? openMailbox(session);
  const holder = options.holder ?? randomUUID();
  try {
    const row = await lease(session, mailbox.label, holder);
    if (row === undefined) return { ...NOTHING, mailbox: mailbox.label, outcome: 'busy' };
    const report = await readLeased(session, mailbox, { row, holder, signal: options.signal });
    if (options.holder === undefined) await act(session, 'inbox read', ({ tx }) => releaseMailbox(tx, { id: row.id, holder }));
    return report;
  } finally {
    if (options.mailbox === undefined) await mailbox.close();
  }
}

const NOTHING = { mails: 0, by: {}, passedOver: 0, settled: 0, why: null, tryThis: null } as const;

/** @throws OperatorError `inbox.none` */
export function openMailbox({ installation, companyCode }: Session): Mailbox {
  const settings = installation.mailboxes(companyCode);
  if (settings !== null) return imapMailbox(settings);
  throw new OperatorError({
    code: 'inbox.none',
    kind: 'nothing-to-do',
    message: `No mailbox is configured for ${companyCode}, so nobody reads what comes back.`,
    tryThis: 'Set IMAP_URL and IMAP_PASSWORD_FILE; `wafa config` shows what is set.',
  });
}

const lease = (session: Session, label: string, holder: string): Promise<MailboxRow | undefined> =>
  act(session, 'inbox read', async ({ tx, now }) => {
    await watchMailbox(tx, label, now);
    return await leaseMailbox(tx, { label, holder, seconds: LEASE_SECONDS });
  });

interface Reading {
  readonly row: MailboxRow;
  readonly holder: string;
  readonly signal: AbortSignal | undefined;
}

async function readLeased(session: Session, mailbox: Mailbox, { row, holder, signal }: Reading): Promise<InboxReport> {
  const by: Partial<Record<Inbound, number>> = {};
  let mails = 0;
  let passedOver = 0;
  const soFar = (): Pick<InboxReport, 'mailbox' | 'mails' | 'by' | 'passedOver'> => ({ mailbox: mailbox.label, mails, by, passedOver });
  try {
    const { uidValidity } = await mailbox.open();
    // Numbered anew, its mails are looked at again; what is known of them is known by what they are.
    for await (const { uid, bytes } of mailbox.after(row.uidValidity === uidValidity ? row.lastUid : null)) {
      if (signal?.aborted) return { ...soFar(), outcome: 'failed', settled: 0, why: 'stopped', tryThis: null };
      const inbound = await takeIn(session, { mailboxId: row.id, uidValidity, uid }, bytes);
      mails += 1;
      if (inbound === 'passed over') passedOver += 1;
      else by[inbound] = (by[inbound] ?? 0) + 1;
      if ((await lease(session, mailbox.label, holder)) === undefined)
        return { ...soFar(), outcome: 'busy', settled: 0, why: null, tryThis: null };
    }
    const settled = await settleByEvidence(session);
    await act(session, 'inbox read', ({ tx, now }) => mailboxWasRead(tx, row.id, now));
    return { ...soFar(), outcome: 'read', settled, why: null, tryThis: null };
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    const { message: why, tryThis } = error;
    await act(session, 'inbox read', ({ tx, now }) => mailboxFailed(tx, row.id, { at: now, why }));
    return { ...soFar(), outcome: 'failed', settled: 0, why, tryThis };
  }
}

/**
 * One mail that trips a fault of ours is passed over and counted: whoever sends it would otherwise stop the reading of all others. What an
 * operator or the world can mend, such as a database that is away, is thrown.
 */
async function takeIn(
  session: Session,
  place: { readonly mailboxId: number; readonly uidValidity: number; readonly uid: number },
  bytes: Buffer,
): Promise<Inbound | 'passed over'> {
  try {
    return await recordInbound(session, place, await readInboundMail(bytes));
  } catch (error) {
    if (error instanceof OperatorError || (error instanceof Error && error.name === 'CommitUnknownError')) throw error;
    await act(session, 'inbox read', async ({ tx }) => {
      await lockMailbox(tx, place.mailboxId);
      await stepMailbox(tx, { id: place.mailboxId, uidValidity: place.uidValidity, uid: place.uid, isUnrelated: true, isForged: false });
    });
    return 'passed over';
  }
}
