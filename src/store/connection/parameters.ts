/** How values become statement parameters: the other direction of `row-decoder.ts`. */
import { BugError } from '../../domain/operator-error.ts';

/**
 * A value as `pg` sends it. Days, instants and bigints become text; an array becomes a PostgreSQL array; any other object
 * becomes JSON. An array meant for a json column has to be told apart: wrap it with {@link json}.
 */
export function encodeParameter(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return encodePrimitive(value);
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) return value.toString();
  if (Array.isArray(value)) return value.map(encodeParameter);
  if (value instanceof Json || value instanceof Uint8Array) return value;
  if (value instanceof Date) throw new BugError('a Date was passed to a statement; days and instants are Temporal values');
  return JSON.stringify(value);
}

function encodePrimitive(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new BugError(`${value} was passed to a statement`);
  if (typeof value === 'function' || typeof value === 'symbol') throw new BugError(`a ${typeof value} was passed to a statement`);
  return typeof value === 'bigint' ? value.toString() : value;
}

class Json {
  readonly #text: string;

  constructor(value: unknown) {
    this.#text = JSON.stringify(value);
  }

  /** Called by `pg`. */
  toPostgres(): string {
    return this.#text;
  }
}

/** Marks a value as one JSON document, whatever its shape. */
export const json = (value: unknown): unknown => new Json(value);
