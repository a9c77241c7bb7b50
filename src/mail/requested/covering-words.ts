/** The few sentences that go with a file somebody asked for. They ask for nothing, so they need no level and no template. */
import type { Day } from '../../domain/days.ts';
import type { MailLanguage } from '../mail-language.ts';

export type RequestedSubject =
  | { readonly kind: 'STATEMENT'; readonly account: string; readonly asOn: Day; readonly answersRequest: boolean }
  | { readonly kind: 'COPY'; readonly numbers: readonly string[] };

export interface CoveringWords {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The invoices attached, one a line; empty for a statement. */
  readonly list: readonly string[];
  readonly closing: string;
}

/** More numbers than these are told by the list in the mail, not by its subject. */
const NUMBERS_IN_SUBJECT = 3;

export function coveringWords(about: RequestedSubject, language: MailLanguage): CoveringWords {
  const isArabic = language.code === 'ar';
  const closing = isArabic ? 'وتفضلوا بقبول فائق الاحترام والتقدير،' : 'Kind regards,';
  const words = about.kind === 'STATEMENT' ? statementWords(about, language) : copyWords(about, language);
  return { list: [], closing, ...words };
}

type Words = Pick<CoveringWords, 'subject' | 'paragraphs'> & { readonly list?: readonly string[] };

function statementWords(
  { account, asOn, answersRequest }: Extract<RequestedSubject, { kind: 'STATEMENT' }>,
  language: MailLanguage,
): Words {
  const [code, day] = [language.id(account), language.day(asOn)];
  if (language.code === 'ar')
    return {
      subject: `كشف حساب ${code} كما في ${day}`,
      paragraphs: [
        `${answersRequest ? 'بناءً على طلبكم، نرفق لكم' : 'نرفق لكم للاطلاع'} كشف حسابكم ${code} كما في ${day}.`,
        'يشمل الكشف جميع البنود غير المسددة في ذلك التاريخ، سواء حلّ موعد استحقاقها أم لم يحلّ. وإذا وجدتم فيه ما يختلف عن سجلاتكم فنرجو الرد على هذه الرسالة لنراجعه معًا.',
      ],
    };
  return {
    subject: `Statement of account ${code} as of ${day}`,
    paragraphs: [
      `${answersRequest ? 'As you asked, please find attached' : 'For your records, please find attached'} the statement of your account ${code} as of ${day}.`,
      'It lists everything open on that day, whether due or not. If anything in it differs from your books, please reply to this email and we will look into it together.',
    ],
  };
}

function copyWords({ numbers }: Extract<RequestedSubject, { kind: 'COPY' }>, language: MailLanguage): Words {
  const isOne = numbers.length === 1;
  const list = numbers.map((number) => language.id(number));
  const named = list.length <= NUMBERS_IN_SUBJECT;
  if (language.code === 'ar')
    return {
      subject: `${isOne ? 'نسخة الفاتورة' : 'نسخ الفواتير'} ${named ? list.join('، ') : `(${language.id(String(list.length))})`}`,
      paragraphs: [
        `بناءً على طلبكم، نرفق لكم ${isOne ? 'نسخة من الفاتورة التالية' : 'نسخًا من الفواتير التالية'}. وهي مستندات صدرت سابقًا ولا تمثل مطالبة جديدة.`,
      ],
      list,
    };
  return {
    subject: `${isOne ? 'Copy of invoice' : 'Copies of invoices'} ${named ? list.join(', ') : `(${list.length})`}`,
    paragraphs: [
      `As you asked, please find attached ${isOne ? 'a copy of this invoice' : 'copies of these invoices'}. ${isOne ? 'It was' : 'They were'} issued earlier; nothing new is charged.`,
    ],
    list,
  };
}
