import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import type { Environment } from '../configuration/read-configuration.ts';
import type { Session } from '../session.ts';
import type { Asking } from '../setup/ask-until-right.ts';
import type { ChecklistItem } from '../setup/checklist.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { POLICY_PRESET_NAMES } from '../../domain/policy/presets.ts';

export interface InitData {
  readonly company: { readonly id: number; readonly code: string };
  readonly isNew: boolean;
  readonly checklist: readonly ChecklistItem[];
}

const optional = z.string().min(1).max(4_096).optional();

const schema = z.object({
  code: z.string().min(1).max(60).optional(),
  name: z.string().min(1).max(300).optional(),
  nameAr: optional,
  trn: optional,
  emirate: optional,
  baseCurrency: optional,
  timeZone: optional,
  language: optional,
  addressLine: optional,
  phone: optional,
  contactPerson: optional,
  fromName: optional,
  fromAddress: optional,
  replyTo: optional,
  smtpUrl: optional,
  smtpPasswordFile: optional,
  imapUrl: optional,
  imapPasswordFile: optional,
  preset: z.enum(POLICY_PRESET_NAMES, { error: `is ${POLICY_PRESET_NAMES.join(', ')}` }).optional(),
  approver: optional,
});

type InitInput = z.output<typeof schema>;

export const initCommand = defineCommand({
  name: 'init',
  group: 'set up',
  summary: 'Set up a company of your own; asks, where somebody is there to answer',
  example: 'init --code ACME --name "Acme Trading LLC" --from-address accounts@acme.ae',
  arguments: [],
  options: [
    { name: 'code', about: 'short code, for example ACME', value: 'CODE' },
    { name: 'name', about: 'legal name', value: 'TEXT' },
    { name: 'nameAr', about: 'legal name in Arabic', value: 'TEXT' },
    { name: 'trn', about: 'tax registration number, fifteen digits', value: 'TRN' },
    { name: 'emirate', about: 'AUH, DXB, SHJ, AJM, UAQ, RAK or FUJ', value: 'EMIRATE' },
    { name: 'baseCurrency', about: 'currency of the books; AED if left out', value: 'CODE' },
    { name: 'timeZone', about: 'zone of its days; Asia/Dubai if left out', value: 'ZONE' },
    { name: 'language', about: 'EN, AR, EN_AR or AR_EN for customers without one of their own', value: 'LANGUAGE' },
    { name: 'addressLine', about: 'postal address in one line', value: 'TEXT' },
    { name: 'phone', about: 'number customers may call', value: 'NUMBER' },
    { name: 'contactPerson', about: 'whom customers may ask for', value: 'NAME' },
    { name: 'fromName', about: 'name mails come from; the legal name if left out', value: 'TEXT' },
    { name: 'fromAddress', about: 'address mails come from', value: 'ADDRESS' },
    { name: 'replyTo', about: 'address replies go to', value: 'ADDRESS' },
    { name: 'smtpUrl', about: 'mail server, tried and then kept in the configuration file', value: 'ADDRESS' },
    { name: 'smtpPasswordFile', about: 'file with its password, readable by you alone', value: 'FILE' },
    { name: 'imapUrl', about: 'mailbox for answers, tried and then kept in the configuration file', value: 'ADDRESS' },
    { name: 'imapPasswordFile', about: 'file with its password, readable by you alone', value: 'FILE' },
    { name: 'preset', about: `how to remind: ${POLICY_PRESET_NAMES.join(', ')}`, value: 'NAME' },
    { name: 'approver', about: 'login of a second person who may approve', value: 'LOGIN' },
  ],
  schema,
  // There is no user before there is a company: whoever runs it becomes the first.
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: async (context, input): Promise<CommandResult<InitData>> => {
    const { readChecklist } = await import('../setup/checklist.ts');
    const { guideThrough } = await import('../setup/guided-setup.ts');
    const asking = context.ask === undefined || saysEverything(input) ? null : { ask: context.ask, say: context.say };
    const { session, isNew } = await openOrCreate(context, input, asking);
    const given = await applyGiven(session, input);
    const env = asking === null ? given : await guideThrough(session, given, asking, (path) => importOne(context, session, path));
    const checklist = await readChecklist(session, env);
    const [next] = checklist.filter(({ isDone, command }) => isDone === false && command !== null);
    const notes = [
      ...(isNew ? [`Company ${session.companyCode} is set up; you are its operator, approver and administrator in one person.`] : []),
      ...(next === undefined
        ? []
        : [`Next, ${next.label.toLowerCase()}: ${next.what}. \`wafa --company ${session.companyCode} ${next.command ?? ''}\``]),
    ];
    return { data: { company: { id: session.companyId, code: session.companyCode }, isNew, checklist }, ending: 'ok', notes };
  },
});

/** Whoever names the company whole wants to be asked nothing. */
const saysEverything = ({ code, name }: InitInput): boolean => code !== undefined && name !== undefined;

interface ToSetUp {
  readonly session: Session;
  readonly isNew: boolean;
}

/** A new company, or the one whose set-up goes on: that of `--company`, or the only one of one's own. */
async function openOrCreate(context: CommandContext, input: InitInput, asking: Asking | null): Promise<ToSetUp> {
  if (input.code === undefined && input.name === undefined) {
    const { companyToSetUp } = await import('../setup/company-to-set-up.ts');
    const session = await companyToSetUp(context.installation, () => context.session());
    if (session !== null) {
      asking?.say(`Going on with the set-up of ${session.companyCode}; \`wafa init --code CODE\` makes another company.`);
      return { session, isNew: false };
    }
  }
  const { createCompany } = await import('../create-company.ts');
  const { openSession } = await import('../session.ts');
  const request = asking === null ? named(input) : await (await import('../setup/company-questions.ts')).askForCompany(asking, input);
  const { companyCode } = await createCompany(context.installation, request);
  return { session: await openSession(context.installation, companyCode), isNew: true };
}

function named({ code, name, ...rest }: InitInput): { readonly code: string; readonly name: string } & Omit<InitInput, 'code' | 'name'> {
  if (code !== undefined && name !== undefined) return { code, name, ...rest };
  throw new OperatorError({
    code: 'setup.not-named',
    kind: 'usage',
    message: `${code === undefined ? '--code' : '--name'} is needed where nobody is there to be asked.`,
    tryThis: 'For example: wafa init --code ACME --name "Acme Trading LLC".',
  });
}

/** What was said by options is done as it would be after a question. @returns the settings as they are now. */
async function applyGiven(session: Session, input: InitInput): Promise<Environment> {
  const { useMailServer } = await import('../setup/mail-steps.ts');
  const { readSecretFile } = await import('../configuration/private-file.ts');
  const secret = (file: string | undefined, flag: string): string | null => (file === undefined ? null : readSecretFile(file, flag));
  let { env } = session.installation.configuration;
  if (input.smtpUrl !== undefined)
    ({ env } = await useMailServer(env, 'SMTP', input.smtpUrl, secret(input.smtpPasswordFile, '--smtp-password-file')));
  if (input.imapUrl !== undefined)
    ({ env } = await useMailServer(env, 'IMAP', input.imapUrl, secret(input.imapPasswordFile, '--imap-password-file')));
  const { addApprover, choosePreset } = await import('../setup/company-steps.ts');
  if (input.preset !== undefined) await choosePreset(session, input.preset);
  if (input.approver !== undefined) await addApprover(session, input.approver);
  return env;
}

async function importOne(context: CommandContext, session: Session, path: string): Promise<void> {
  const { importCommand } = await import('./import.ts');
  const { notes = [] } = await importCommand.run({ ...context, session: async () => session }, importCommand.schema.parse({ file: path }));
  for (const note of notes) context.say(`  ${note}`);
}
