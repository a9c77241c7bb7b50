import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readPolicyValues } from '../../src/app/commands/policy-values.ts';
import { presetAssignments } from '../../src/domain/policy/presets.ts';

const folder = mkdtempSync(join(tmpdir(), 'wafa-policy-'));
const file = (text: string): string => {
  const path = join(folder, `${Math.trunc(text.length)}-${Buffer.from(text).toString('hex').slice(0, 12)}.json`);
  writeFileSync(path, text);
  return path;
};

describe('a policy to compare with', () => {
  it('is single values, a preset, a file, or a preset with one value changed', async () => {
    expect(await readPolicyValues(['interval.politeDays=10'])).toEqual({ 'interval.politeDays': '10' });
    expect(await readPolicyValues(['firm'])).toEqual(presetAssignments('firm'));
    expect(await readPolicyValues([file('{"interval":{"politeDays":9},"minimum.amount":"75","approval":{"auto":true}}')])).toEqual({
      'interval.politeDays': '9',
      'minimum.amount': '75',
      'approval.auto': 'true',
    });
    expect(await readPolicyValues(['firm', 'interval.politeDays=30'])).toMatchObject({ 'interval.politeDays': '30' });
    expect(await readPolicyValues([])).toEqual({});
  });

  it.each([
    ['a name nobody knows', 'nonsense', 'is neither a file'],
    ['a file that is no JSON', file('politeDays: 10'), 'is not JSON'],
    ['a list', file('[1,2]'), 'does not hold policy values'],
    ['deeper than a section', file('{"interval":{"a":{"b":1}}}'), 'does not hold policy values'],
    ['a huge file', file(`"${'x'.repeat(70_000)}"`), 'far larger'],
  ])('is refused when it is %s', async (_, word, says) => {
    await expect(readPolicyValues([word])).rejects.toThrow(says);
  });
});
