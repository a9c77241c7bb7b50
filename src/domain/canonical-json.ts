/**
 * One spelling for a value, so that equal values have equal hashes: keys sorted, no spaces, `bigint` and days and instants as
 * their text, `undefined` members left out. Floats are refused, because two machines may print them differently.
 */
import { assert, BugError } from './operator-error.ts';

export type Canonical =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Temporal.PlainDate
  | Temporal.Instant
  | readonly Canonical[]
  | { readonly [key: string]: Canonical };

export function canonicalJson(value: Canonical): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      assert(Number.isSafeInteger(value), `canonical JSON holds whole numbers only, not ${value}`);
      return String(value);
    case 'bigint':
      return `"${value}"`;
    case 'object':
      return canonicalObject(value);
    default:
      throw new BugError(`canonical JSON cannot hold a ${typeof value}`);
  }
}

function canonicalObject(value: Exclude<Canonical, string | number | bigint | boolean | undefined>): string {
  if (value === null) return 'null';
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map((member: Canonical) => canonicalJson(member)).join(',')}]`;
  return canonicalMembers(value as { readonly [key: string]: Canonical });
}

/** One loop without lists in between: the audit chain spells a million events. */
function canonicalMembers(value: { readonly [key: string]: Canonical }): string {
  let text = '';
  // Without a comparison of its own, sort goes by UTF-16 code units, the same everywhere.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
