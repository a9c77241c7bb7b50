/** What a shell may complete of a verb: its options, and the values that its schema lists. */
import { z } from 'zod';

import type { Command } from '../../app/commands/command.ts';

export interface CompletedOption {
  /** Name in the schema, camelCase. */
  readonly name: string;
  readonly about: string;
  readonly takes: 'nothing' | 'a file' | 'a value';
  /** All values it may have, where the schema lists them; else empty. */
  readonly values: readonly string[];
}

export interface CompletedVerb {
  readonly name: string;
  readonly summary: string;
  /** What its first argument may be, where the schema lists it: `show`, `set`. */
  readonly words: readonly string[];
  readonly options: readonly CompletedOption[];
}

export function completedVerb({ name, summary, arguments: positions, options, schema }: Command): CompletedVerb {
  const listed = listedValues(schema);
  return {
    name,
    summary,
    words: listed(positions[0]?.name),
    options: options.map((option) => ({
      name: option.name,
      about: option.about,
      takes: option.value === undefined ? 'nothing' : FILES.has(option.value) ? 'a file' : 'a value',
      values: listed(option.name),
    })),
  };
}

/** How values are called that are names of files and folders. */
const FILES: ReadonlySet<string> = new Set(['FILE', 'DIR']);

const enumerated = z.looseObject({ enum: z.array(z.string()) });
const withProperties = z.looseObject({ properties: z.record(z.string(), z.unknown()) });

/** As JSON Schema, which says what a zod type keeps to itself. */
function listedValues(schema: z.ZodType): (name: string | undefined) => readonly string[] {
  const shape = withProperties.safeParse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return (name) => {
    const property = enumerated.safeParse(name === undefined || !shape.success ? null : shape.data.properties[name]);
    return property.success ? property.data.enum : [];
  };
}
