/** How mail fares on its way: attempts by what became of them, what came back of what was accepted, and how long a server took to accept. */
import { percentTenths, type Tenths } from './ratio.ts';

/** Attempts that began, and what came back, on some days; each counted on the day it happened. */
export interface MailCounts {
  readonly attempts: number;
  readonly accepted: number;
  readonly temporary: number;
  readonly refused: number;
  readonly uncertain: number;
  readonly notSent: number;
  /** Invoices the accepted ones asked for. */
  readonly items: number;
  /** Milliseconds from the first byte to the acceptance, added up over the accepted ones. */
  readonly acceptMs: number;
  /** Of the accepted ones, those that took ten seconds at most. */
  readonly promptly: number;
  readonly returned: number;
  readonly complained: number;
  readonly replied: number;
}

export const NO_MAILS: MailCounts = {
  attempts: 0,
  accepted: 0,
  temporary: 0,
  refused: 0,
  uncertain: 0,
  notSent: 0,
  items: 0,
  acceptMs: 0,
  promptly: 0,
  returned: 0,
  complained: 0,
  replied: 0,
};

export function bothCounts(one: MailCounts, other: MailCounts): MailCounts {
  const sum = { ...one };
  for (const name of Object.keys(NO_MAILS) as (keyof MailCounts)[]) sum[name] += other[name];
  return sum;
}

export interface DeliveryHealth {
  /** Tenths of a per cent; each `null` without anything to divide by. */
  readonly acceptedPercent: Tenths | null;
  readonly returnedPercent: Tenths | null;
  readonly uncertainPercent: Tenths | null;
  readonly repliedPercent: Tenths | null;
  readonly meanAcceptMs: number | null;
  readonly promptPercent: Tenths | null;
}

export const deliveryHealth = (counts: MailCounts): DeliveryHealth => ({
  acceptedPercent: percentTenths(counts.accepted, counts.attempts),
  returnedPercent: percentTenths(counts.returned, counts.accepted),
  uncertainPercent: percentTenths(counts.uncertain, counts.attempts),
  repliedPercent: percentTenths(counts.replied, counts.accepted),
  meanAcceptMs: counts.accepted === 0 ? null : Math.round(counts.acceptMs / counts.accepted),
  promptPercent: percentTenths(counts.promptly, counts.accepted),
});
