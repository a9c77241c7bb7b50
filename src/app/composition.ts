/**
 * Binds a composed reminder to the words and rules it was composed with, and names it: template, layout and policy versions, the
 * digest an approval refers to, and the Message-ID that every attempt to send it will carry.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Act } from './act.ts';
import { canonicalComposition, type Composition, type CompositionVersions } from '../domain/canonical-composition.ts';
import type { ProposedReminder, ReminderLine } from '../domain/decision.ts';
import type { Day } from '../domain/days.ts';
import type { CustomerId, ReminderId, RunId } from '../domain/ids.ts';
import { assert } from '../domain/operator-error.ts';
import type { EscalationLevel, ReminderOrigin, ReminderType } from '../domain/vocabulary.ts';
import { LAYOUT_VERSION } from '../mail/layout-version.ts';
import { messageIdFor } from '../mail/message-id.ts';
import { mayLeaveRowsOut } from '../mail/body-room.ts';
import { mostRows } from './most-rows.ts';
import { activeTemplates, type ActiveTemplate } from '../store/sql/active-templates.ts';
import type { NewReminder } from '../store/sql/reminders/insert-reminders.ts';
import type { ReminderRow } from '../store/sql/reminders/reminder-row.ts';

const TEMPLATE_OF: Readonly<Record<ReminderType, ActiveTemplate['templateType']>> = {
  CONSOLIDATED: 'CONSOLIDATED_REMINDER',
  MANUAL_CONSOLIDATED: 'CONSOLIDATED_REMINDER',
  URGENT_CONSOLIDATED: 'URGENT_CONSOLIDATED_REMINDER',
  FINAL_CONSOLIDATED: 'FINAL_CONSOLIDATED_REMINDER',
  INDIVIDUAL: 'INDIVIDUAL_REMINDER',
};

export interface Composer {
  bind(reminder: ProposedReminder, to: ComposedFor): NewReminder;
}

export interface ComposedFor {
  readonly customerId: CustomerId;
  readonly runId: RunId | null;
  readonly asOn: Day;
  readonly origin: ReminderOrigin;
  readonly resendOf?: ReminderId;
}

/** Reads the active texts once; binding is then pure but for the random token of the Message-ID. */
export async function openComposer(act: Act): Promise<Composer> {
  const templates = await activeTemplates(act.tx);
  const domain = act.company.mailFromAddress.split('@').at(-1) ?? 'localhost';
  return {
    bind: (reminder, { customerId, runId, asOn, origin, resendOf }) => {
      const template = templateFor(templates, reminder.type, reminder.level);
      const versions = {
        asOn,
        templateId: template.id,
        templateVersion: template.number,
        layoutVersion: LAYOUT_VERSION,
        // What the body cannot list stands in the statement, whatever the policy says.
        attachesStatement:
          reminder.wantsStatement || reminder.lines.length > mostRows(template) || mayLeaveRowsOut(reminder.lines, reminder.language),
        policyVersion: act.company.policyNumber,
      };
      return {
        customerId,
        runId,
        origin,
        resendOf: resendOf ?? null,
        asOn,
        proposedAt: act.now,
        templateId: template.id,
        layoutVersion: LAYOUT_VERSION,
        attachesStatement: versions.attachesStatement,
        policyVersionId: act.company.policyVersionId,
        digest: compositionDigest(reminder, versions),
        messageId: messageIdFor(randomUUID().replaceAll('-', ''), domain),
        reminder,
      };
    },
  };
}

/** SHA-256 of everything an approval binds to, as 64 hex digits. */
const compositionDigest = (composition: Composition, versions: CompositionVersions): string =>
  createHash('sha256').update(canonicalComposition(composition, versions)).digest('hex');

/** The digest of a reminder as it is stored now: it differs from the one kept with it when somebody wrote past the program. */
export const storedDigest = (row: ReminderRow, lines: readonly ReminderLine[]): string =>
  compositionDigest(storedComposition(row, lines), {
    asOn: row.asOn,
    templateId: row.templateId,
    templateVersion: row.templateNumber,
    layoutVersion: row.layoutVersion,
    attachesStatement: row.attachesStatement,
    policyVersion: row.policyNumber,
  });

/** A stored reminder as the rules see one. */
export const storedComposition = (row: ReminderRow, lines: readonly ReminderLine[]): Composition => ({
  recipient: {
    contactId: row.contactId,
    name: row.recipientName,
    nameAr: row.recipientNameAr,
    title: row.recipientTitle,
    address: row.recipientAddress,
  },
  language: row.language,
  level: row.escalationLevel,
  type: row.reminderType,
  lines,
  totals: row.totals.map(({ currency, minor }) => ({ currency, minor: BigInt(minor) })),
  finalDeadlineOn: row.finalDeadlineOn,
});

function templateFor(templates: readonly ActiveTemplate[], type: ReminderType, level: EscalationLevel): ActiveTemplate {
  const wanted = TEMPLATE_OF[type];
  const found =
    templates.find((template) => template.templateType === wanted && template.escalationLevel === level) ??
    templates.find((template) => template.templateType === wanted);
  assert(found, `the company has no active ${wanted} text for ${level}`);
  return found;
}
