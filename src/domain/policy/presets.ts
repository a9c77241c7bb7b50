/**
 * Three ready-made tones for a policy: how soon a company writes, how fast it grows firmer and how often it comes back. Data only.
 *
 * Every preset sets the same keys, so that changing from one to another leaves nothing of the first behind. All other keys are the
 * company's own facts (calendar, language, limits, weights) and stay as they are.
 */
import { policyField } from './fields.ts';

export const POLICY_PRESET_NAMES = ['cautious', 'standard', 'firm'] as const;
export type PolicyPresetName = (typeof POLICY_PRESET_NAMES)[number];

export interface PresetValue {
  readonly key: string;
  /** As an operator would type it. */
  readonly value: string;
  readonly reason: string;
}

export interface PolicyPreset {
  readonly name: PolicyPresetName;
  /** Whom it is for, in one sentence. */
  readonly about: string;
  readonly values: readonly PresetValue[];
}

type Row = readonly [key: string, cautious: readonly [value: string, reason: string], firm: readonly [value: string, reason: string]];

/** The cautious and the firm value of each key, each with its reason; the standard one is the policy's own default. */
const TONE: readonly Row[] = [
  [
    'trigger.workingDays',
    ['5', 'A whole working week for a transfer that is under way, or for a ledger that is kept weekly.'],
    ['1', 'For ledgers kept daily: by the next working day a transfer has arrived.'],
  ],
  [
    'minimum.amount',
    ['100', 'A small rest is not worth a sensitive relation.'],
    ['0', 'Whoever pays late is told of every amount; residues still start nothing.'],
  ],
  [
    'consolidation.individualsPerDay',
    ['2', 'Three mails on one morning already look like an automatic mistake to a good customer.'],
    ['5', 'As standard: more mails a day do not bring money sooner.'],
  ],
  [
    'ladder.firmFromDays',
    ['30', 'A missed monthly payment run is forgiven once before the tone changes.'],
    ['10', 'A working week after the first reminder without an answer.'],
  ],
  [
    'ladder.urgentFromDays',
    ['75', 'Two monthly payment runs and half of a third were missed.'],
    ['30', 'The first monthly payment run was missed.'],
  ],
  [
    'ladder.finalFromDays',
    ['120', 'A quarter and a month, so that an annual budget or a change of staff has time to settle.'],
    ['60', 'Two monthly payment runs were missed; the chance of being paid falls with every further month.'],
  ],
  [
    'interval.politeDays',
    ['14', 'A friendly reminder every other week is noticed without being felt.'],
    ['7', 'As standard: under a week reads as pestering.'],
  ],
  [
    'interval.firmDays',
    ['14', 'Time for a reply that has to pass several desks.'],
    ['7', 'It asks for an answer this week, and next week asks again.'],
  ],
  ['interval.urgentDays', ['14', 'As for FIRM: the tone says enough.'], ['7', 'It names five working days; the sixth is a week later.']],
  [
    'interval.governmentDays',
    ['30', 'A government payment cycle is a month at least.'],
    ['14', 'Twice a month keeps the file on the desk where it lies; more is not read.'],
  ],
  [
    'final.deadlineWorkingDays',
    ['10', 'Two working weeks, in which a managing director can be back from leave.'],
    ['5', 'The least that counts as a demand in law.'],
  ],
];

const ABOUT: Readonly<Record<PolicyPresetName, string>> = {
  cautious: 'For long-standing relations, and for the first weeks with a ledger nobody has checked yet: later, gentler, less often.',
  standard: 'The documented defaults: firm after two weeks, final after ninety days.',
  firm: 'For many small customers, thin margins and ledgers kept daily: sooner, and final after sixty days.',
};

export const POLICY_PRESETS: Readonly<Record<PolicyPresetName, PolicyPreset>> = {
  cautious: { name: 'cautious', about: ABOUT.cautious, values: TONE.map(([key, [value, reason]]) => ({ key, value, reason })) },
  standard: { name: 'standard', about: ABOUT.standard, values: TONE.map(([key]) => standardValue(key)) },
  firm: { name: 'firm', about: ABOUT.firm, values: TONE.map(([key, , [value, reason]]) => ({ key, value, reason })) },
};

/** A preset as `key` → text, the form in which any change of a policy is read. */
export const presetAssignments = (name: PolicyPresetName): Readonly<Record<string, string>> =>
  Object.fromEntries(POLICY_PRESETS[name].values.map(({ key, value }) => [key, value]));

function standardValue(key: string): PresetValue {
  const field = policyField(key);
  return { key, value: field?.byDefault ?? '', reason: field?.reason ?? '' };
}
