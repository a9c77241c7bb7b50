/** The words of the monthly report, each in both languages: a manager reads the one they like. Figures are written once, in Western digits. */
import { ENGLISH_MONTHS, GULF_MONTHS } from '../../../mail/mail-language.ts';

/** English, Arabic. */
export type Words = readonly [english: string, arabic: string];

export const WORDS = {
  title: ['Receivables and reminders', 'الذمم المدينة والتذكيرات'],
  asOf: ['As of', 'كما في'],
  open: ['Open', 'المستحقات القائمة'],
  overdue: ['Overdue', 'المتأخرة'],
  over90: ['Over 90 days', 'أكثر من 90 يوماً'],
  dso: ['DSO, days', 'أيام التحصيل (DSO)'],
  cei: ['Collection effectiveness', 'فاعلية التحصيل'],
  saved: ['Emails saved in the month', 'رسائل تم توفيرها في الشهر'],
  ageingNow: ['Open by days past due', 'المستحقات حسب أيام التأخر'],
  ageingTrend: ['Overdue and not yet due, end of month', 'المتأخر وغير المستحق بعد، نهاية كل شهر'],
  dsoTrend: ['DSO and the best it could be, days', 'أيام التحصيل وأفضل ما يمكن بلوغه'],
  volume: [
    'Reminders sent, and what one by one would have added, per week',
    'التذكيرات المرسلة أسبوعياً، وما كان سيضاف لو أُرسلت لكل فاتورة',
  ],
  current: ['Not yet due', 'غير مستحق بعد'],
  best: ['Best possible', 'أفضل ما يمكن'],
  sent: ['Sent', 'مرسلة'],
  spared: ['Spared', 'تم توفيرها'],
  currencies: ['Each currency by itself', 'كل عملة على حدة'],
  currency: ['Currency', 'العملة'],
  countback: ['Countback', 'DSO بطريقة الاستنفاد'],
  late: ['Days delinquent', 'متوسط أيام التأخر'],
  mail: ['Mail of the month', 'بريد الشهر'],
  accepted: ['Accepted', 'مقبولة'],
  returned: ['Came back', 'مرتدة'],
  replied: ['Answered', 'تم الرد عليها'],
  promises: ['Promises kept', 'وعود أوفي بها'],
  responses: ['Settled after a reminder, last 90 days', 'المسدد بعد التذكير، آخر 90 يوماً'],
  within: ['Within', 'خلال'],
  settled: ['Settled', 'مسدد'],
  earlier: ['Against the same customers before', 'مقارنة بالعملاء أنفسهم سابقاً'],
  notACause: ['A comparison, not a cause.', 'مقارنة وليست علاقة سببية.'],
  smallSample: ['~ few customers to compare: chance may be all there is.', '~ عدد قليل من العملاء للمقارنة: قد يكون الفرق مصادفة.'],
  nothingSent: ['No reminder is old enough to be looked at.', 'لا يوجد تذكير قديم بما يكفي للنظر فيه.'],
  next: ['What to look into', 'ما يستحق المتابعة'],
  nothingStandsOut: ['Nothing stands out.', 'لا شيء لافت.'],
  days: ['days', 'يوماً'],
} as const satisfies Readonly<Record<string, Words>>;

/** What each suggestion is about; its sentence follows in English, with the commands that go with it. */
export const SUGGESTION_TITLES: Readonly<Record<string, Words>> = {
  'near-limitation': ['Nearing limitation', 'فواتير تقترب من التقادم'],
  'vat-relief': ['VAT relief candidates', 'ديون قد تستحق استرداد الضريبة'],
  'broken-promises': ['Broken promises', 'وعود لم يوفَ بها'],
  'credit-limits': ['Credit limits exceeded', 'تجاوز حدود الائتمان'],
  'returned-addresses': ['Addresses that return mail', 'عناوين ترتد منها الرسائل'],
  'level-stops-working': ['A level that stops working', 'مستوى تذكير فقد أثره'],
  'below-minimum': ['Below the minimum', 'دون الحد الأدنى'],
  'auto-threshold': ['Mails that could be one', 'رسائل يمكن جمعها'],
};

/** `June 2026`, `يونيو 2026`. */
export function monthWords(month: string): Words {
  const { month: number, year } = Temporal.PlainYearMonth.from(month);
  return [`${ENGLISH_MONTHS[number - 1] ?? ''} ${year}`, `${GULF_MONTHS[number - 1] ?? ''} ${year}`];
}

export const shortMonth = (iso: string): string => (ENGLISH_MONTHS[Temporal.PlainDate.from(iso).month - 1] ?? '').slice(0, 3);
