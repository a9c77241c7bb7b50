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
  const members = Object.entries(value as { readonly [key: string]: Canonical })
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}
