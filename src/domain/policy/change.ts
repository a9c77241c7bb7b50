/**
 * Changing a policy: reading `key=text` pairs into a new document, and saying what differs between two. Never changes the
 * document it is given; a change that would break any rule of the schema is refused whole.
 */
import { OperatorError } from '../operator-error.ts';
import { type Policy, parsePolicy } from '../policy.ts';
import { POLICY_FIELDS, type PolicyField, policyField, readFieldText } from './fields.ts';

export interface PolicyChange {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

type Document = Record<string, Record<string, unknown>>;

/**
 * The policy with some values replaced, each given as the text an operator typed.
 * @throws OperatorError `policy.unknown-key` with the nearest key, or `policy.bad-value` with the value and what is allowed.
 */
export function setPolicyValues(policy: Policy, values: Readonly<Record<string, string>>): Policy {
  const document = structuredClone(policy) as unknown as Document;
  for (const [key, text] of Object.entries(values)) {
    const field = policyField(key) ?? refuseKey(key);
    const value = readFieldText(field, text);
    if (value === undefined || !field.isValid(value)) refuseValue(field, text);
    const [section = '', name = ''] = key.split('.');
    document[section] = { ...document[section], [name]: value };
  }
  return parsePolicy(document);
}

/** What differs, in the order of the document, values as text. */
export const policyDiff = (before: Policy, after: Policy): readonly PolicyChange[] =>
  POLICY_FIELDS.map(({ key }) => ({ key, before: policyValueText(before, key), after: policyValueText(after, key) })).filter(
    (change) => change.before !== change.after,
  );

/** One value of a policy as text; the empty text for a key that does not exist. */
export function policyValueText(policy: Policy, key: string): string {
  const [section = '', name = ''] = key.split('.');
  const value = (policy as unknown as Document)[section]?.[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function refuseKey(key: string): never {
  throw new OperatorError({
    code: 'policy.unknown-key',
    message: `There is no policy key ${JSON.stringify(key.slice(0, 60))}.`,
    tryThis: `Did you mean ${nearestKey(key)}? See every key in \`wafa policy show\`.`,
    kind: 'usage',
  });
}

function refuseValue(field: PolicyField, text: string): never {
  throw new OperatorError({
    code: 'policy.bad-value',
    message: `${field.key} cannot be ${JSON.stringify(text.slice(0, 40))}.`,
    tryThis: `Give ${field.allowed}; the default is ${field.byDefault}.`,
    kind: 'usage',
  });
}

function nearestKey(key: string): string {
  const typed = key.slice(0, 60).toLowerCase();
  const ranked = POLICY_FIELDS.map((field) => ({ key: field.key, distance: editDistance(typed, field.key.toLowerCase()) }));
  return ranked.reduce((best, next) => (next.distance < best.distance ? next : best)).key;
}

/** Fewest single-letter insertions, deletions and replacements between two words (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
