/** What an operator keeps for the console in a file of their own: `{ "keys": { … }, "screenReader": true }`. Pure; says what it does not understand. */
import { readRebinding, type Rebinding } from './read-rebinding.ts';

export interface ConsoleFile extends Rebinding {
  readonly isSpoken: boolean;
}

export const NO_CONSOLE_FILE: ConsoleFile = { rebound: {}, problems: [], isSpoken: false };

export function readConsoleFile(text: string): ConsoleFile {
  const parsed = parsedObject(text);
  if (typeof parsed === 'string') return { ...NO_CONSOLE_FILE, problems: [parsed] };
  const { keys = {}, screenReader = false, ...others } = parsed;
  const problems = Object.keys(others).map(
    (name) => `There is no setting ${JSON.stringify(name.slice(0, 60))}; there are keys and screenReader.`,
  );
  if (typeof screenReader !== 'boolean') problems.push('screenReader is true or false.');
  const rebinding = isObject(keys) ? readRebinding(keys) : { rebound: {}, problems: [KEYS_SHAPE] };
  return { isSpoken: screenReader === true, rebound: rebinding.rebound, problems: [...problems, ...rebinding.problems] };
}

const KEYS_SHAPE = 'keys is a list of names with their keys, such as { "queue.approve": ["A"] }.';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsedObject(text: string): Readonly<Record<string, unknown>> | string {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : 'The file is not one JSON object, such as { "keys": { "queue.approve": ["A"] } }.';
  } catch (error) {
    return `The file is not JSON: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
