/**
 * The words of a reminder that operators may edit: short LiquidJS texts for the subject and what each level says. A block
 * makes *text*, never HTML: whatever it says, values and template alike, is escaped by the layout. Its author can reach only
 * the listed variables, three tags and no files, functions or loops, and a block that is too slow or too large stops with an
 * error instead of stopping Wafa.
 */
import { Liquid, type Template } from 'liquidjs';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import type { EscalationLevel } from '../domain/vocabulary.ts';
import { variablesFor } from './template-variables.ts';

/** `subject` is one line; `body` is what the level says; `closing` ends every letter. */
export type BlockKind = 'subject' | 'body' | 'closing';

/** One language's source texts, as stored with a template version. */
export interface TextSources {
  readonly subject: string;
  readonly body: string;
}

/** Everything a block may mention. Values are finished words: amounts and days already written in the block's language. */
export interface BlockValues {
  readonly customer: { readonly name: string; readonly code: string };
  /** `phone` is empty when the company gave none. */
  readonly company: { readonly name: string; readonly contact_person: string; readonly phone: string };
  readonly reference: string;
  readonly level: EscalationLevel;
  readonly amount: string;
  readonly as_of: string;
  readonly invoice_count: number;
  readonly invoices: string;
  readonly oldest_days: string;
  readonly branch_count: number;
  readonly invoice: { readonly number: string; readonly reference: string; readonly due: string; readonly days: string };
  /** The date a FINAL names; only the body of that level may mention it. */
  readonly deadline?: string;
}

/** Longer than any letter needs (about 600 words); a block this long in two languages still leaves a mail readable. */
export const LONGEST_BLOCK = 4_000;
/** A subject is cut off by mail clients after about 70 characters; this leaves room for variables and conditions. */
export const LONGEST_SUBJECT = 250;

export const ALLOWED_TAGS: ReadonlySet<string> = new Set(['if', 'unless', 'assign']);
export const ALLOWED_FILTERS: ReadonlySet<string> = new Set(['default', 'strip', 'size']);

const engine = lockedEngine();

function lockedEngine(): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // No file system: an include or layout has nothing to find, even if its tag came back.
    templates: {},
    parseLimit: 20_000,
    memoryLimit: 1_000_000,
    // No time limit: without loops a block takes time in step with its length, and a limit on the clock fails on a busy machine.
  });
  for (const name of Object.keys(liquid.tags)) if (!ALLOWED_TAGS.has(name)) delete liquid.tags[name];
  for (const name of Object.keys(liquid.filters)) if (!ALLOWED_FILTERS.has(name)) delete liquid.filters[name];
  return liquid;
}

/** One block, checked and ready to be filled in many times. */
export interface TextBlock {
  /** What it mentions, by full name, in order of first mention. */
  readonly variables: readonly string[];
  readonly fill: (values: BlockValues) => string;
}

/** Where a block is used. `place` names it in messages, for example `template 12 (AR body)`. */
export interface BlockUse {
  readonly kind: BlockKind;
  readonly level: EscalationLevel;
  /** Whether it speaks of several invoices or of one. */
  readonly supportsConsolidation: boolean;
  readonly place: string;
}

/**
 * Checks and compiles one block.
 * @throws OperatorError `template.*` with what is wrong and where.
 */
export function readTextBlock(source: string, use: BlockUse): TextBlock {
  refuseUnsafeSource(source, use);
  const parsed = parse(source, use.place);
  const variables = engine.globalFullVariablesSync(parsed);
  refuseUnknownVariables(variables, variablesFor(use), use.place);
  const byEngine = (values: BlockValues): string => fill(parsed, values, use.place);
  const block: TextBlock = { variables, fill: straight(source, byEngine) ?? remembering(variables, byEngine) };
  // An unknown filter or an endless text shows only when filled in: better now than in front of a customer.
  for (const count of use.supportsConsolidation ? [1, 2, 40] : [1]) block.fill(trialValues(use.level, count));
  return block;
}

/**
 * A text that comes with Wafa and that no company edits: the same locked language, with variables of its own.
 * @throws OperatorError `template.*` with what is wrong and where, also when it is filled in.
 */
export function readShippedText<Values extends object>(
  source: string,
  { kind, place, variables }: { readonly kind: BlockKind; readonly place: string; readonly variables: readonly string[] },
): (values: Values) => string {
  refuseUnsafeSource(source, { kind, place });
  const parsed = parse(source, place);
  refuseUnknownVariables(engine.globalFullVariablesSync(parsed), variables, place);
  return (values) => fill(parsed, values, place);
}

/**
 * A text that only names variables, as subjects do, is put together without the engine, whose one filling takes longer than the rest of a
 * subject's way; `null` for any other. A value that is neither text nor a number is the engine's to judge.
 */
function straight(source: string, byEngine: TextBlock['fill']): TextBlock['fill'] | null {
  const [first = '', ...rest] = source.trim().split(/\{\{ *([a-z_]+(?:\.[a-z_]+)*) *\}\}/);
  const words = rest.filter((_, index) => index % 2 === 1);
  if ([first, ...words].some((part) => /\{[{%]|[%}]\}/.test(part))) return null;
  const paths = rest.filter((_, index) => index % 2 === 0).map((path) => path.split('.'));
  return (values) => {
    let text = first;
    for (const [index, path] of paths.entries()) {
      const value = valueAt(values, path);
      if (typeof value !== 'string' && typeof value !== 'number') return byEngine(values);
      text += String(value) + (words[index] ?? '');
    }
    return text.trim();
  };
}

/**
 * Most blocks mention the sender, a count and a date and nothing of the one customer, so the letters of a run repeat a few fillings of them.
 * They depend on what they mention alone. Few are kept: a block that names the customer never meets the same again.
 */
function remembering(variables: readonly string[], fillIn: TextBlock['fill']): TextBlock['fill'] {
  const paths = variables.map((variable) => variable.split('.'));
  const known = new Map<string, string>();
  return (values) => {
    let key = '';
    for (const path of paths) {
      const value = String(valueAt(values, path));
      key += `${value.length} ${value}`;
    }
    const before = known.get(key);
    if (before !== undefined) return before;
    const text = fillIn(values);
    if (known.size >= MOST_FILLINGS) known.clear();
    known.set(key, text);
    return text;
  };
}

/** A run has some dozens of counts; a subject names each customer once, and a hundred of them are a few kilobytes. */
const MOST_FILLINGS = 100;

const valueAt = (values: BlockValues, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined), values);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

function fill(parsed: Template[], values: object, place: string): string {
  try {
    const text: unknown = engine.renderSync(parsed, { ...values });
    return String(text).trim();
  } catch (error) {
    throw refused(
      'syntax',
      place,
      `cannot be filled in: ${firstLine(error)}`,
      'Correct the text, or go back to the one that came with Wafa.',
    );
  }
}

const trialValues = (level: EscalationLevel, count: number): BlockValues => ({
  customer: { name: 'Trial & Sons <LLC>', code: 'T-1' },
  company: { name: 'Trial', contact_person: 'Trial', phone: '+971 4 000 0000' },
  reference: 'T-1',
  level,
  amount: 'AED 1.00',
  as_of: '1 January 2026',
  invoice_count: count,
  invoices: `${count} invoices`,
  oldest_days: '30 days',
  branch_count: 1,
  invoice: { number: 'T-1', reference: '', due: '1 December 2025', days: '30 days' },
  ...(level === 'FINAL' ? { deadline: '1 February 2026' } : {}),
});

/** Reordering and zero-width characters, and every control but the line end. */
const UNSAFE_CHARACTER = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]|(?![\n\r])\p{Cc}/u;
/** Schemes that run or read something, and links that hide their host behind a user name (`//bank.ae@evil.test`). */
const UNSAFE_LINK = /\b(?:javascript|data|file|vbscript)\s*:|\/\/[^\s/]*@/i;

function refuseUnsafeSource(source: string, { kind, place }: Pick<BlockUse, 'kind' | 'place'>): void {
  const limit = kind === 'subject' ? LONGEST_SUBJECT : LONGEST_BLOCK;
  if (source.length > limit) throw refused('too-long', place, `is longer than ${limit} characters`, 'Shorten it.');
  if (!source.isWellFormed() || UNSAFE_CHARACTER.test(source)) {
    const tryThis = 'Type it again without formatting; Wafa keeps numbers and names in order by itself.';
    throw refused('invisible-character', place, 'contains an invisible or control character', tryThis);
  }
  if (source.includes('{{{')) throw refused('raw-output', place, 'asks for output without escaping', 'Use {{ name }} with two braces.');
  const link = UNSAFE_LINK.exec(source);
  if (link)
    throw refused('unsafe-link', place, `contains the unsafe link text ${JSON.stringify(link[0])}`, 'Use a plain https:// address.');
  if (kind === 'subject' && /[\r\n]/.test(source.trim())) throw refused('subject-lines', place, 'has more than one line', 'Use one line.');
}

function parse(source: string, place: string): Template[] {
  try {
    return engine.parse(source.trim());
  } catch (error) {
    throw refused(
      'syntax',
      place,
      `cannot be read: ${firstLine(error)}`,
      'Allowed are {{ variables }} and the tags if, unless and assign.',
    );
  }
}

function refuseUnknownVariables(mentioned: readonly string[], allowed: readonly string[], place: string): void {
  const unknown = mentioned.find((variable) => !allowed.includes(variable));
  if (unknown === undefined) return;
  throw refused('unknown-variable', place, `mentions "${safeText(unknown)}", which it may not`, `Use one of: ${allowed.join(', ')}.`);
}

/** The engine's message names line and column in its first line; the rest quotes the source. */
const firstLine = (error: unknown): string => safeText((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '');

const refused = (code: string, place: string, what: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `template.${code}`, message: `The text of ${place} ${what}.`, tryThis, kind: 'usage' });
