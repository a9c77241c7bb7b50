/** Values as the text of one PostgreSQL array. */
import { BugError } from '../../domain/operator-error.ts';

interface Sendable {
  toPostgres(): string;
}

/** @param values as `encodeParameter` gives them; an element that is an array becomes the text of an array of its own. */
export function arrayLiteral(values: readonly unknown[]): string {
  let text = '{';
  for (let at = 0; at < values.length; at += 1) text += at === 0 ? element(values[at]) : `,${element(values[at])}`;
  return `${text}}`;
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return quoted(textOf(value));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return arrayLiteral(value);
  if (typeof value === 'object' && value !== null && 'toPostgres' in value) return (value as Sendable).toPostgres();
  throw new BugError(`a ${typeof value} cannot be an element of an array`);
}

/** Always in quotes, so that an empty text, the word NULL and a comma are just text. */
const quoted = (text: string): string => (SPECIAL.test(text) ? `"${text.replace(ALL_SPECIAL, '\\$&')}"` : `"${text}"`);

const SPECIAL = /["\\]/;
const ALL_SPECIAL = /["\\]/g;
