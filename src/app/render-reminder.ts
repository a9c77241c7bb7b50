/**
 * Renders stored reminders: a pure function of the frozen composition, the words it was composed with and the company's identity.
 * Nothing of the ledger is read again, so what a person approved and what is sent are the same bytes, or the hash says they are not.
 */
import { packagePath } from '../package-root.ts';
import { readReminderTexts, type ReminderTexts } from '../mail/reminder-texts.ts';
import { shippedTemplates, type ShippedTemplates } from '../mail/shipped-templates.ts';
import type { MailContent } from '../mail/compose-message.ts';
import { renderedHash } from '../mail/rendered-hash.ts';
import type { BankAccount, ReminderMail } from '../mail/reminder-content.ts';
import type { Statement } from '../domain/statement.ts';
import { senderIdentity } from './sender-identity.ts';
import { renderReminder } from '../mail/reminder-mail.ts';
import { replyAddress } from '../mail/reply-address.ts';
import { statementAttachment } from '../mail/statement/statement-attachment.ts';
import type { Act } from './act.ts';
import { mostRows } from './most-rows.ts';
import { statementsOf } from './reminder-statements.ts';
import type { CompanyId } from '../domain/ids.ts';
import { assert, BugError, OperatorError } from '../domain/operator-error.ts';
import { templateVersions, type TemplateVersion } from '../store/sql/active-templates.ts';
import { bankAccountsInForce } from '../store/sql/bank-accounts.ts';
import type { CompanySettings } from '../store/sql/company-settings.ts';
import { reminderLines, type ReminderLineRow, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';

export interface RenderedMail {
  readonly row: ReminderRow;
  readonly lines: readonly ReminderLineRow[];
  readonly content: MailContent;
  /** Hash of everything a reader sees, and of who is meant to see it. */
  readonly hash: string;
}

/** What is wrong with one stored reminder, in words: it stops only itself. Anything else that went wrong is thrown on. */
export function faultOfOne(error: unknown): string {
  if (error instanceof BugError || error instanceof OperatorError) return error.message;
  throw error;
}

/** Renders one of the reminders it was opened for. @throws BugError when what is stored does not add up. */
export type Renderer = (row: ReminderRow) => Promise<RenderedMail>;

export interface RendererOptions {
  readonly isPreview?: boolean;
  /** Their rows, by whoever has just read them in the same transaction. */
  readonly linesOf?: readonly { readonly row: ReminderRow; readonly lines: readonly ReminderLineRow[] }[];
}

/** Reads rows, words, bank accounts and what their statements list in a handful of statements; rendering each is then pure. */
export async function openRenderer(
  context: Act,
  rows: readonly ReminderRow[],
  { isPreview = false, linesOf }: RendererOptions = {},
): Promise<Renderer> {
  const { tx, company } = context;
  const ids = rows.map((row) => row.id);
  const lines = linesOf
    ? new Map(linesOf.map((one) => [one.row.id, one.lines]))
    : Map.groupBy(await reminderLines(tx, ids), (line) => line.reminderId);
  const templates = new Map(
    (await templateVersions(tx, [...new Set(rows.map((row) => row.templateId))])).map((version) => [version.id, version]),
  );
  const banks = await bankAccountsInForce(tx, context.now);
  const statements = await statementsOf(context, rows);
  return async (row) => {
    const template = templates.get(row.templateId);
    assert(template, `reminder ${row.id} was composed with the missing text ${row.templateId}`);
    const mail = reminderMail(row, lines.get(row.id) ?? [], company, banks);
    return await renderOne(row, mail, { template, company, statement: statements.get(row.id) ?? null, isPreview });
  };
}

interface RenderFor {
  readonly template: TemplateVersion;
  readonly company: CompanySettings;
  readonly statement: Statement | null;
  readonly isPreview: boolean;
}

async function renderOne(
  row: ReminderRow,
  mail: ReminderMail & { readonly lines: readonly ReminderLineRow[] },
  { template, company, statement, isPreview }: RenderFor,
): Promise<RenderedMail> {
  const rendered = renderReminder(mail, textsOf(template, company.companyId), { mostRows: mostRows(template), isPreview });
  const content: MailContent = {
    from: { name: company.mailFromName, address: company.mailFromAddress },
    to: { name: row.recipientName, address: row.recipientAddress },
    replyTo: replyTo(row, company),
    ...rendered,
    attachments: statement ? [await statementAttachment({ ...mail, statement })] : [],
  };
  return { row, lines: mail.lines, content, hash: renderedHash(content) };
}

/** The mailbox itself, or its form that leads back to this reminder. */
const replyTo = ({ messageId }: ReminderRow, { mailReplyTo, mailFromAddress, isPlusAddressed }: CompanySettings): string | null =>
  isPlusAddressed ? replyAddress(mailReplyTo ?? mailFromAddress, messageId) : mailReplyTo;

const reminderMail = (
  row: ReminderRow,
  lines: readonly ReminderLineRow[],
  company: CompanySettings,
  banks: readonly BankAccount[],
): ReminderMail & { readonly lines: readonly ReminderLineRow[] } => ({
  company: senderIdentity(company, banks),
  customer: { code: row.customerCode, name: row.customerName, nameAr: row.customerNameAr, trn: row.customerTrn },
  recipient: { name: row.recipientName, nameAr: row.recipientNameAr, title: row.recipientTitle },
  language: row.language,
  level: row.escalationLevel,
  asOn: row.asOn,
  lines,
  totals: row.totals.map(({ currency, minor }) => ({ currency, minor: BigInt(minor) })),
  finalDeadlineOn: row.finalDeadlineOn,
  attachesStatement: row.attachesStatement,
  caseKey: row.customerCode,
});

const compiled = new Map<string, ReminderTexts>();

/** Words compiled once per version and kept: a run renders thousands of mails with a handful of them. A version never changes. */
function textsOf(template: TemplateVersion, companyId: CompanyId): ReminderTexts {
  const key = `${companyId} ${template.id}`;
  const known = compiled.get(key);
  if (known) return known;
  const texts = readReminderTexts(template.texts, shippedClosing(), {
    level: template.escalationLevel ?? 'POLITE',
    supportsConsolidation: template.supportsConsolidation,
    place: `template ${template.id}`,
  });
  compiled.set(key, texts);
  return texts;
}

let closing: ShippedTemplates['closing'] | undefined;

const shippedClosing = (): ShippedTemplates['closing'] => (closing ??= shippedTemplates(packagePath('templates')).closing);
