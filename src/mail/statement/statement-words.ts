/**
 * The words of a statement of account in both languages. Where a customer reads both, a heading carries the second below the first,
 * as bilingual statements in the Gulf do; figures and identifiers are the same in either and stand once.
 */
import type { AgeingBucket } from '../../domain/ageing.ts';
import { groupedText } from '../../domain/money.ts';
import type { StatementLine, StatementMark } from '../../domain/statement.ts';
import type { Language } from '../../domain/vocabulary.ts';
import { ARABIC, ENGLISH, type MailLanguage } from '../mail-language.ts';

interface StatementWords {
  readonly title: string;
  readonly number: string;
  readonly original: string;
  readonly settled: string;
  readonly balance: string;
  readonly days: string;
  readonly age: string;
  readonly branch: string;
  readonly currency: string;
  readonly kind: string;
  readonly kindInvoice: string;
  readonly customer: string;
  readonly total: string;
  readonly ageing: string;
  readonly credits: string;
  readonly buckets: Readonly<Record<AgeingBucket, string>>;
  readonly note: string;
  readonly marks: Readonly<Record<StatementMark['kind'], string>>;
  readonly nothingOpen: string;
  readonly noDemand: string;
}

/** One of the languages a statement is in. */
export interface StatementLanguage {
  readonly mail: MailLanguage;
  readonly words: StatementWords;
}

const IN_ENGLISH: StatementLanguage = {
  mail: ENGLISH,
  words: {
    title: 'Statement of account',
    number: 'Document',
    original: 'Original',
    settled: 'Paid / credited',
    balance: 'Balance',
    days: 'Days past due',
    age: 'Age in days',
    branch: 'Branch',
    currency: 'Currency',
    kind: 'Kind',
    kindInvoice: 'Invoice',
    customer: 'Customer',
    total: 'Total',
    ageing: 'By days past due',
    credits: 'Credits',
    buckets: {
      current: 'Not due',
      '1-30': '1-30',
      '31-60': '31-60',
      '61-90': '61-90',
      '91-120': '91-120',
      '121-180': '121-180',
      '181-365': '181-365',
      'over-365': 'Over 365',
    },
    note: 'Note',
    marks: { DISPUTE: 'Under query', PROMISE: 'Payment promised', CHEQUE: 'Cheque held', RETENTION: 'Retention' },
    nothingOpen: 'Nothing is open on this account.',
    noDemand:
      'This statement lists everything open on the account, amounts not yet due included. Please tell us of anything that differs from your books.',
  },
};

const IN_ARABIC: StatementLanguage = {
  mail: ARABIC,
  words: {
    title: 'كشف حساب',
    number: 'رقم المستند',
    original: 'المبلغ الأصلي',
    settled: 'المسدد',
    balance: 'الرصيد',
    days: 'أيام التأخير',
    age: 'العمر بالأيام',
    branch: 'الفرع',
    currency: 'العملة',
    kind: 'النوع',
    kindInvoice: 'فاتورة',
    customer: 'العميل',
    total: 'الإجمالي',
    ageing: 'حسب أيام التأخير',
    credits: 'أرصدة دائنة',
    buckets: {
      current: 'غير مستحق',
      '1-30': '1-30',
      '31-60': '31-60',
      '61-90': '61-90',
      '91-120': '91-120',
      '121-180': '121-180',
      '181-365': '181-365',
      'over-365': 'أكثر من 365',
    },
    note: 'ملاحظة',
    marks: { DISPUTE: 'قيد المراجعة', PROMISE: 'موعود بسداده', CHEQUE: 'شيك محفوظ لدينا', RETENTION: 'مبلغ محتجز' },
    nothingOpen: 'لا توجد أرصدة مفتوحة على هذا الحساب.',
    noDemand: 'يبيّن هذا الكشف جميع البنود المفتوحة على الحساب، بما فيها ما لم يحن موعد استحقاقه. نرجو إفادتنا بأي اختلاف عن سجلاتكم.',
  },
};

/** First the one that decides the direction of the page. */
export const STATEMENT_LANGUAGES: Readonly<Record<Language, readonly [StatementLanguage, ...StatementLanguage[]]>> = {
  EN: [IN_ENGLISH],
  AR: [IN_ARABIC],
  EN_AR: [IN_ENGLISH, IN_ARABIC],
  AR_EN: [IN_ARABIC, IN_ENGLISH],
};

/** What stands small below an invoice that is disputed, promised, paid by cheque or retained; with the amount when it is about a part. */
export const marksOf = ({ marks, item: { currency } }: StatementLine, { words }: StatementLanguage): readonly string[] =>
  marks.map(({ kind, amountMinor }) => words.marks[kind] + (amountMinor === null ? '' : `: ${groupedText(amountMinor, currency)}`));
