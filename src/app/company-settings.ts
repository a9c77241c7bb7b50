/** What a company's people may change about it: its identity in mails, its zone, and whether anything is sent at all. */
import { act, type Act } from './act.ts';
import { readCompanyTrn, readEmirate, readLanguage, readMailbox, readPaymentLink, readTimeZone, readYesOrNo } from './company-identity.ts';
import { readLine, readOptionalLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import { updateCompany, type CompanyChange, type CompanySettings } from '../store/sql/company-settings.ts';

/** Settings by the name an operator types, with how each is read; an empty value clears one that may be empty. */
const READERS = {
  name: (text) => ({ name: readLine(text, 'the company name', 300) }),
  nameAr: (text) => ({ nameAr: readOptionalLine(text, 'the Arabic name', 300) }),
  trn: (text) => ({ trn: text === '' ? null : readCompanyTrn(text) }),
  tradeLicence: (text) => ({ tradeLicence: readOptionalLine(text, 'the trade licence', 60) }),
  timeZone: (text) => ({ timeZone: readTimeZone(text) }),
  emirate: (text) => ({ emirate: text === '' ? null : readEmirate(text) }),
  addressLine: (text) => ({ addressLine: readOptionalLine(text, 'the address', 300) }),
  addressLineAr: (text) => ({ addressLineAr: readOptionalLine(text, 'the Arabic address', 300) }),
  phone: (text) => ({ phone: readOptionalLine(text, 'the phone number', 40) }),
  contactPerson: (text) => ({ contactPerson: readOptionalLine(text, 'the contact person', 200) }),
  contactPersonAr: (text) => ({ contactPersonAr: readOptionalLine(text, 'the Arabic contact person', 200) }),
  fromName: (text) => ({ mailFromName: readLine(text, 'the sender name', 200) }),
  fromAddress: (text) => ({ mailFromAddress: readMailbox(text) }),
  replyTo: (text) => ({ mailReplyTo: text === '' ? null : readMailbox(text) }),
  paymentLink: (text) => ({ paymentLink: text === '' ? null : readPaymentLink(text) }),
  plusAddressing: (text) => ({ isPlusAddressed: readYesOrNo(text) }),
  language: (text) => ({ language: readLanguage(text) }),
  quietUntil: (text) => ({ quietUntil: text === '' ? null : readInstant(text) }),
} as const satisfies Record<string, (text: string) => CompanyChange>;

const COMPANY_SETTINGS = Object.keys(READERS) as readonly (keyof typeof READERS)[];

export const readCompany = (session: Session): Promise<CompanySettings> =>
  act(session, 'company show', async ({ company }) => company, { isReadOnly: true });

/**
 * @param values Names of settings and values as typed.
 * @returns the names whose value moved.
 * @throws OperatorError `company.*`, `input.*`; nothing is changed then.
 */
export const setCompany = (session: Session, values: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  act(session, 'company set', async (context) => {
    const change = Object.assign({}, ...Object.entries(values).map(([name, text]) => readerOf(name)(text.trim()))) as CompanyChange;
    return await store(context, change);
  });

/** Stops everything the company sends until it is resumed; mail already handed over cannot be called back. */
export const pauseCompany = (session: Session, reason: string): Promise<readonly string[]> =>
  act(session, 'company pause', (context) =>
    store(context, {
      isPaused: true,
      pausedReason: readLine(reason, 'the reason', 500),
      pausedAt: context.company.pausedAt ?? context.now,
    }),
  );

export const resumeCompany = (session: Session): Promise<readonly string[]> =>
  act(session, 'company resume', (context) => store(context, { isPaused: false, pausedReason: null, pausedAt: null }));

/**
 * From now on its mails reach customers. @throws OperatorError `company.sandbox-live` for a sandbox, which never does.
 */
export const goLive = (session: Session): Promise<readonly string[]> =>
  act(session, 'company live', async (context) => {
    if (context.company.isSandbox) {
      throw new OperatorError({
        code: 'company.sandbox-live',
        kind: 'refused',
        message: 'This company is a sandbox, whose mails never reach customers.',
        tryThis: 'End that first with `wafa company sandbox --off`.',
      });
    }
    return await store(context, { wentLiveAt: context.company.wentLiveAt ?? context.now });
  });

export type Sandbox = { readonly address: string | null } | null;

/** Sends every mail to one address of ours, or to the outbox folder, marked as a trial; `null` ends that. */
export const setSandbox = (session: Session, sandbox: Sandbox): Promise<readonly string[]> =>
  act(session, 'company sandbox', (context) =>
    store(context, {
      isSandbox: sandbox !== null,
      sandboxAddress: sandbox === null || sandbox.address === null ? null : readMailbox(sandbox.address),
    }),
  );

async function store(context: Act, change: CompanyChange): Promise<readonly string[]> {
  const moved = (Object.keys(change) as (keyof CompanyChange)[]).filter((name) => textOf(change[name]) !== textOf(context.company[name]));
  if (moved.length === 0) return [];
  await updateCompany(context.tx, change);
  // Names only: the values are names and addresses, which the audit does not hold.
  const state = change.isPaused === undefined ? {} : { toState: change.isPaused ? 'PAUSED' : 'RUNNING' };
  context.record({ objectKind: 'company', objectId: context.company.companyId, ...state, detail: { settings: moved } });
  return moved;
}

const textOf = (value: CompanyChange[keyof CompanyChange]): string => (value === null || value === undefined ? '' : value.toString());

function readerOf(name: string): (text: string) => CompanyChange {
  const known = COMPANY_SETTINGS.find((each) => each === name);
  if (known) return READERS[known];
  throw new OperatorError({
    code: 'company.unknown-setting',
    kind: 'usage',
    message: `A company has no setting ${JSON.stringify(safeText(name.slice(0, 40)))}.`,
    tryThis: `Use one of ${COMPANY_SETTINGS.join(', ')}.`,
  });
}

function readInstant(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new OperatorError({
      code: 'company.bad-instant',
      kind: 'usage',
      message: `${JSON.stringify(safeText(text.slice(0, 40)))} is not an instant.`,
      tryThis: 'Write it with its offset, for example 2026-12-03T09:00:00+04:00, or leave it empty.',
    });
  }
}
