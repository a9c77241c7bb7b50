/** One made-up customer: who it is, how it pays, and how much it buys. Everything follows from the seed and its place in the book. */
import type { Day } from '../../domain/days.ts';
import type { Currency } from '../../domain/money.ts';
import { trnFromSerial } from '../../domain/trn.ts';
import { isGovernment } from '../../domain/vocabulary.ts';
import type { BusinessType, CollectionStatus, Emirate, Language } from '../../domain/vocabulary.ts';
import type { CustomerRecord } from '../ledger-records.ts';
import { Random } from './random.ts';
import { customerCode, headOfficeOf, isHeadOffice, placeInBlock } from './account-groups.ts';
import { sampleContacts } from './sample-contacts.ts';
import { branchEmirate, customerName } from './customer-name.ts';
import type { CustomerName } from './customer-name.ts';
import { SAMPLE_COMPANY } from './sample-company.ts';

/** How an account pays. Real books are mostly prompt, with a long tail that makes the work. */
export type Payer = 'PROMPT' | 'USUAL' | 'SLOW' | 'CHRONIC';

export interface SampleCustomer {
  readonly record: CustomerRecord;
  readonly payer: Payer;
  readonly currency: Currency;
  /** Median invoice, minor units. */
  readonly typicalMinor: number;
  readonly givesLpo: boolean;
  readonly withholdsRetention: boolean;
  /** Pays on fixed days only, several invoices at a time. */
  readonly paysInRuns: boolean;
  readonly random: Random;
}

/** Separates the draws that only set a customer's share of the invoices from those that describe it. */
const WEIGHT_STREAM = 0x4000_0000;

/** Twenty-five years: in a book of 200,000 customers the longest tail would otherwise begin before the company did. */
const LONGEST_TENURE_DAYS = 9_130;

/** How many invoices a customer has, relative to others: Pareto, so that few accounts make most of the book. */
export function customerWeight(seed: number, index: number): number {
  const weight = (1 - new Random(seed, WEIGHT_STREAM + index).next()) ** -0.8;
  // Uncapped, one draw in a million would give a single customer a tenth of the book.
  return Math.min(weight, 40);
}

export function sampleCustomer(seed: number, index: number, asOn: Day): SampleCustomer {
  const random = new Random(seed, index);
  const headOffice = headOfficeOf(index);
  const emirate = headOffice === null ? random.weighted(EMIRATE_SHARES) : branchEmirate(index, headOffice);
  const type = headOffice === null ? businessType(random, index) : 'BRANCH_LOCAL';
  const name = customerName({ index, headOffice, type, emirate });
  const status = collectionStatus(random, index, headOffice);
  const payer = status === 'NORMAL' ? random.weighted(isGovernment(type) ? GOVERNMENT_PAYERS : PAYERS) : 'SLOW';
  const scale = random.normal(0, 0.6) + Math.log(customerWeight(seed, index)) * 0.5;
  return {
    record: record({ seed, index, asOn, random, emirate, type, name, status, headOffice }),
    payer,
    currency: type === 'FOREIGN' ? random.weighted(FOREIGN_CURRENCIES) : random.weighted(LOCAL_CURRENCIES),
    typicalMinor: 320_000 * Math.exp(scale) * (isGovernment(type) ? 3 : 1),
    givesLpo: isGovernment(type) || random.chance(0.75),
    withholdsRetention: name.isContractor && random.chance(0.7),
    paysInRuns: random.chance(0.4),
    random,
  };
}

interface CustomerTraits {
  readonly seed: number;
  readonly index: number;
  readonly asOn: Day;
  readonly random: Random;
  readonly emirate: Emirate;
  readonly type: BusinessType;
  readonly name: CustomerName;
  readonly status: CollectionStatus;
  readonly headOffice: number | null;
}

function record(traits: CustomerTraits): CustomerRecord {
  const { seed, index, asOn, random, emirate, type, name, status, headOffice } = traits;
  const language = customerLanguage(random, type);
  return {
    code: customerCode(index),
    name: name.english,
    nameAr: name.arabic,
    billToCode: headOffice === null ? null : customerCode(headOffice),
    contacts: sampleContacts({ random, index, name, language, isBranch: headOffice !== null }),
    language,
    trn: trnOf({ seed, index, type, status }, random),
    businessType: type,
    emirate: type === 'FOREIGN' ? null : emirate,
    paymentTermsDays: status === 'CASH' ? 0 : random.weighted(isGovernment(type) ? GOVERNMENT_TERMS : TERMS),
    graceDays: random.chance(0.04) ? random.pick([5, 10]) : null,
    calendarPreset: null,
    consolidationPreference: random.weighted([
      [null, 0.91],
      ['AUTO', 0.06],
      ['DISABLED', 0.03],
    ]),
    maxConsolidationMinor: random.chance(0.04) ? BigInt(random.pick([1_000_000, 2_500_000, 5_000_000])) : null,
    preferredContactIntervalDays: random.chance(0.04) ? random.pick([14, 21, 30]) : null,
    collectionStatus: status,
    creditLimitMinor: random.chance(0.6) ? BigInt(random.pick([2_000_000, 5_000_000, 10_000_000, 25_000_000])) : null,
    customerSince: asOn.subtract({ days: 200 + Math.min(LONGEST_TENURE_DAYS, Math.floor(random.exponential(1_200))) }),
    phone: type === 'FOREIGN' ? null : `+971 4 000 ${String(index % 10_000).padStart(4, '0')}`,
    isActive: !random.chance(0.015),
    lastContactOn: null,
    lastLevel: null,
    source: { file: 'sample-book', row: index + 2 },
  };
}

const EMIRATE_SHARES: readonly (readonly [Emirate, number])[] = [
  ['AUH', 27],
  ['DXB', 45],
  ['SHJ', 13],
  ['AJM', 6],
  ['UAQ', 1],
  ['RAK', 5],
  ['FUJ', 3],
];
const PAYERS: readonly (readonly [Payer, number])[] = [
  ['PROMPT', 44],
  ['USUAL', 31],
  ['SLOW', 17],
  ['CHRONIC', 8],
];
const GOVERNMENT_PAYERS: readonly (readonly [Payer, number])[] = [
  ['USUAL', 25],
  ['SLOW', 65],
  ['CHRONIC', 10],
];
const TERMS: readonly (readonly [number, number])[] = [
  [7, 4],
  [15, 8],
  [30, 48],
  [45, 12],
  [60, 20],
  [90, 8],
];
const GOVERNMENT_TERMS: readonly (readonly [number, number])[] = [
  [30, 30],
  [60, 40],
  [90, 30],
];
const LOCAL_CURRENCIES: readonly (readonly [Currency, number])[] = [
  ['AED', 96],
  ['USD', 3],
  ['EUR', 1],
];
const FOREIGN_CURRENCIES: readonly (readonly [Currency, number])[] = [
  ['USD', 70],
  ['EUR', 25],
  ['AED', 5],
];

/** Kinds that even a small book must contain stand at fixed places of every 400 customers; the rest follow their shares. */
const CAST_TYPES: ReadonlyMap<number, BusinessType> = new Map([
  [24, 'GOV_FEDERAL'],
  [31, 'GOV_LOCAL'],
  [38, 'GRE'],
  [45, 'FOREIGN'],
  [131, 'GOV_FEDERAL'],
  [138, 'GOV_LOCAL'],
  [231, 'GRE'],
  [338, 'GOV_LOCAL'],
]);
const CAST_STATUSES: ReadonlyMap<number, CollectionStatus> = new Map([
  [27, 'INTERNAL'],
  [34, 'LEGAL'],
  [41, 'CASH'],
  [48, 'INSOLVENT'],
  [55, 'AGENCY'],
  [127, 'INTERNAL'],
  [227, 'LEGAL'],
]);

const TYPES: readonly (readonly [BusinessType, number])[] = [
  ['LLC', 52],
  ['LLC_SPC', 8],
  ['SOLE_EST', 12],
  ['FZE', 6],
  ['FZCO', 5],
  ['FZ_LLC', 4],
  ['CIVIL', 2],
  ['PRJSC', 2],
  ['PJSC', 1],
  ['BRANCH_FOREIGN', 2],
  ['DIFC', 1],
  ['ADGM', 1],
  ['FOREIGN', 3],
  ['INDIVIDUAL', 1],
];

const businessType = (random: Random, index: number): BusinessType => {
  const drawn = random.weighted(TYPES);
  // Branches take their name from an LLC.
  return isHeadOffice(index) ? 'LLC' : (CAST_TYPES.get(placeInBlock(index)) ?? drawn);
};

function collectionStatus(random: Random, index: number, headOffice: number | null): CollectionStatus {
  const drawn = random.weighted<CollectionStatus>([
    ['NORMAL', 970],
    ['CASH', 20],
    ['LEGAL', 6],
    ['INSOLVENT', 2],
    ['AGENCY', 2],
  ]);
  return headOffice === null ? (CAST_STATUSES.get(placeInBlock(index)) ?? drawn) : 'NORMAL';
}

function customerLanguage(random: Random, type: BusinessType): Language | null {
  const drawn = random.weighted<Language | null>([
    [null, 58],
    ['EN', 20],
    ['AR_EN', 12],
    ['AR', 7],
    ['EN_AR', 3],
  ]);
  if (isGovernment(type)) return 'AR_EN';
  return type === 'FOREIGN' ? 'EN' : drawn;
}

/** Sister companies share the company's own number, as a VAT group does; that is how they are found. */
function trnOf({ seed, index, type, status }: Pick<CustomerTraits, 'seed' | 'index' | 'type' | 'status'>, random: Random): string | null {
  const isRegistered = random.chance(0.93);
  if (status === 'INTERNAL') return SAMPLE_COMPANY.trn;
  if (type === 'FOREIGN' || type === 'INDIVIDUAL' || type === 'BRANCH_LOCAL' || !isRegistered) return null;
  // 611 has no factor in common with the 999,979 serials below the company's own, so none is given twice.
  return trnFromSerial(((Math.abs(seed) % 1_000) * 31 + index * 611) % 999_979);
}
