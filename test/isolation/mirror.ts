/**
 * Two companies that do the same things with the same codes and numbers. Every text of one of them carries a mark, and its amounts end
 * in fils of their own, so that a byte of it anywhere else can be told.
 */
import { approveReminders } from '../../src/app/approve-reminders.ts';
import { holdReminders } from '../../src/app/change-reminders.ts';
import { setCompany } from '../../src/app/company-settings.ts';
import type { Installation } from '../../src/app/installation.ts';
import { proposeBankAccount } from '../../src/app/bank/bank-accounts.ts';
import { createToken } from '../../src/app/people/manage-tokens.ts';
import { addUser } from '../../src/app/people/manage-users.ts';
import { recordBlock, recordDispute } from '../../src/app/record-block.ts';
import { recordCreditNote } from '../../src/app/record-credit-note.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import { recordPromise } from '../../src/app/record-promise.ts';
import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { asId, type ReminderId } from '../../src/domain/ids.ts';
import type { DeliveryStatus } from '../../src/domain/vocabulary.ts';
import { companyWith } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { plan, queue, sendThrough } from '../app/sending-day.ts';
import type { MailInbox } from '../support/mail-inbox.ts';
import { startRelay } from '../support/smtp-relay.ts';

/** What tells one company's texts and amounts from the other's. */
export interface Mark {
  /** Put into every text; empty for the company that looks. */
  readonly text: string;
  /** Put before the @ and into domains, where only plain letters may stand. */
  readonly mail: string;
  readonly fils: string;
}

export const PLAIN: Mark = { text: '', mail: 'plain', fils: '00' };

export const canaryOf = (uuid: string): Mark => ({ text: `CANARY-B-${uuid} `, mail: `canary-b-${uuid}`, fils: '77' });

/** Distinct whole amounts, so that a leaked figure is found whatever it stands in. */
const AMOUNTS = [4111, 5222, 6333, 7444, 8555, 9666, 3779, 2888] as const;

/** How a leaked amount of the marked company would be written. */
export const markedAmounts = ({ fils }: Mark): readonly string[] =>
  AMOUNTS.flatMap((whole) => [`${whole}.${fils}`, `${String(whole).slice(0, 1)},${String(whole).slice(1)}.${fils}`, `${whole}${fils}`]);

/** Customers by the state their reminder comes to. */
export const CUSTOMERS = {
  PROPOSED: 'C-1',
  QUEUED: 'C-2',
  HELD: 'C-3',
  SENT: 'C-4',
  UNCERTAIN: 'C-5',
  NEEDS_REVIEW: 'C-6',
  DISPUTED: 'C-7',
  PROMISED: 'C-8',
} as const;

const invoiceOf = (code: string): string => `INV-${code}`;

export async function createMirror(installation: Installation, code: string, mark: Mark): Promise<Session> {
  const session = await companyWith(installation, {
    code,
    name: `${mark.text}Falcon Trading LLC`,
    nameAr: `${mark.text}الصقر`,
    addressLine: `${mark.text}P.O. Box 1`,
    phone: `${mark.text.slice(0, 24)}+971 4 000`,
    contactPerson: `${mark.text}Mariam`,
    fromName: `${mark.text}Falcon Accounts`,
    fromAddress: `accounts@${mark.mail}.example`,
    replyTo: `replies@${mark.mail}.example`,
  });
  await importMirrorLedger(session, mark);
  return session;
}

async function importMirrorLedger(session: Session, mark: Mark): Promise<void> {
  const codes = Object.values(CUSTOMERS);
  await importSmallLedger(session, {
    customers: [
      ...codes.map((code) =>
        customer(code, {
          name: `${mark.text}Noor ${code}`,
          name_ar: `${mark.text}النور`,
          email: `ap-${code.toLowerCase()}@${mark.mail}.example`,
          contact_name: `${mark.text}Ahmed`,
          contact_title: `${mark.text}Mr`,
          contact_role: `${mark.text}Accounts`,
        }),
      ),
      customer('C-1-DUBAI', { name: `${mark.text}Noor Dubai`, bill_to: 'C-1', email: '' }),
    ],
    invoices: codes.map((code, index) =>
      invoice(code, invoiceOf(code), `${AMOUNTS[index] ?? 0}.${mark.fils}`, '2026-11-02', { customer_reference: `${mark.text}LPO` }),
    ),
  });
}

/** What exists only in the marked company, under names that say nothing. */
export const ONLY_THERE = { customer: 'ONLY-9', invoice: 'ONLY-INV-9', login: 'only-there' } as const;

export async function addWhatIsOnlyThere(session: Session, mark: Mark): Promise<void> {
  await importSmallLedger(session, {
    customers: [customer(ONLY_THERE.customer, { name: `${mark.text}Only LLC`, email: `only@${mark.mail}.example` })],
    invoices: [invoice(ONLY_THERE.customer, ONLY_THERE.invoice, `2888.${mark.fils}`, '2026-11-02')],
  });
}

/** A day's work that leaves a reminder in every state, and something in every table an operator's verbs write to. */
export async function workADay(session: Session, mark: Mark, inbox: MailInbox): Promise<void> {
  const { text } = mark;
  await setCompany(session, { tradeLicence: `${text.slice(0, 30)}TL-1` });
  await setPolicy(session, { 'trigger.workingDays': '2' }, `${text}calmer`);
  await addUser(session, {
    login: mark === PLAIN ? 'only-here' : ONLY_THERE.login,
    name: `${text}Omar`,
    roles: ['VIEWER'],
    isTwoPerson: false,
  });
  await createToken(session, { label: `${text.slice(0, 60)}nightly`, days: 30 });
  await proposeBankAccount(session, {
    bankName: `${text.slice(0, 60)}Bank`,
    accountName: `${text.slice(0, 60)}Account`,
    iban: 'SA0380000000608010167519',
    currency: 'AED',
  });
  await recordDispute(session, { invoice: invoiceOf(CUSTOMERS.DISPUTED), reason: `${text}short delivery`, reference: `${text}T-1` });
  await recordPromise(session, {
    customerCode: CUSTOMERS.PROMISED,
    promisedOn: Temporal.PlainDate.from('2026-11-26'),
    reason: `${text}by phone`,
  });
  await plan(session);
  const id = await reminderOf(session);
  await approveReminders(session, { ids: [id(CUSTOMERS.SENT)] });
  await sendThrough(session, inbox.url);
  await approveReminders(session, { ids: [id(CUSTOMERS.UNCERTAIN)] });
  await sendIntoSilence(session);
  await approveReminders(session, { ids: [id(CUSTOMERS.NEEDS_REVIEW), id(CUSTOMERS.QUEUED)] });
  await recordPayment(session, {
    customerCode: CUSTOMERS.NEEDS_REVIEW,
    amount: `10.${mark.fils}`,
    reference: `${text}FT-1`,
    isOldestFirst: true,
  });
  await recordCreditNote(session, { number: 'CN-1', customerCode: CUSTOMERS.PROPOSED, amount: `12.${mark.fils}` });
  await plan(session);
  await holdReminders(session, { ids: [id(CUSTOMERS.HELD)] }, { reason: `${text}call first`, untilOn: null });
  await recordBlock(session, {
    kind: 'DO_NOT_CHASE',
    customerCode: CUSTOMERS.DISPUTED,
    reason: `${text}director`,
    reference: `${text}T-2`,
  });
}

/** The relay takes the message and hangs up before it says so: nobody can know. */
async function sendIntoSilence(session: Session): Promise<void> {
  const relay = await startRelay({ ...HANGS_UP, starttls: 'missing' });
  try {
    await sendThrough(session, `smtp://127.0.0.1:${relay.port}`);
  } finally {
    await relay.close();
  }
}

const HANGS_UP = { afterDot: 'fin', takes: true } as const;

async function reminderOf(session: Session): Promise<(code: string) => ReminderId> {
  const reminders = await queue(session);
  return (code) => {
    const found = reminders.find((one) => one.customer.code === code);
    if (!found) throw new Error(`there is no reminder for ${code}`);
    return asId<'reminder'>(found.id);
  };
}

export const ALL_STATES: readonly DeliveryStatus[] = ['PROPOSED', 'QUEUED', 'HELD', 'SENT', 'UNCERTAIN', 'NEEDS_REVIEW'];
