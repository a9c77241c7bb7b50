/** Puts a customer's English and Arabic names together from the paired words, no two alike among the first 200,000 or so. */
import { BugError } from '../../domain/operator-error.ts';
import { isGovernment } from '../../domain/vocabulary.ts';
import type { BusinessType, Emirate } from '../../domain/vocabulary.ts';
import {
  ACTIVITIES,
  CONTRACTING_ACTIVITIES,
  DISTRICTS,
  EMIRATE_NAMES,
  FAMILY_NAMES,
  FIRST_WORDS,
  GIVEN_NAMES,
  GOVERNMENT_BODIES,
  MIDDLE_WORDS,
} from './words.ts';
import type { WordPair } from './words.ts';

export interface CustomerName {
  readonly english: string;
  readonly arabic: string;
  /** Latin letters, digits and hyphens: for a mail domain. */
  readonly slug: string;
  readonly isContractor: boolean;
}

interface Naming {
  readonly index: number;
  readonly headOffice: number | null;
  readonly type: BusinessType;
  readonly emirate: Emirate;
}

export function customerName({ index, headOffice, type, emirate }: Naming): CustomerName {
  if (headOffice !== null) return branchName(index, headOffice);
  if (isGovernment(type)) return governmentName(index, emirate);
  if (type === 'INDIVIDUAL' || type === 'FREELANCE') return personName(index);
  const { english, arabic, activity } = tradeName(index);
  const [formEnglish, formArabic] = LEGAL_FORMS[type] ?? ['LLC', 'ذ.م.م'];
  return named(`${english} ${formEnglish}`, `${arabic} ${formArabic}`, english, CONTRACTING_ACTIVITIES.has(activity));
}

/** How each form is written after a name. Forms that are not are written as an LLC. */
const LEGAL_FORMS: Readonly<Partial<Record<BusinessType, WordPair>>> = {
  LLC: ['LLC', 'ذ.م.م'],
  LLC_SPC: ['LLC SPC', 'شركة الشخص الواحد ذ.م.م'],
  SOLE_EST: ['Est.', '- مؤسسة فردية'],
  CIVIL: ['Civil Company', '- شركة مدنية'],
  PJSC: ['PJSC', 'ش.م.ع'],
  PRJSC: ['PrJSC', 'ش.م.خ'],
  FZE: ['FZE', 'م.م.ح'],
  FZCO: ['FZCO', 'ش.م.ح'],
  FZ_LLC: ['FZ-LLC', 'منطقة حرة ذ.م.م'],
  DIFC: ['Ltd', 'المحدودة'],
  ADGM: ['Ltd', 'المحدودة'],
  BRANCH_FOREIGN: ['(Branch)', '(فرع)'],
  FOREIGN: ['Ltd', 'المحدودة'],
};

const wordAt = <Word>(words: readonly Word[], index: number): Word => {
  const word = words[index % words.length];
  if (word === undefined) throw new BugError('an empty word list');
  return word;
};

/** Step through all combinations by a number without common factor, so that neighbours in the book do not sound alike. */
const COMBINATIONS = FIRST_WORDS.length * MIDDLE_WORDS.length * ACTIVITIES.length;
const STEP = 9_973;

function tradeName(index: number): { readonly english: string; readonly arabic: string; readonly activity: string } {
  const combination = (index * STEP) % COMBINATIONS;
  const [first, firstAr] = wordAt(FIRST_WORDS, combination);
  const [activity, activityAr] = wordAt(ACTIVITIES, Math.floor(combination / FIRST_WORDS.length));
  const [middle, middleAr] = wordAt(MIDDLE_WORDS, Math.floor(combination / (FIRST_WORDS.length * ACTIVITIES.length)));
  const round = Math.floor(index / COMBINATIONS);
  const [place, placeAr] = round === 0 ? ['', ''] : wordAt(DISTRICTS, round - 1);
  return { english: joined(first, middle, activity, place), arabic: joined(firstAr, middleAr, activityAr, placeAr), activity };
}

/** Where a branch lies, so that its emirate and its name agree. */
export const branchEmirate = (index: number, headOffice: number): Emirate => wordAt(DISTRICTS, index - headOffice - 1)[2];

function branchName(index: number, headOffice: number): CustomerName {
  const head = tradeName(headOffice);
  const [district, districtAr] = wordAt(DISTRICTS, index - headOffice - 1);
  return named(
    `${head.english} LLC, ${district} branch`,
    `${head.arabic} ذ.م.م، فرع ${districtAr}`,
    head.english,
    CONTRACTING_ACTIVITIES.has(head.activity),
  );
}

function governmentName(index: number, emirate: Emirate): CustomerName {
  const [body, bodyAr] = wordAt(GOVERNMENT_BODIES, Math.floor(index / 7));
  const [place, placeAr] = EMIRATE_NAMES[emirate];
  return named(`${body}, ${place}`, `${bodyAr} - ${placeAr}`, body, false);
}

function personName(index: number): CustomerName {
  const [given, givenAr] = wordAt(GIVEN_NAMES, index);
  const [family, familyAr] = wordAt(FAMILY_NAMES, Math.floor(index / 3));
  return named(`${given} ${family}`, `${givenAr} ${familyAr}`, `${given} ${family}`, false);
}

const joined = (...words: readonly string[]): string => words.filter((word) => word !== '').join(' ');

const named = (english: string, arabic: string, slugged: string, isContractor: boolean): CustomerName => ({
  english,
  arabic,
  slug: slugged
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, ''),
  isContractor,
});
