/**
 * What a reminder says, frozen: the composition an approval binds to, with the identity of who writes. Nothing here is
 * looked up again when the mail is rendered.
 */
import type { Day } from '../domain/days.ts';
import type { ReminderLine } from '../domain/decision.ts';
import type { Money } from '../domain/money.ts';
import type { EscalationLevel, Language } from '../domain/vocabulary.ts';

/** One account to pay into, from the company's own settings and never from a ledger file. */
export interface BankAccount {
  readonly bankName: string;
  readonly bankNameAr: string | null;
  readonly accountName: string;
  readonly iban: string;
  readonly swift: string | null;
  readonly currency: string;
}

/** Who writes. */
export interface SenderIdentity {
  readonly name: string;
  readonly nameAr: string | null;
  readonly trn: string | null;
  /** Postal address, one line. */
  readonly address: string | null;
  readonly addressAr: string | null;
  readonly phone: string | null;
  /** A person the customer can ask for; without one the letter names the accounts team. */
  readonly contactPerson: string | null;
  readonly contactPersonAr: string | null;
  /** Where answers are read; printed below the signature. */
  readonly email: string;
  /** An https page to pay on, checked when it was set; printed as it is, so that what is read is where it leads. */
  readonly paymentLink: string | null;
  readonly bankAccounts: readonly BankAccount[];
}

/** Everything a reminder says. */
export interface ReminderMail {
  readonly company: SenderIdentity;
  readonly customer: { readonly code: string; readonly name: string; readonly nameAr: string | null; readonly trn: string | null };
  readonly recipient: { readonly name: string; readonly nameAr: string | null; readonly title: string | null };
  readonly language: Language;
  readonly level: EscalationLevel;
  readonly asOn: Day;
  readonly lines: readonly ReminderLine[];
  readonly totals: readonly Money[];
  /** Required for FINAL, `null` for every other level. */
  readonly finalDeadlineOn: Day | null;
  /** A statement of account goes with it. */
  readonly attachesStatement: boolean;
  /** The reference that keeps one case in one thread; quoted back by customers. */
  readonly caseKey: string;
}
