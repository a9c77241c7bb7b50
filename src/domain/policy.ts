/**
 * A company's policy: one document holding every number the dunning rules use, each with a default and the reason for it.
 * Unknown keys and values out of range are refused, never ignored: a mistyped key that silently keeps the default would let
 * a company believe in a rule it does not have. Amounts are decimal text in the base currency.
 */
import { z } from 'zod';
import { CALENDAR_PRESET_NAMES } from './calendar/calendar-presets.ts';
import { OperatorError } from './operator-error.ts';
import { amount, decimalNumber, oneOf, timeOfDay, wholeNumber, yesOrNo } from './policy/leaves.ts';
import { priority } from './policy/priority-section.ts';
import { retention } from './policy/retention.ts';
import { release, sending } from './policy/sending.ts';
import { LANGUAGES } from './vocabulary.ts';

const calendar = z.strictObject({
  preset: oneOf(
    CALENDAR_PRESET_NAMES,
    'uae-private',
    'Weekly contact windows. The default is the common private-sector week, Monday to Thursday and a short Friday; "continuous" never closes and is for trials.',
  ),
});

const trigger = z.strictObject({
  workingDays: wholeNumber(
    { min: 0, max: 60, byDefault: 3 },
    'Working days an item must be overdue before it starts a reminder. Bank transfers take one or two; fewer writes to people who have paid, more loses a week.',
  ),
  residueAmount: amount(
    '10',
    'An item with this balance or less is a residue: listed, but it starts nothing, ages nothing and counts as no item. Bank charges leave such rests; chasing them costs goodwill.',
  ),
  residueCeiling: amount(
    '100',
    'An item above this is never a residue, however large its reminder: without it, an account with more than a hundred equal invoices would owe nothing but residues and never be written to.',
  ),
  residuePercent: decimalNumber(
    { min: 0, max: 100, byDefault: 1 },
    'An item below this share of its reminder is a residue too, so that AED 30 left of a large account does not set its tone. See residueCeiling.',
  ),
});

const minimum = z.strictObject({
  amount: amount('50', 'Least total worth a reminder; a total equal to it is sent. 0 writes about any amount.'),
});

const consolidation = z.strictObject({
  autoThreshold: wholeNumber(
    { min: 2, max: 1000, byDefault: 3 },
    'Items from which a customer with preference AUTO gets one consolidated reminder instead of individual ones.',
  ),
  remindSingleItems: yesOrNo(
    true,
    'One overdue item gets an individual reminder. Switched off, such a customer is never written to until a second item falls due.',
  ),
  individualsPerDay: wholeNumber(
    { min: 1, max: 50, byDefault: 5 },
    'Most individual reminders to one customer on one day; more looks like an automatic mistake to the reader and to mail filters.',
  ),
});

const ladder = z
  .strictObject({
    politeFromDays: wholeNumber({ min: 1, max: 3650, byDefault: 1 }, 'Days past due of the oldest item from which POLITE is right.'),
    firmFromDays: wholeNumber(
      { min: 1, max: 3650, byDefault: 15 },
      'Days past due from which FIRM is right: two weeks leave room for one polite reminder and an answer.',
    ),
    urgentFromDays: wholeNumber(
      { min: 1, max: 3650, byDefault: 45 },
      'Days past due from which URGENT is right: a whole monthly payment run was missed.',
    ),
    finalFromDays: wholeNumber(
      { min: 1, max: 3650, byDefault: 90 },
      'Days past due from which FINAL is right: beyond 90 days the chance of being paid falls steeply.',
    ),
  })
  .refine(
    (days) =>
      days.politeFromDays < days.firmFromDays && days.firmFromDays < days.urgentFromDays && days.urgentFromDays < days.finalFromDays,
    {
      error: 'the steps must rise: politeFromDays < firmFromDays < urgentFromDays < finalFromDays',
    },
  );

const interval = z.strictObject({
  politeDays: wholeNumber(
    { min: 1, max: 365, byDefault: 7 },
    'Civil days after a POLITE contact before the next; exactly this many later is allowed. Under a week reads as pestering.',
  ),
  firmDays: wholeNumber(
    { min: 1, max: 365, byDefault: 10 },
    'Civil days after a FIRM contact: it asks for an answer this week, and gives the answer time to arrive.',
  ),
  urgentDays: wholeNumber({ min: 1, max: 365, byDefault: 10 }, 'Civil days after an URGENT contact: it names five working days.'),
  governmentDays: wholeNumber(
    { min: 1, max: 365, byDefault: 21 },
    'Civil days between contacts to government and government-related customers, whose payment cycles are slower than any reminder.',
  ),
});

const cap = z.strictObject({
  contactsPerWeek: wholeNumber(
    { min: 1, max: 7, byDefault: 1 },
    "Automatic contacts per account and per address in any 7 days. A second is a person's decision.",
  ),
});

const final = z.strictObject({
  deadlineWorkingDays: wholeNumber(
    { min: 5, max: 90, byDefault: 7 },
    'Working days a FINAL leaves until the date it names, counted from the day it leaves. A demand under five days would not even count as one in law.',
  ),
  reserveWorkingDays: wholeNumber(
    { min: 0, max: 30, byDefault: 3 },
    'Working days added when the date is chosen, so that waiting for approval does not eat into the time promised to the customer.',
  ),
  graceWorkingDays: wholeNumber(
    { min: 0, max: 30, byDefault: 2 },
    'Working days after the named date before the account becomes a task for a person: a payment made on the date still has to arrive.',
  ),
});

const approval = z.strictObject({
  auto: yesOrNo(
    false,
    'Lets POLITE and FIRM reminders within the limits leave without a person. Off until the company has seen its own first reminders.',
  ),
  limit: amount('50000', 'Largest reminder that auto-approval covers; one of exactly this amount is covered.'),
  undoMinutes: wholeNumber(
    { min: 0, max: 120, byDefault: 5 },
    'Minutes between approval and the earliest sending, in which approval can be taken back.',
  ),
  lapseWorkingDays: wholeNumber(
    { min: 1, max: 30, byDefault: 5 },
    'Working days after which an approval no longer holds: what was judged then is not what is true now.',
  ),
  autoNotBefore: timeOfDay('10:30', "Auto-approved mail waits until this time, so that the morning's receipts are in."),
  autoNotBeforeFriday: timeOfDay('09:30', 'The same on Fridays, whose window closes at 11:30.'),
  autoNotBeforeRamadan: timeOfDay('11:00', 'The same in Ramadan, when offices open at 10:00.'),
});

const blocks = z.strictObject({
  chequeWorkingDays: wholeNumber({ min: 0, max: 30, byDefault: 3 }, "Working days after a post-dated cheque's date for it to clear."),
  paidClaimWorkingDays: wholeNumber(
    { min: 0, max: 30, byDefault: 5 },
    'Working days an item is left alone because the customer says it is paid; then it is a task for a person.',
  ),
  promiseGraceWorkingDays: wholeNumber(
    { min: 0, max: 30, byDefault: 2 },
    'Working days after a promised day before the promise counts as broken.',
  ),
  allocationWorkingDays: wholeNumber(
    { min: 0, max: 30, byDefault: 5 },
    'Working days a receipt may stay unmatched while it keeps the account out of reminders.',
  ),
  operatorMaximumDays: wholeNumber({ min: 1, max: 365, byDefault: 14 }, 'Civil days an OPERATOR may block for; longer needs an APPROVER.'),
  brokenPromisesBeforeApproval: wholeNumber(
    { min: 1, max: 20, byDefault: 2 },
    'After this many broken promises the next one needs an APPROVER.',
  ),
});

const ledger = z.strictObject({
  staleWorkingDays: wholeNumber(
    { min: 1, max: 60, byDefault: 3 },
    'Working days a ledger may be old. Older facts stop reminders: the payments of the missing days are unknown.',
  ),
});

const rates = z.strictObject({
  maxAgeDays: wholeNumber(
    { min: 1, max: 400, byDefault: 45 },
    'Civil days an exchange rate may be old before a person must approve what it ranks and limits. Monthly rates with half a month to spare.',
  ),
});

const language = z.strictObject({
  default: oneOf(LANGUAGES, 'EN_AR', 'Languages and their order for customers and contacts without one of their own.'),
  government: oneOf(LANGUAGES, 'AR_EN', 'The same for government customers: Arabic is the language of record.'),
});

const statement = z.strictObject({
  attachFromItems: wholeNumber(
    { min: 1, max: 10_000, byDefault: 10 },
    'Rows from which a statement is attached; a longer list is hard to work from in a mail. A list the mail might not hold has one in any case.',
  ),
  attachForGovernment: yesOrNo(true, 'Government payment desks ask for a statement in any case.'),
});

const POLICY = z.strictObject({
  calendar: calendar.prefault({}),
  trigger: trigger.prefault({}),
  minimum: minimum.prefault({}),
  consolidation: consolidation.prefault({}),
  ladder: ladder.prefault({}),
  interval: interval.prefault({}),
  cap: cap.prefault({}),
  final: final.prefault({}),
  approval: approval.prefault({}),
  release: release.prefault({}),
  sending: sending.prefault({}),
  blocks: blocks.prefault({}),
  ledger: ledger.prefault({}),
  rates: rates.prefault({}),
  language: language.prefault({}),
  statement: statement.prefault({}),
  retention: retention.prefault({}),
  priority: priority.prefault({}),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export type Policy = DeepReadonly<z.infer<typeof POLICY>>;

/** The sections by name, each a strict object of leaves: what the field list is made from. */
export const POLICY_SECTIONS = {
  calendar,
  trigger,
  minimum,
  consolidation,
  ladder,
  interval,
  cap,
  final,
  approval,
  release,
  sending,
  blocks,
  ledger,
  rates,
  language,
  statement,
  retention,
  priority,
} as const;

/** The documented defaults. */
export const DEFAULT_POLICY: Policy = POLICY.parse({});

/**
 * Reads a stored or written policy document; missing keys take their defaults.
 * @throws OperatorError `policy.bad-value` naming every key that is unknown or out of range.
 */
export function parsePolicy(document: unknown): Policy {
  const result = POLICY.safeParse(document);
  if (result.success) return result.data;
  throw new OperatorError({
    code: 'policy.bad-value',
    message: `The policy is not valid: ${result.error.issues.map(issueText).join('; ')}.`,
    tryThis: 'See every key with its range and default in `wafa policy show`.',
    kind: 'usage',
  });
}

function issueText(issue: z.core.$ZodIssue): string {
  const key = issue.path.join('.') || 'the document';
  if (issue.code === 'unrecognized_keys') return `${key} has no key ${issue.keys.map((name) => JSON.stringify(name)).join(', ')}`;
  return `${key}: ${issue.message}`;
}
