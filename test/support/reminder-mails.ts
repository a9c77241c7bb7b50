/** Believable reminders for tests of rendering and sending: `aReminder()` and `aLine()`, with what a test cares about changed. */
import type { ReminderLine } from '../../src/domain/decision.ts';
import { asId } from '../../src/domain/ids.ts';
import { sumByCurrency } from '../../src/domain/money.ts';
import type { EscalationLevel } from '../../src/domain/vocabulary.ts';
import type { ReminderMail } from '../../src/mail/reminder-content.ts';
import { readReminderTexts, type ReminderTexts } from '../../src/mail/reminder-texts.ts';
import { shippedTemplates } from '../../src/mail/shipped-templates.ts';
import { packagePath } from '../../src/package-root.ts';

const SHIPPED = shippedTemplates(packagePath('templates'));

/** The shipped words of a level, compiled. */
export const shippedTexts = (level: EscalationLevel, kind: 'consolidated' | 'individual' = 'consolidated'): ReminderTexts =>
  readReminderTexts(SHIPPED[kind][level], SHIPPED.closing, {
    level,
    supportsConsolidation: kind === 'consolidated',
    place: `shipped ${kind} ${level}`,
  });

export const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

export function aLine(changes: Partial<ReminderLine> = {}): ReminderLine {
  const line: ReminderLine = {
    kind: 'INVOICE',
    invoiceId: asId(1),
    paymentId: null,
    number: '2026-1001',
    customerReference: 'LPO-45001',
    branchId: asId(17),
    branchCode: 'C-104',
    branchName: 'Al Noor Trading LLC',
    issuedOn: day('2026-10-05'),
    dueOn: day('2026-11-04'),
    daysPastDue: 30,
    currency: 'AED',
    totalMinor: 500_000n,
    balanceMinor: 500_000n,
    askedMinor: 500_000n,
    ...changes,
  };
  return line;
}

export const aCredit = (changes: Partial<ReminderLine> = {}): ReminderLine =>
  aLine({
    kind: 'CREDIT_NOTE',
    number: 'CN-2026-07',
    customerReference: null,
    dueOn: null,
    daysPastDue: 0,
    totalMinor: 100_000n,
    balanceMinor: -100_000n,
    askedMinor: -100_000n,
    ...changes,
  });

export const THREE_INVOICES: readonly ReminderLine[] = [
  aLine(),
  aLine({
    invoiceId: asId(2),
    number: '2026-1017',
    customerReference: 'LPO-45119',
    dueOn: day('2026-11-11'),
    issuedOn: day('2026-10-12'),
    daysPastDue: 23,
    totalMinor: 420_000n,
    balanceMinor: 320_000n,
    askedMinor: 320_000n,
  }),
  aLine({
    invoiceId: asId(3),
    number: '2026-1033',
    customerReference: null,
    dueOn: day('2026-11-18'),
    issuedOn: day('2026-10-19'),
    daysPastDue: 16,
    totalMinor: 180_000n,
    balanceMinor: 180_000n,
    askedMinor: 180_000n,
  }),
];

/** A reminder whose totals follow from its lines. */
export function aReminder(changes: Partial<ReminderMail> = {}): ReminderMail {
  const lines = changes.lines ?? THREE_INVOICES;
  return {
    company: {
      name: 'Falcon Building Materials LLC',
      nameAr: 'شركة الصقر لمواد البناء ذ.م.م',
      trn: '100123456789003',
      address: 'P.O. Box 4321, Al Quoz 3, Dubai, UAE',
      addressAr: 'ص.ب. 4321، القوز 3، دبي، الإمارات العربية المتحدة',
      phone: '+971 4 123 4567',
      contactPerson: 'Mariam Haddad',
      contactPersonAr: 'مريم حداد',
      email: 'accounts@falcon.example',
      paymentLink: null,
      bankAccounts: [
        {
          bankName: 'Emirates NBD',
          bankNameAr: 'بنك الإمارات دبي الوطني',
          accountName: 'Falcon Building Materials LLC',
          iban: 'AE070331234567890123456',
          swift: 'EBILAEAD',
          currency: 'AED',
        },
      ],
    },
    customer: { code: 'C-104', name: 'Al Noor Trading LLC', nameAr: 'شركة النور للتجارة ذ.م.م', trn: '100987654321003' },
    recipient: { name: 'Ahmed Al Mansoori', nameAr: 'أحمد المنصوري', title: 'Mr.' },
    language: 'EN_AR',
    level: 'POLITE',
    asOn: day('2026-12-04'),
    totals: sumByCurrency(lines.map(({ askedMinor, currency }) => ({ minor: askedMinor, currency }))),
    finalDeadlineOn: null,
    attachesStatement: false,
    caseKey: 'C-104-7',
    ...changes,
    lines,
  };
}
