/**
 * Changes a company's texts. Every change is a new version that says nothing until it is activated; a reminder keeps the version it was
 * composed with, so an approval never comes to mean other words. Activating raises the company's facts version: what only waits to be
 * approved is composed anew with the next plan.
 */
import { isOf, versionBefore, versionOf } from './read-templates.ts';
import { readTemplateKey, type TemplateKey } from './template-key.ts';
import { act, type Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import { readOptionalLine } from '../operator-input.ts';
import type { Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { checkTemplate, type TemplateCheck, type TemplateFault } from '../../mail/check-template.ts';
import { shippedTemplates } from '../../mail/shipped-templates.ts';
import { readTemplateFile, type TemplateFile } from '../../mail/template-file.ts';
import { packagePath } from '../../package-root.ts';
import { lockCompany, updateCompany } from '../../store/sql/company-settings.ts';
import {
  insertTemplateVersion,
  putTemplateInForce,
  reminderTemplates,
  type TemplateVersionRow,
} from '../../store/sql/template-versions.ts';

export type { TemplateFault };

const check = (key: TemplateKey, { texts, maxInvoiceCount }: TemplateFile): TemplateCheck =>
  checkTemplate(
    { level: key.level, supportsConsolidation: key.supportsConsolidation, texts, maxInvoiceCount },
    shippedTemplates(packagePath('templates')).closing,
  );

/** What is wrong with a text, without storing it; empty when it may be stored. @throws OperatorError `template.bad-file|unknown` */
export const validateTemplate = (session: Session, name: string, text: string): Promise<readonly TemplateFault[]> =>
  act(
    session,
    'templates show',
    async () => {
      const checked = check(readTemplateKey(name), readTemplateFile(text));
      return checked.ok ? [] : checked.faults;
    },
    { isReadOnly: true },
  );

export interface StoredTemplate {
  readonly name: string;
  readonly version: number;
  /** False when the newest version says the same already. */
  readonly isNew: boolean;
}

/** Stores a text as the next version, not in force. @throws OperatorError `template.refused` with every fault. */
export const storeTemplate = (session: Session, name: string, text: string, note?: string): Promise<StoredTemplate> =>
  act(session, 'templates edit', async (context) => {
    const key = readTemplateKey(name);
    const file = readTemplateFile(text);
    const checked = check(key, file);
    if (!checked.ok) throw refused(key, checked.faults);
    await lockCompany(context.tx);
    const newest = (await reminderTemplates(context.tx)).find(isOf(key));
    if (newest && isSame(newest, file)) return { name: key.name, version: newest.number, isNew: false };
    const version = await insertTemplateVersion(context.tx, {
      templateType: key.templateType,
      escalationLevel: key.level,
      texts: file.texts,
      supportsConsolidation: key.supportsConsolidation,
      maxInvoiceCount: file.maxInvoiceCount,
      consolidationVariables: checked.consolidationVariables,
      note: readOptionalLine(note, 'the note', 500),
      createdBy: userIdOf(context.actor),
    });
    context.record({ objectKind: 'template', objectId: null, toState: `version ${version}`, detail: { template: key.name } });
    return { name: key.name, version, isNew: true };
  });

const isSame = (version: TemplateVersionRow, file: TemplateFile): boolean =>
  version.maxInvoiceCount === file.maxInvoiceCount &&
  (['EN', 'AR'] as const).every(
    (language) =>
      version.texts[language].subject === file.texts[language].subject && version.texts[language].body === file.texts[language].body,
  );

export interface TemplateInForce {
  readonly name: string;
  readonly version: number;
  readonly before: number | null;
  readonly isChanged: boolean;
}

/** Puts a version in force. @throws OperatorError `template.unknown-version`, `template.refused` */
export const activateTemplate = (session: Session, name: string, number: number): Promise<TemplateInForce> =>
  act(session, 'templates activate', async (context) => {
    const key = readTemplateKey(name);
    await lockCompany(context.tx);
    return await putInForce(context, key, await versionOf(context, key, number));
  });

/** Puts the version in force again that was before this one. @throws OperatorError `template.nothing-before` */
export const rollBackTemplate = (session: Session, name: string): Promise<TemplateInForce> =>
  act(session, 'templates activate', async (context) => {
    const key = readTemplateKey(name);
    await lockCompany(context.tx);
    const before = versionBefore((await reminderTemplates(context.tx)).filter(isOf(key)));
    if (before) return await putInForce(context, key, before);
    throw new OperatorError({
      code: 'template.nothing-before',
      kind: 'refused',
      message: `No other version of ${key.name} was ever in force.`,
      tryThis: `Choose one with \`wafa templates activate ${key.name} --version N\`.`,
    });
  });

async function putInForce(context: Act, key: TemplateKey, version: TemplateVersionRow): Promise<TemplateInForce> {
  const active = (await reminderTemplates(context.tx)).find((each) => isOf(key)(each) && each.isActive);
  const result = { name: key.name, version: version.number, before: active?.number ?? null };
  if (version.isActive) return { ...result, isChanged: false };
  // The rules for texts may have become stricter since the version was stored.
  const checked = check(key, version);
  if (!checked.ok) throw refused(key, checked.faults);
  await putTemplateInForce(context.tx, version, context.now);
  await updateCompany(context.tx, {});
  context.record({
    objectKind: 'template',
    objectId: version.id,
    fromState: `version ${active?.number ?? 'none'}`,
    toState: `version ${version.number}`,
    detail: { template: key.name },
  });
  return { ...result, isChanged: true };
}

const refused = (key: TemplateKey, faults: readonly TemplateFault[]): OperatorError =>
  new OperatorError({
    code: 'template.refused',
    kind: 'usage',
    message: `The text of ${key.name} cannot be used. ${faults.map(({ message }) => message).join(' ')}`,
    tryThis: `Correct it and try again; \`wafa templates show ${key.name}\` shows the text in force.`,
  });
