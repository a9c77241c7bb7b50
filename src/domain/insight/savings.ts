/**
 * Mails saved by writing once about many invoices, against what the same policy would have sent one by one: a mail per invoice, at most as many
 * to one customer a day as the policy allows. Counts what left, in whole mails; never an estimate.
 */
import { percentTenths, type Tenths } from './ratio.ts';

/** What reached one account on one civil day. */
export interface SentContact {
  readonly mails: number;
  /** Invoices they asked for, residues not counted. */
  readonly items: number;
}

/** What was sent, added up over contacts. */
export interface SentVolume extends SentContact {
  readonly contacts: number;
  /** Mails the same policy would have sent one by one. */
  readonly oneByOne: number;
}

export interface Savings {
  readonly emailsAvoided: number;
  /** Tenths of a per cent of the mails one by one; `null` when nothing was sent. */
  readonly percent: Tenths | null;
}

export const NOTHING_SENT: SentVolume = { contacts: 0, mails: 0, items: 0, oneByOne: 0 };

/** Never fewer than were sent: what a person ordered beyond the daily number would have been ordered one by one as well. */
export const oneByOneMails = ({ mails, items }: SentContact, individualsPerDay: number): number =>
  Math.max(mails, Math.min(items, individualsPerDay));

export const bothVolumes = (one: SentVolume, other: SentVolume): SentVolume => ({
  contacts: one.contacts + other.contacts,
  mails: one.mails + other.mails,
  items: one.items + other.items,
  oneByOne: one.oneByOne + other.oneByOne,
});

export function savingsOf({ mails, oneByOne }: Pick<SentVolume, 'mails' | 'oneByOne'>): Savings {
  const emailsAvoided = oneByOne - mails;
  return { emailsAvoided, percent: percentTenths(emailsAvoided, oneByOne) };
}
