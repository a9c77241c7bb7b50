/**
 * The two languages a reminder speaks: labels, amounts, dates and forms of address, as Gulf business letters write them
 * (Western digits, `AED 12,345.60` and `12,345.60 درهم`, months written out so that 03/04 is never guessed at).
 */
import type { OpenItemKind } from '../domain/account-facts.ts';
import type { Day } from '../domain/days.ts';
import { groupedText, type Currency } from '../domain/money.ts';
import { headerText } from '../domain/safe-text.ts';
import { arabicCount } from './arabic-count.ts';
import { identifier, leftToRight, ownDirection, rightToLeft, standingAlone } from './reading-order.ts';

export interface MailLanguage {
  readonly key: 'EN' | 'AR';
  /** For HTML's `lang`. */
  readonly code: 'en' | 'ar';
  readonly dir: 'ltr' | 'rtl';
  readonly labels: Readonly<Record<LabelName, string>>;
  readonly credits: Readonly<Record<Exclude<OpenItemKind, 'INVOICE'>, string>>;
  /** What the amounts of a table are in: `AED`, `درهم`. */
  readonly currency: (currency: Currency) => string;
  /** An amount without its currency. */
  readonly figure: (minor: bigint, currency: Currency) => string;
  readonly amount: (minor: bigint, currency: Currency) => string;
  readonly day: (day: Day) => string;
  /** A number or identifier from the ledger or the company's settings. */
  readonly id: (text: string) => string;
  readonly name: (text: string) => string;
  /** Opening lines: the company in the plural, then the person when known; titles are never guessed. */
  readonly greeting: (customer: string, person: { readonly name: string; readonly title: string | null } | null) => readonly string[];
  /** Shown instead of rows that no longer fit. */
  readonly andMore: (count: number) => string;
  /** A number of invoices as a phrase of its own: `3 invoices`. */
  readonly invoices: (count: number) => string;
  /** An age as a phrase of its own: `30 days past due`. */
  readonly pastDue: (days: number) => string;
  readonly days: (days: number) => string;
  readonly setAside: (amount: string) => string;
}

type LabelName =
  | 'invoice'
  | 'reference'
  | 'issued'
  | 'due'
  | 'days'
  | 'total'
  | 'balance'
  | 'sum'
  | 'amountDue'
  | 'asOf'
  | 'account'
  | 'ourReference'
  | 'bank'
  | 'accountName'
  | 'iban'
  | 'swift'
  | 'bankNote'
  | 'phone'
  | 'trn'
  | 'moreOnRequest'
  | 'moreInStatement'
  | 'statementAttached'
  | 'paid'
  | 'applied'
  | 'paymentReference'
  | 'payOnline'
  | 'email'
  | 'itemsOf'
  | 'dated'
  | 'preview'
  | 'branchTotal'
  | 'accountsTeam';

export const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** The names used in the Gulf, not the Levantine كانون and شباط. */
export const GULF_MONTHS = ['يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر'];

const ARABIC_CURRENCIES: Readonly<Record<Currency, string>> = {
  AED: 'درهم',
  SAR: 'ريال سعودي',
  QAR: 'ريال قطري',
  OMR: 'ريال عماني',
  KWD: 'دينار كويتي',
  BHD: 'دينار بحريني',
  USD: 'دولار أمريكي',
  EUR: 'يورو',
  GBP: 'جنيه إسترليني',
  INR: 'روبية هندية',
};

export const ENGLISH: MailLanguage = {
  key: 'EN',
  code: 'en',
  dir: 'ltr',
  labels: {
    invoice: 'Invoice',
    reference: 'Your reference',
    issued: 'Issued',
    due: 'Due',
    days: 'Days past due',
    total: 'Invoice total',
    balance: 'Balance due',
    sum: 'Total due',
    amountDue: 'Amount due',
    asOf: 'as of',
    account: 'Account',
    ourReference: 'Our reference',
    bank: 'Payment by bank transfer',
    accountName: 'Account name',
    iban: 'IBAN',
    swift: 'SWIFT',
    bankNote:
      'Our bank details do not change by email. Before paying into any account that is new to you, please check with us by phone, on a number you already have.',
    phone: 'Phone',
    trn: 'TRN',
    moreOnRequest: 'the full list is yours on request',
    moreInStatement: 'all of them in the attached statement',
    statementAttached: 'A statement of everything open on your account is attached.',
    paid: 'paid or credited',
    applied: 'already applied',
    paymentReference: 'Please quote',
    payOnline: 'Pay online',
    email: 'Email',
    itemsOf: 'Invoices in',
    dated: 'dated',
    preview: 'Preview: this is how the message would read. It was not sent to the customer.',
    branchTotal: 'branch total',
    accountsTeam: 'our accounts team',
  },
  credits: { CREDIT_NOTE: 'Credit note', ADVANCE: 'Advance payment', ON_ACCOUNT: 'Payment on account' },
  currency: (currency) => currency,
  figure: groupedText,
  amount: (minor, currency) => `${currency} ${groupedText(minor, currency)}`,
  day: (day) => `${day.day} ${ENGLISH_MONTHS[day.month - 1] ?? ''} ${day.year}`,
  id: (text) => standingAlone(headerText(text)),
  name: (text) => standingAlone(headerText(text)),
  greeting: (customer, person) => {
    if (!person) return [`Dear ${standingAlone(headerText(customer))} accounts team,`];
    return [`Dear ${englishPerson(person)},`];
  },
  andMore: (count) => `and ${count} more`,
  invoices: (count) => `${count} ${count === 1 ? 'invoice' : 'invoices'}`,
  pastDue: (days) => `${ENGLISH.days(days)} past due`,
  days: (days) => `${days} ${days === 1 ? 'day' : 'days'}`,
  setAside: (amount) => `${amount} of this invoice is set aside and not asked for now`,
};

export const ARABIC: MailLanguage = {
  key: 'AR',
  code: 'ar',
  dir: 'rtl',
  labels: {
    invoice: 'رقم الفاتورة',
    reference: 'مرجعكم',
    issued: 'تاريخ الإصدار',
    due: 'تاريخ الاستحقاق',
    days: 'أيام التأخير',
    total: 'إجمالي الفاتورة',
    balance: 'الرصيد المستحق',
    sum: 'المجموع المستحق',
    amountDue: 'المبلغ المستحق',
    asOf: 'كما في',
    account: 'الحساب',
    ourReference: 'مرجعنا',
    bank: 'السداد بالتحويل المصرفي',
    accountName: 'اسم الحساب',
    iban: 'رقم الآيبان',
    swift: 'سويفت',
    bankNote:
      'لا نغيّر بياناتنا المصرفية عبر البريد الإلكتروني. وقبل التحويل إلى أي حساب جديد عليكم، نرجو التحقق منا هاتفيًا على رقم معروف لديكم مسبقًا.',
    phone: 'الهاتف',
    trn: 'رقم التسجيل الضريبي',
    moreOnRequest: 'القائمة الكاملة متاحة عند الطلب',
    moreInStatement: 'جميعها في الكشف المرفق',
    statementAttached: 'نرفق لكم كشفًا بجميع البنود المفتوحة على حسابكم.',
    paid: 'المسدد أو المقيد دائنًا',
    applied: 'استُخدم منه',
    paymentReference: 'نرجو ذكر المرجع',
    payOnline: 'السداد الإلكتروني',
    email: 'البريد الإلكتروني',
    itemsOf: 'الفواتير بعملة',
    dated: 'بتاريخ',
    preview: 'معاينة: هكذا تظهر الرسالة. لم تُرسل إلى العميل.',
    branchTotal: 'مجموع الفرع',
    accountsTeam: 'قسم الحسابات',
  },
  credits: { CREDIT_NOTE: 'إشعار دائن', ADVANCE: 'دفعة مقدمة', ON_ACCOUNT: 'دفعة على الحساب' },
  currency: (currency) => ARABIC_CURRENCIES[currency] ?? leftToRight(currency),
  figure: (minor, currency) => leftToRight(groupedText(minor, currency)),
  amount: (minor, currency) => `${leftToRight(groupedText(minor, currency))} ${ARABIC.currency(currency)}`,
  day: (day) => rightToLeft(`${day.day} ${GULF_MONTHS[day.month - 1] ?? ''} ${day.year}`),
  id: (text) => identifier(headerText(text)),
  name: (text) => ownDirection(headerText(text)),
  greeting: (customer, person) => {
    const house = `السادة / ${ownDirection(headerText(customer))} المحترمين`;
    // A customer who is a person is addressed as one, not as a firm.
    if (person && person.name === customer) return [arabicPerson(person), 'تحية طيبة وبعد،'];
    return person ? [house, arabicPerson(person), 'تحية طيبة وبعد،'] : [house, 'تحية طيبة وبعد،'];
  },
  andMore: (count) =>
    `و${arabicCount(count, { one: 'بند واحد آخر', two: 'بندان آخران', few: 'بنود أخرى', many: 'بندًا آخر', other: 'بند آخر' })}`,
  invoices: (count) => arabicCount(count, { one: 'فاتورة واحدة', two: 'فاتورتان', few: 'فواتير', many: 'فاتورة', other: 'فاتورة' }),
  pastDue: (days) => `تأخير ${arabicCount(days, { one: 'يوم واحد', two: 'يومين', few: 'أيام', many: 'يومًا', other: 'يوم' })}`,
  days: (days) => arabicCount(days, { one: 'يوم واحد', two: 'يومان', few: 'أيام', many: 'يومًا', other: 'يوم' }),
  setAside: (amount) => `منها ${amount} معلّق وغير مطلوب حاليًا`,
};

/**
 * After a title a family name that begins with Al, El, Bin or Bint stands alone ("Mr. Al Mansoori"); which part of another name is the
 * family's nobody can tell from outside, so it stays whole.
 */
function englishPerson({ name, title }: Addressee): string {
  const whole = headerText(name);
  if (title === null) return standingAlone(whole);
  const family = /^\S+(?: \S+)*? ((?:Al|El|Bin|Bint)[ -]\S.*)$/i.exec(whole)?.[1];
  return `${standingAlone(headerText(title))} ${standingAlone(family ?? whole)}`;
}

interface Addressee {
  readonly name: string;
  readonly title: string | null;
}

/** Title as typed → how Arabic letters address it; the words around the name agree with the gender the title tells. */
const ARABIC_FORMS: readonly (readonly [RegExp, title: string, honour: string])[] = [
  [/^(?:mr\.?|السيد)$/i, 'السيد', 'المحترم'],
  [/^(?:ms\.?|mrs\.?|miss|السيدة|الآنسة)$/i, 'السيدة', 'المحترمة'],
  [/^(?:sheikh|الشيخ)$/i, 'الشيخ', 'المحترم'],
  [/^(?:sheikha|الشيخة)$/i, 'الشيخة', 'المحترمة'],
  [/^(?:h\.?e\.?|his excellency|her excellency|سعادة)$/i, 'سعادة', ''],
  [/^الأستاذ$/, 'الأستاذ', 'المحترم'],
  [/^الأستاذة$/, 'الأستاذة', 'المحترمة'],
  [/^الدكتور$/, 'الدكتور', 'المحترم'],
  [/^الدكتورة$/, 'الدكتورة', 'المحترمة'],
  [/^المهندس$/, 'المهندس', 'المحترم'],
  [/^المهندسة$/, 'المهندسة', 'المحترمة'],
];

/** Abbreviations that tell no gender: written before the name, after "for the attention of". */
const NEUTRAL_TITLES: readonly (readonly [RegExp, string])[] = [
  [/^(?:dr\.?|doctor)$/i, 'د.'],
  [/^(?:eng\.?|engr\.?|engineer)$/i, 'م.'],
];

/** The polite form depends on gender, which only some titles tell; anyone else is addressed by "for the attention of". */
function arabicPerson({ name, title }: Addressee): string {
  const shown = ownDirection(headerText(name));
  const given = title?.trim() ?? '';
  const form = ARABIC_FORMS.find(([pattern]) => pattern.test(given));
  if (form) return `${form[1]} / ${shown} ${form[2]}`.trim();
  const neutral = NEUTRAL_TITLES.find(([pattern]) => pattern.test(given))?.[1];
  return `عناية / ${neutral === undefined ? '' : `${neutral} `}${shown}`;
}
