import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../src/domain/operator-error.ts';
import { policyDiff, setPolicyValues } from '../../src/domain/policy/change.ts';
import { POLICY_FIELDS } from '../../src/domain/policy/fields.ts';
import { DEFAULT_POLICY, parsePolicy } from '../../src/domain/policy.ts';

const refusalOf = (attempt: () => unknown): OperatorError => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof OperatorError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
};

describe('the document', () => {
  test('an empty document is the default policy, and the default policy is valid', () => {
    expect(parsePolicy({})).toEqual(DEFAULT_POLICY);
    expect(parsePolicy(structuredClone(DEFAULT_POLICY))).toEqual(DEFAULT_POLICY);
    expect(JSON.parse(JSON.stringify(DEFAULT_POLICY))).toEqual(DEFAULT_POLICY);
  });

  test('the defaults are the ones the rules are written for', () => {
    expect(DEFAULT_POLICY).toMatchObject({
      calendar: { preset: 'uae-private' },
      trigger: { workingDays: 3, residueAmount: '10', residueCeiling: '100', residuePercent: 1 },
      minimum: { amount: '50' },
      consolidation: { autoThreshold: 3, remindSingleItems: true, individualsPerDay: 5 },
      ladder: { politeFromDays: 1, firmFromDays: 15, urgentFromDays: 45, finalFromDays: 90 },
      interval: { politeDays: 7, firmDays: 10, urgentDays: 10, governmentDays: 21 },
      cap: { contactsPerWeek: 1 },
      approval: {
        auto: false,
        limit: '50000',
        undoMinutes: 5,
        lapseWorkingDays: 5,
        autoNotBefore: '10:30',
        autoNotBeforeFriday: '09:30',
        autoNotBeforeRamadan: '11:00',
      },
      priority: { reference: '100000' },
      final: { deadlineWorkingDays: 7, graceWorkingDays: 2 },
      ledger: { staleWorkingDays: 3 },
      rates: { maxAgeDays: 45 },
    });
  });

  test('every key has a default, a range in words and a reason', () => {
    expect(POLICY_FIELDS.length).toBeGreaterThan(40);
    for (const field of POLICY_FIELDS) {
      expect(field.reason.length, field.key).toBeGreaterThan(20);
      expect(field.allowed, field.key).not.toContain('undefined');
      expect(field.byDefault, field.key).not.toBe('undefined');
    }
  });

  test('unknown keys and values out of range are refused by name', () => {
    expect(refusalOf(() => parsePolicy({ triger: {} })).message).toContain('"triger"');
    expect(refusalOf(() => parsePolicy({ trigger: { workingDays: 61 } })).message).toContain('trigger.workingDays');
    expect(refusalOf(() => parsePolicy({ minimum: { amount: 50 } })).message).toContain('minimum.amount');
    for (const document of [null, 7, 'x', []]) expect(refusalOf(() => parsePolicy(document)).code).toBe('policy.bad-value');
  });

  test('the steps of the ladder must rise', () => {
    expect(refusalOf(() => setPolicyValues(DEFAULT_POLICY, { 'ladder.firmFromDays': '45' })).message).toContain('must rise');
    expect(setPolicyValues(DEFAULT_POLICY, { 'ladder.firmFromDays': '44' }).ladder.firmFromDays).toBe(44);
  });
});

describe('setting values', () => {
  test('several values are read by the kind of their keys, and the given policy is left as it was', () => {
    const before = structuredClone(DEFAULT_POLICY);
    const after = setPolicyValues(DEFAULT_POLICY, {
      'calendar.preset': 'continuous',
      'trigger.workingDays': '1',
      'minimum.amount': '0',
      'approval.auto': 'yes',
      'priority.ageWeight': '1.25',
    });
    expect(after).toMatchObject({
      calendar: { preset: 'continuous' },
      trigger: { workingDays: 1 },
      minimum: { amount: '0' },
      approval: { auto: true },
      priority: { ageWeight: 1.25 },
    });
    expect(DEFAULT_POLICY).toEqual(before);
  });

  test('what differs is listed key by key, as text', () => {
    const after = setPolicyValues(DEFAULT_POLICY, { 'minimum.amount': '0', 'trigger.workingDays': '1' });
    expect(policyDiff(DEFAULT_POLICY, after)).toEqual([
      { key: 'trigger.workingDays', before: '3', after: '1' },
      { key: 'minimum.amount', before: '50', after: '0' },
    ]);
    expect(policyDiff(after, after)).toEqual([]);
  });

  test.each([
    ['trigger.workingDays', '-1', 'from 0 to 60'],
    ['trigger.workingDays', '2.5', 'from 0 to 60'],
    ['trigger.workingDays', 'three', 'from 0 to 60'],
    ['trigger.workingDays', '', 'from 0 to 60'],
    ['trigger.workingDays', '1e1', 'from 0 to 60'],
    ['cap.contactsPerWeek', '0', 'from 1 to 7'],
    ['minimum.amount', '50,5', 'amount'],
    ['minimum.amount', '-5', 'amount'],
    ['minimum.amount', '1.2345', 'amount'],
    ['minimum.amount', '99999999999999', 'amount'],
    ['approval.auto', 'maybe', 'true or false'],
    ['calendar.preset', 'mars', 'uae-private'],
    ['approval.autoNotBefore', '24:00', 'time'],
    ['approval.autoNotBefore', '9:30', 'time'],
  ])('%s cannot be %j', (key, text, allowed) => {
    const error = refusalOf(() => setPolicyValues(DEFAULT_POLICY, { [key]: text }));
    expect(error).toMatchObject({ code: 'policy.bad-value', kind: 'usage' });
    expect(error.message).toContain(key);
    expect(error.message).toContain(JSON.stringify(text));
    expect(error.tryThis).toContain(allowed);
  });

  test('an unknown key is refused with the nearest one', () => {
    const error = refusalOf(() => setPolicyValues(DEFAULT_POLICY, { 'triger.workingDay': '3' }));
    expect(error.code).toBe('policy.unknown-key');
    expect(error.tryThis).toContain('trigger.workingDays');
    for (const key of ['__proto__.x', 'constructor', 'trigger', 'trigger.workingDays.x', '']) {
      expect(refusalOf(() => setPolicyValues(DEFAULT_POLICY, { [key]: '1' })).code).toBe('policy.unknown-key');
    }
  });
});
