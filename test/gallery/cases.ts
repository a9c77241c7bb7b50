/**
 * What the gallery shows: reminders of every level, type and language over lists that are short, long, mixed, Arabic and hostile, and the
 * statement of each list in every language. Levels share their statements: those ask for nothing.
 */
import type { ReminderLine } from '../../src/domain/decision.ts';
import { asId } from '../../src/domain/ids.ts';
import { statementOf } from '../../src/domain/statement.ts';
import { ESCALATION_LEVELS, LANGUAGES, type EscalationLevel, type Language } from '../../src/domain/vocabulary.ts';
import type { ReminderMail } from '../../src/mail/reminder-content.ts';
import type { StatementContent } from '../../src/mail/statement/statement-content.ts';
import { aCredit, aLine, aReminder, day } from '../support/reminder-mails.ts';

export interface GalleryCase {
  /** Names its files: `final-consolidated-ar-300-items`. */
  readonly name: string;
  readonly level: EscalationLevel;
  readonly kind: 'consolidated' | 'individual';
  readonly language: Language;
  readonly mail: ReminderMail;
}

const FIRST_DUE = day('2026-11-24');

/** Rows like a ledger's: ages, amounts, part payments and references differ, the oldest first. */
const manyLines = (count: number, changes: Partial<ReminderLine> = {}): readonly ReminderLine[] =>
  Array.from({ length: count }, (_, index) => {
    const dueOn = FIRST_DUE.subtract({ days: Math.floor(((count - index) * 90) / count) });
    const totalMinor = 125_000n + BigInt((index * 7_919) % 90_000) * 13n;
    const balanceMinor = index % 4 === 1 ? totalMinor - 50_000n : totalMinor;
    return aLine({
      invoiceId: asId(index + 1),
      number: `2026-${1001 + index}`,
      customerReference: index % 3 === 2 ? null : `LPO-${45_001 + index * 17}`,
      issuedOn: dueOn.subtract({ days: 30 }),
      dueOn,
      daysPastDue: dueOn.until(day('2026-12-04')).days,
      totalMinor,
      balanceMinor,
      askedMinor: balanceMinor,
      ...changes,
    });
  });

const inBranches = (lines: readonly ReminderLine[]): readonly ReminderLine[] => {
  const branches = [
    { branchId: asId<'customer'>(17), branchCode: 'C-104', branchName: 'Al Noor Trading LLC' },
    { branchId: asId<'customer'>(18), branchCode: 'C-104-SHJ', branchName: 'النور للتجارة – فرع الشارقة' },
    { branchId: asId<'customer'>(19), branchCode: 'C-104-RAK', branchName: 'Al Noor Trading – Ras Al Khaimah branch' },
  ] as const;
  return lines
    .map((line, index) => ({ ...line, ...(branches[index % 3] ?? branches[0]) }))
    .toSorted((one, other) => one.branchId - other.branchId);
};

const HOSTILE = '<b onmouseover="x()">Acme</b> {{ amount }} \u202EGPJ\u2066 & "Söhne" =?UTF-8?Q?x?=';
const LONG_ARABIC = 'شركة مجموعة الفجيرة والظفرة المتحدة للمقاولات العامة وتجارة مواد البناء والأدوات الصحية والكهربائية ذ.م.م (فرع 2-B)';

const dollars = { currency: 'USD' } as const;

/** What each list changes of a plain reminder. */
const LISTS: Readonly<Record<string, () => Partial<ReminderMail>>> = {
  '2-items': () => ({ lines: manyLines(2) }),
  '12-items': () => ({ lines: manyLines(12) }),
  '300-items': () => ({ lines: manyLines(300), attachesStatement: true }),
  'two-currencies': () => ({ lines: [...manyLines(3), ...manyLines(2, dollars).map((line) => ({ ...line, number: `X-${line.number}` }))] }),
  credits: () => ({
    lines: [
      ...manyLines(3),
      aCredit({ totalMinor: 150_000n }),
      aCredit({ kind: 'ON_ACCOUNT', number: 'TT-88231', totalMinor: 20_000n, balanceMinor: -20_000n, askedMinor: -20_000n }),
    ],
  }),
  branches: () => ({ lines: inBranches(manyLines(7)) }),
  'long-arabic-names': () => ({
    customer: { code: 'ش-2026/104', name: LONG_ARABIC, nameAr: LONG_ARABIC, trn: '100987654321003' },
    recipient: { name: 'سعادة المهندس عبدالرحمن بن محمد آل نهيان المنصوري', nameAr: 'عبدالرحمن بن محمد المنصوري', title: 'Eng.' },
    lines: manyLines(4).map((line, index) => ({
      ...line,
      number: `فاتورة/${line.number}`,
      customerReference: index === 0 ? 'أمر شراء 45-2026' : null,
    })),
  }),
  'hostile-names': () => ({
    customer: { code: 'C"><i>', name: HOSTILE, nameAr: HOSTILE, trn: null },
    recipient: { name: `To ${HOSTILE}`, nameAr: null, title: null },
    lines: manyLines(3).map((line) => ({ ...line, number: `${HOSTILE}${line.number}`, customerReference: HOSTILE })),
  }),
};

const single: Readonly<Record<string, () => Partial<ReminderMail>>> = {
  '1-item': () => ({ lines: manyLines(1) }),
  '1-item-and-a-credit': () => ({ lines: [...manyLines(1), aCredit()] }),
};

export function* galleryCases(): Generator<GalleryCase> {
  for (const level of ESCALATION_LEVELS) {
    for (const language of LANGUAGES) {
      for (const [kind, lists] of [
        ['consolidated', LISTS],
        ['individual', single],
      ] as const) {
        for (const [list, changes] of Object.entries(lists)) {
          const name = `${level}-${kind}-${language}-${list}`.toLowerCase().replace('_', '+');
          yield { name, level, kind, language, mail: mailOf(level, language, changes()) };
        }
      }
    }
  }
}

export interface StatementCase {
  /** Names its files: `statement-en+ar-300-items`. */
  readonly name: string;
  readonly content: StatementContent;
}

/** With each list one invoice that is not due yet, which no reminder shows. */
export function* statementCases(): Generator<StatementCase> {
  const lists = { ...LISTS, ...single, nothing: () => ({ lines: [] }) };
  for (const language of LANGUAGES) {
    for (const [list, changes] of Object.entries(lists)) {
      const { company, customer, lines, asOn } = mailOf('POLITE', language, changes());
      const dueOn = asOn.add({ days: 12 });
      const later = lines.slice(0, 1).map((line) => ({ ...line, invoiceId: asId<'invoice'>(999), number: `${line.number}-B`, dueOn }));
      const items = [...lines, ...later].map((line) => ({ ...line, isDueComputed: false, linkedInvoiceId: null }));
      const name = `statement-${language}-${list}`.toLowerCase().replace('_', '+');
      yield { name, content: { company, customer, language, statement: statementOf(items, asOn) } };
    }
  }
}

function mailOf(level: EscalationLevel, language: Language, changes: Partial<ReminderMail>): ReminderMail {
  const { company } = aReminder();
  const usd = { bankName: 'Emirates NBD', bankNameAr: 'بنك الإمارات دبي الوطني', accountName: company.name, swift: 'EBILAEAD' };
  return aReminder({
    level,
    language,
    finalDeadlineOn: level === 'FINAL' ? day('2026-12-17') : null,
    caseKey: 'C-104',
    company: {
      ...company,
      paymentLink: 'https://pay.falcon.example/account',
      bankAccounts: [...company.bankAccounts, { ...usd, iban: 'AE450331234567890123999', currency: 'USD' }],
    },
    ...changes,
  });
}
