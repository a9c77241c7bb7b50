/**
 * Wording that no reminder may carry. Threats and insults are offences in the UAE (Federal Decree-Law 34/2021, Articles 42 and 43), and a
 * reminder that poses as a court's paper or names third parties costs more than any invoice. The list is short and plain on purpose: it
 * catches what an angry afternoon writes, and does not replace a reader. docs/templates.md prints it.
 */

export interface Threat {
  /** As the documentation prints it. */
  readonly words: string;
  readonly pattern: RegExp;
  readonly why: string;
}

const english = (words: string, why: string): Threat => ({
  words,
  pattern: new RegExp(`\\b(?:${words.split(', ').join('|').replaceAll(' ', '\\s+')})\\b`, 'i'),
  why,
});

/** Arabic letters may carry a prefix (`و`, `ب`, `ال` …), so the words are looked for inside longer ones. */
const arabic = (words: string, why: string): Threat => ({
  words,
  pattern: new RegExp(words.split('، ').join('|').replaceAll(' ', '\\s+')),
  why,
});

export const THREATS: readonly Threat[] = [
  english('police, arrest, arrested, jail, prison, imprisonment, criminal, crime', 'threatens with the police or a crime'),
  english('travel ban, deport, deported, deportation', 'threatens somebody’s stay or travel'),
  english(
    'blacklist, blacklisted, credit bureau, name and shame, publish your name, inform your customers, inform your bank',
    'threatens to tell others',
  ),
  english(
    'court notice, court order, summons, subpoena, legal notice, final notice, lawsuit, sue you, bailiff, seizure',
    'poses as a court’s paper, or threatens with one',
  ),
  english('fraud, fraudulent, thief, steal, stolen, cheat, cheated, dishonest, liar, shame, shameful', 'insults the reader'),
  english('or else, last warning, final warning, you will regret, consequences', 'threatens'),
  arabic('الشرطة، شرطة، السجن، سجن، الحبس، توقيفكم، جريمة، جنائي', 'threatens with the police or a crime'),
  arabic('منع السفر، منعكم من السفر، ترحيل، إبعادكم', 'threatens somebody’s stay or travel'),
  arabic('القائمة السوداء، قائمة سوداء، التشهير، نشر اسمكم، إبلاغ عملائكم، إبلاغ البنك', 'threatens to tell others'),
  arabic(
    'إشعار قضائي، إنذار قضائي، إنذار عدلي، أمر محكمة، المحكمة، محكمة، دعوى قضائية، مقاضاتكم، الحجز على',
    'poses as a court’s paper, or threatens with one',
  ),
  arabic('احتيال، سرقة، لصوص، كاذب، عار عليكم', 'insults the reader'),
  arabic('وإلا ف، التحذير الأخير، الإنذار الأخير، ستندمون، عواقب', 'threatens'),
];

/** Vowel signs and the stretched stroke, with which a word looks different to a search and the same to a reader. */
const ORNAMENT = /[\u064B-\u0652\u0670\u0640]/g;

/** The first threat in a text, with the words that make it one. */
export function threatIn(text: string): { readonly words: string; readonly why: string } | null {
  const plain = text.normalize('NFKC').replace(ORNAMENT, '');
  for (const { pattern, why } of THREATS) {
    const found = pattern.exec(plain);
    if (found) return { words: found[0], why };
  }
  return null;
}
