/**
 * Made-up reminders a template is tried with before it is stored, and shown with when it is previewed: one invoice, two, and more than it
 * lists; an Arabic customer; and one whose names try to be markup, headers, templates and reversed text.
 */
import type { ReminderLine } from '../domain/decision.ts';
import { asId } from '../domain/ids.ts';
import { sumByCurrency } from '../domain/money.ts';
import type { EscalationLevel, Language } from '../domain/vocabulary.ts';
import type { ReminderMail, SenderIdentity } from './reminder-content.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

export interface Trial {
  readonly level: EscalationLevel;
  readonly supportsConsolidation: boolean;
  readonly maxInvoiceCount: number;
}

const HOSTILE = '<img src=x onerror="x()"> {{ amount }} \u202Egpj.exe\u2066 =?UTF-8?Q?x?= \r\nBcc: a@evil.test ' + 'x'.repeat(300);

const COMPANY: SenderIdentity = {
  name: 'Falcon Building Materials LLC',
  nameAr: 'شركة الصقر لمواد البناء ذ.م.م',
  trn: '100123456700003',
  address: 'P.O. Box 4321, Dubai, UAE',
  addressAr: 'ص.ب. 4321، دبي، الإمارات العربية المتحدة',
  phone: '+971 4 123 4567',
  contactPerson: 'Mariam Haddad',
  contactPersonAr: 'مريم حداد',
  email: 'accounts@falcon.example',
  paymentLink: null,
  bankAccounts: [],
};

/** Each reminder a template of this kind has to get through. */
export function trialReminders(trial: Trial): readonly ReminderMail[] {
  const counts = trial.supportsConsolidation ? [1, 2, 3, 11, trial.maxInvoiceCount + 5] : [1];
  const plain = counts.map((count) => trialReminder(trial, { count }));
  const bare = { ...COMPANY, nameAr: null, phone: null, contactPerson: null, contactPersonAr: null };
  const hostile = trialReminder(trial, { count: trial.supportsConsolidation ? 3 : 1, name: HOSTILE, company: { ...bare, name: HOSTILE } });
  return [...plain, hostile];
}

export interface TrialChoice {
  readonly count: number;
  readonly name?: string;
  readonly language?: Language;
  readonly company?: SenderIdentity;
}

export function trialReminder({ level }: Trial, { count, name, language = 'EN_AR', company = COMPANY }: TrialChoice): ReminderMail {
  const lines = Array.from({ length: count }, (_, index) => trialLine(index, name));
  return {
    company,
    customer: { code: 'C-104', name: name ?? 'Al Noor Trading LLC', nameAr: name ?? 'شركة النور للتجارة ذ.م.م', trn: null },
    recipient: { name: name ?? 'Ahmed Al Mansoori', nameAr: name ?? 'أحمد المنصوري', title: name === undefined ? 'Mr.' : null },
    language,
    level,
    asOn: day('2026-12-04'),
    lines,
    totals: sumByCurrency(lines.map(({ askedMinor, currency }) => ({ minor: askedMinor, currency }))),
    finalDeadlineOn: level === 'FINAL' ? day('2026-12-17') : null,
    caseKey: 'C-104',
    attachesStatement: false,
  };
}

function trialLine(index: number, name: string | undefined): ReminderLine {
  const dueOn = day('2026-09-01').add({ days: Math.min(index, 80) });
  const balanceMinor = 125_000n + BigInt(index) * 1_275n;
  return {
    kind: 'INVOICE',
    invoiceId: asId(index + 1),
    paymentId: null,
    number: name === undefined ? `2026-${1001 + index}` : `${name}${index}`,
    customerReference: name ?? `LPO-${45_001 + index}`,
    branchId: asId(1),
    branchCode: 'C-104',
    branchName: name ?? 'Al Noor Trading LLC',
    issuedOn: dueOn.subtract({ days: 30 }),
    dueOn,
    daysPastDue: dueOn.until(day('2026-12-04')).days,
    currency: 'AED',
    totalMinor: balanceMinor,
    balanceMinor,
    askedMinor: balanceMinor,
  };
}
