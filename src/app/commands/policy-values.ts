/**
 * What an operator gives to try another policy: single values, the name of a preset, or a JSON file of sections and keys as `policy show`
 * names them. Later words win over earlier ones, so that a preset can be taken with one value changed.
 */
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { readAssignments } from './assignments.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { POLICY_PRESET_NAMES, presetAssignments, type PolicyPresetName } from '../../domain/policy/presets.ts';
import { safeText } from '../../domain/safe-text.ts';

/** A whole policy is under four kilobytes; more is another file by mistake. */
const LARGEST_FILE = 65_536;

const leaf = z.union([z.string(), z.number(), z.boolean()]);
const written = z.record(z.string(), z.union([leaf, z.record(z.string(), leaf)]));

/** @throws OperatorError `usage.assignment`, `policy.file` */
export async function readPolicyValues(words: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const word of words) Object.assign(values, await valuesOf(word));
  return values;
}

async function valuesOf(word: string): Promise<Readonly<Record<string, string>>> {
  if (word.includes('=')) return readAssignments([word], '--policy interval.politeDays=10');
  return isPreset(word) ? presetAssignments(word) : await valuesOfFile(word);
}

const isPreset = (word: string): word is PolicyPresetName => (POLICY_PRESET_NAMES as readonly string[]).includes(word);

async function valuesOfFile(path: string): Promise<Readonly<Record<string, string>>> {
  const document = written.safeParse(await jsonOf(path));
  if (!document.success) throw badFile(path, 'does not hold policy values by section and key');
  const entries = Object.entries(document.data).flatMap(([section, value]) =>
    typeof value === 'object'
      ? Object.entries(value).map(([key, inner]) => [`${section}.${key}`, String(inner)] as const)
      : [[section, String(value)] as const],
  );
  return Object.fromEntries(entries);
}

async function jsonOf(path: string): Promise<unknown> {
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) throw badFile(path, `is neither a file, nor a preset (${POLICY_PRESET_NAMES.join(', ')}), nor KEY=VALUE`);
  if (size > LARGEST_FILE) throw badFile(path, 'is far larger than a policy');
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw badFile(path, 'is not JSON');
  }
}

const badFile = (path: string, says: string): OperatorError =>
  new OperatorError({
    code: 'policy.file',
    kind: 'usage',
    message: `${JSON.stringify(safeText(path.slice(0, 200)))} ${says}.`,
    tryThis: 'Write one like {"interval": {"politeDays": 10}}, or give a preset or values: `wafa simulate --policy firm`.',
  });
