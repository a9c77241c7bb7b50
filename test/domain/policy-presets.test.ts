import { describe, expect, test } from 'vitest';

import { policyDiff, setPolicyValues } from '../../src/domain/policy/change.ts';
import { POLICY_PRESET_NAMES, POLICY_PRESETS, presetAssignments } from '../../src/domain/policy/presets.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';

const under = (name: (typeof POLICY_PRESET_NAMES)[number], policy: Policy = DEFAULT_POLICY): Policy =>
  setPolicyValues(policy, presetAssignments(name));

describe.each(POLICY_PRESET_NAMES)('the preset %s', (name) => {
  test('is a policy the schema accepts, and gives a reason for each value', () => {
    expect(() => under(name)).not.toThrow();
    expect(POLICY_PRESETS[name].values.filter(({ reason }) => !reason.endsWith('.'))).toEqual([]);
  });

  test.each(POLICY_PRESET_NAMES)('leaves nothing of %s behind', (earlier) => {
    expect(under(name, under(earlier))).toEqual(under(name));
  });

  test("leaves the company's own choices alone", () => {
    const own = { 'calendar.preset': 'sharjah', 'approval.auto': 'true', 'approval.limit': '7', 'language.default': 'AR' };
    const before = setPolicyValues(DEFAULT_POLICY, own);
    expect(policyDiff(before, under(name, before)).filter(({ key }) => key in own)).toEqual([]);
  });
});

test('the standard is the documented defaults', () => {
  expect(under('standard')).toEqual(DEFAULT_POLICY);
  expect(under('standard', under('firm'))).toEqual(DEFAULT_POLICY);
});

test('cautious is never sooner, firmer or more often than standard, and firm never later, milder or less often', () => {
  const soft = under('cautious');
  const hard = under('firm');
  const ordered = [soft, DEFAULT_POLICY, hard];
  const falling = (read: (policy: Policy) => number): void => {
    const values = ordered.map(read);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  };
  falling((policy) => policy.trigger.workingDays);
  falling((policy) => Number(policy.minimum.amount));
  falling((policy) => -policy.consolidation.individualsPerDay);
  falling((policy) => policy.ladder.firmFromDays);
  falling((policy) => policy.ladder.urgentFromDays);
  falling((policy) => policy.ladder.finalFromDays);
  falling((policy) => policy.interval.politeDays);
  falling((policy) => policy.interval.firmDays);
  falling((policy) => policy.interval.urgentDays);
  falling((policy) => policy.interval.governmentDays);
  falling((policy) => policy.final.deadlineWorkingDays);
  expect(policyDiff(soft, hard).length).toBe(POLICY_PRESETS.firm.values.length);
});
