/**
 * The canonical text of everything an approval binds to. Equal compositions give equal text; the caller hashes it. It holds
 * what the customer would read and who reads it, with the versions that turn it into bytes. It leaves out what may differ
 * without changing the message: priority, schedule, and why a person had to approve.
 *
 * Written field by field, keys in alphabetical order, days as ISO text and amounts as decimal text: a run makes one for each of
 * 200,000 reminders, and a field added to a line for the screen must not silently end every approval.
 */
import type { ProposedReminder, ReminderLine } from './decision.ts';
import type { Day } from './days.ts';

/** The versions a rendering depends on, as stored with the reminder. */
export interface CompositionVersions {
  readonly asOn: Day;
  readonly templateId: number;
  readonly templateVersion: number;
  readonly layoutVersion: number;
  readonly policyVersion: number;
  /** True when a statement of account goes with it: the longest bodies sum what does not fit and leave the list to it. */
  readonly attachesStatement: boolean;
}

export type Composition = Pick<ProposedReminder, 'recipient' | 'language' | 'level' | 'type' | 'lines' | 'totals' | 'finalDeadlineOn'>;

export const canonicalComposition = (composition: Composition, versions: CompositionVersions): string =>
  JSON.stringify({
    asOn: isoText(versions.asOn),
    // Left out when there is none, as it was before reminders could carry one: their digests still hold.
    ...(versions.attachesStatement ? { attachesStatement: true } : {}),
    finalDeadlineOn: isoText(composition.finalDeadlineOn),
    language: composition.language,
    layoutVersion: versions.layoutVersion,
    level: composition.level,
    lines: composition.lines.map(canonicalLine),
    policyVersion: versions.policyVersion,
    recipient: canonicalRecipient(composition.recipient),
    templateId: versions.templateId,
    templateVersion: versions.templateVersion,
    totals: composition.totals.map(({ minor, currency }) => ({ currency, minor: String(minor) })),
    type: composition.type,
  });

const canonicalRecipient = ({ address, contactId, name, nameAr, title }: Composition['recipient']) => ({
  address,
  contactId,
  name,
  nameAr,
  title,
});

const canonicalLine = (line: ReminderLine) => ({
  askedMinor: String(line.askedMinor),
  balanceMinor: String(line.balanceMinor),
  branchCode: line.branchCode,
  branchId: line.branchId,
  branchName: line.branchName,
  currency: line.currency,
  customerReference: line.customerReference,
  daysPastDue: line.daysPastDue,
  dueOn: isoText(line.dueOn),
  invoiceId: line.invoiceId,
  issuedOn: isoText(line.issuedOn),
  kind: line.kind,
  number: line.number,
  paymentId: line.paymentId,
  totalMinor: String(line.totalMinor),
});

/** `Temporal`'s own text costs a microsecond; ledger days are of four-digit years. */
function isoText(day: Day | null): string | null {
  if (day === null) return null;
  const pad = (part: number, length: number): string => String(part).padStart(length, '0');
  return `${pad(day.year, 4)}-${pad(day.month, 2)}-${pad(day.day, 2)}`;
}
