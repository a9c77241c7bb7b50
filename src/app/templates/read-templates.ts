/** Reads a company's templates: the list, one version with its texts, how it would read, and how two versions differ. */
import { diff } from 'node:util';
import { readTemplateKey, TEMPLATE_KEYS, type TemplateKey } from './template-key.ts';
import { act, type Act } from '../act.ts';
import { senderIdentity } from '../sender-identity.ts';
import type { Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Language } from '../../domain/vocabulary.ts';
import { readReminderTexts } from '../../mail/reminder-texts.ts';
import { renderReminder, type RenderedReminder } from '../../mail/reminder-mail.ts';
import { shippedTemplates } from '../../mail/shipped-templates.ts';
import { writeTemplateFile } from '../../mail/template-file.ts';
import { trialReminder } from '../../mail/trial-reminders.ts';
import { packagePath } from '../../package-root.ts';
import { bankAccountsInForce } from '../../store/sql/bank-accounts.ts';
import { reminderTemplates, type TemplateVersionRow } from '../../store/sql/template-versions.ts';

export interface ListedTemplate {
  readonly name: string;
  readonly activeVersion: number | null;
  readonly versions: number;
  /** The newest version when it was never in force: what somebody is still writing. */
  readonly draftVersion: number | null;
  /** The version that taking back would put in force again. */
  readonly versionBefore: number | null;
  readonly supportsConsolidation: boolean;
  readonly maxInvoiceCount: number | null;
  readonly consolidationVariables: readonly string[];
  readonly activatedAt: string | null;
}

export const listTemplates = (session: Session): Promise<readonly ListedTemplate[]> =>
  act(
    session,
    'templates show',
    async ({ tx }) => {
      const all = await reminderTemplates(tx);
      return TEMPLATE_KEYS.map((key) => listed(key, all.filter(isOf(key))));
    },
    { isReadOnly: true },
  );

function listed(key: TemplateKey, versions: readonly TemplateVersionRow[]): ListedTemplate {
  const active = versions.find((version) => version.isActive);
  const newest = versions.toSorted((one, other) => other.number - one.number)[0];
  return {
    name: key.name,
    activeVersion: active?.number ?? null,
    versions: versions.length,
    draftVersion: newest !== undefined && newest.activatedAt === null ? newest.number : null,
    versionBefore: versionBefore(versions)?.number ?? null,
    supportsConsolidation: key.supportsConsolidation,
    maxInvoiceCount: active?.maxInvoiceCount ?? null,
    consolidationVariables: active?.consolidationVariables ?? [],
    activatedAt: active?.activatedAt?.toString() ?? null,
  };
}

/** Of those that were in force once and are not now, the one that was last. */
export const versionBefore = (versions: readonly TemplateVersionRow[]): TemplateVersionRow | undefined =>
  versions
    .flatMap((version) => (version.isActive || version.activatedAt === null ? [] : [{ version, activatedAt: version.activatedAt }]))
    .toSorted((one, other) => Temporal.Instant.compare(other.activatedAt, one.activatedAt))[0]?.version;

export const isOf =
  (key: TemplateKey) =>
  (row: TemplateVersionRow): boolean =>
    row.templateType === key.templateType && row.escalationLevel === key.level;

/** The named version, else the one in force. @throws OperatorError `template.unknown-version` */
export async function versionOf({ tx }: Act, key: TemplateKey, number?: number): Promise<TemplateVersionRow> {
  const versions = (await reminderTemplates(tx)).filter(isOf(key));
  const found = versions.find((version) => (number === undefined ? version.isActive : version.number === number));
  if (found) return found;
  throw new OperatorError({
    code: 'template.unknown-version',
    kind: 'usage',
    message: `The template ${key.name} has no version ${number ?? 'in force'}.`,
    tryThis: `Its versions are ${versions.map((version) => version.number).join(', ') || 'none'}: see \`wafa templates show ${key.name}\`.`,
  });
}

export interface ShownTemplate {
  readonly name: string;
  readonly version: number;
  readonly isActive: boolean;
  /** As the editor shows it. */
  readonly file: string;
  readonly versions: readonly {
    readonly version: number;
    readonly isActive: boolean;
    readonly by: string | null;
    readonly createdAt: string;
    readonly activatedAt: string | null;
    readonly note: string | null;
  }[];
}

/** @throws OperatorError `template.unknown`, `template.unknown-version` */
export const showTemplate = (session: Session, name: string, number?: number): Promise<ShownTemplate> =>
  act(
    session,
    'templates show',
    async (context) => {
      const key = readTemplateKey(name);
      const shown = await versionOf(context, key, number);
      const versions = (await reminderTemplates(context.tx)).filter(isOf(key));
      return {
        name: key.name,
        version: shown.number,
        isActive: shown.isActive,
        file: writeTemplateFile(shown, [`${key.name}, version ${shown.number}`]),
        versions: versions.map((version) => ({
          version: version.number,
          isActive: version.isActive,
          by: version.createdByName,
          createdAt: version.createdAt.toString(),
          activatedAt: version.activatedAt?.toString() ?? null,
          note: version.note,
        })),
      };
    },
    { isReadOnly: true },
  );

export interface TemplatePreview extends RenderedReminder {
  readonly name: string;
  readonly version: number;
}

/** How the version would read about made-up invoices, from this company. @throws OperatorError `template.*` */
export const previewTemplate = (
  session: Session,
  name: string,
  {
    number,
    language,
    invoices,
  }: { readonly number?: number | undefined; readonly language: Language; readonly invoices?: number | undefined },
): Promise<TemplatePreview> =>
  act(
    session,
    'templates show',
    async (context) => {
      const key = readTemplateKey(name);
      const version = await versionOf(context, key, number);
      const trial = { level: key.level, supportsConsolidation: key.supportsConsolidation, maxInvoiceCount: version.maxInvoiceCount };
      const texts = readReminderTexts(version.texts, shippedTemplates(packagePath('templates')).closing, { ...trial, place: key.name });
      const company = senderIdentity(context.company, await bankAccountsInForce(context.tx, context.now));
      const mail = trialReminder(trial, { count: key.supportsConsolidation ? (invoices ?? 3) : 1, language, company });
      return {
        name: key.name,
        version: version.number,
        ...renderReminder(mail, texts, { mostRows: Math.max(5, version.maxInvoiceCount), isPreview: true }),
      };
    },
    { isReadOnly: true },
  );

export interface TemplateDifference {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Lines with `-`, `+` or two spaces before them; empty when the two say the same. */
  readonly lines: readonly string[];
}

/** What would change from the version in force, or from `from`, to `to`, or the newest. */
export const diffTemplate = (
  session: Session,
  name: string,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<TemplateDifference> =>
  act(
    session,
    'templates show',
    async (context) => {
      const key = readTemplateKey(name);
      const before = await versionOf(context, key, from);
      const newest = (await reminderTemplates(context.tx)).find(isOf(key))?.number;
      const after = await versionOf(context, key, to ?? newest);
      const changes = diff(writeTemplateFile(before, []).split('\n'), writeTemplateFile(after, []).split('\n'));
      const isSame = changes.every(([kind]) => kind === 0);
      const lines = changes.map(([kind, line]) => `${kind === 0 ? '  ' : kind > 0 ? '- ' : '+ '}${line}`.trimEnd());
      return { name: key.name, from: before.number, to: after.number, lines: isSame ? [] : lines };
    },
    { isReadOnly: true },
  );
