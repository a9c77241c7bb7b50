/**
 * The list of policy keys with their kind, range, default and reason, read off the schema so that the reference page, the
 * command line and the error messages cannot drift from what is enforced.
 */
import { z } from 'zod';
import { POLICY_SECTIONS } from '../policy.ts';
import { AMOUNT_PATTERN, TIME_PATTERN } from './leaves.ts';

export type PolicyFieldKind = 'whole number' | 'number' | 'yes or no' | 'word' | 'amount' | 'time';

export interface PolicyField {
  /** Dotted, e.g. `trigger.workingDays`. */
  readonly key: string;
  readonly kind: PolicyFieldKind;
  /** What is allowed, in words: `a whole number from 0 to 60`. */
  readonly allowed: string;
  readonly words: readonly string[];
  readonly byDefault: string;
  readonly reason: string;
  readonly isValid: (value: unknown) => boolean;
}

interface LeafShape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
}

function fieldOf(key: string, leaf: z.ZodType): PolicyField {
  const shape = z.toJSONSchema(leaf, { io: 'input' }) as LeafShape;
  const kind = kindOf(shape);
  return {
    key,
    kind,
    allowed: allowedText(kind, shape),
    words: shape.enum ?? [],
    byDefault: String(shape.default),
    reason: shape.description ?? '',
    isValid: (value) => leaf.safeParse(value).success,
  };
}

function kindOf(shape: LeafShape): PolicyFieldKind {
  if (shape.enum) return 'word';
  if (shape.type === 'boolean') return 'yes or no';
  if (shape.type === 'integer') return 'whole number';
  if (shape.type === 'number') return 'number';
  return shape.pattern === TIME_PATTERN.source ? 'time' : 'amount';
}

function allowedText(kind: PolicyFieldKind, shape: LeafShape): string {
  switch (kind) {
    case 'word':
      return `one of ${(shape.enum ?? []).join(', ')}`;
    case 'yes or no':
      return 'true or false';
    case 'time':
      return 'a time of day such as 10:30';
    case 'amount':
      return 'an amount in the base currency such as 50 or 50.25, at most 12 digits and 3 decimals';
    case 'whole number':
    case 'number':
      return `a ${kind} from ${String(shape.minimum)} to ${String(shape.maximum)}`;
  }
}

/** Every policy key, in the order of the document. */
export const POLICY_FIELDS: readonly PolicyField[] = Object.entries(POLICY_SECTIONS).flatMap(([section, schema]) =>
  Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, leaf]) => fieldOf(`${section}.${name}`, leaf)),
);

const FIELD_BY_KEY = new Map(POLICY_FIELDS.map((field) => [field.key, field]));

export const policyField = (key: string): PolicyField | undefined => FIELD_BY_KEY.get(key);

/** Reads what an operator typed for a field; `undefined` when it is not a value of the field's kind. */
export function readFieldText(field: PolicyField, text: string): unknown {
  const trimmed = text.trim();
  switch (field.kind) {
    case 'whole number':
    case 'number':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(trimmed) ? Number(trimmed) : undefined;
    case 'yes or no':
      return YES_NO.get(trimmed.toLowerCase());
    case 'word':
      return field.words.find((word) => word.toLowerCase() === trimmed.toLowerCase());
    case 'amount':
      return AMOUNT_PATTERN.test(trimmed) ? trimmed : undefined;
    case 'time':
      return TIME_PATTERN.test(trimmed) ? trimmed : undefined;
  }
}

const YES_NO = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
]);
