import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { rolesFor } from '../permissions.ts';
import type { AgeingAgreement } from '../validate/expect-ageing.ts';
import { minorFromDecimal, type Money } from '../../domain/money.ts';

/** `AED 1134.62`, as the general ledger's control account says. */
const controlFigure = z.string().transform((text, context): Money => {
  const [, currency = '', amount = ''] = /^([A-Z]{3})[ =](-?[\d]+(?:\.\d+)?)$/.exec(text.replaceAll(',', '')) ?? [];
  try {
    if (currency !== '') return { currency, minor: signed(amount, currency) };
  } catch {
    // More decimals than the currency has: refused below.
  }
  context.addIssue({ code: 'custom', message: 'is not an amount with its currency; write it like "AED 1134.62"' });
  return z.NEVER;
});

const signed = (amount: string, currency: string): bigint =>
  amount.startsWith('-') ? -minorFromDecimal(amount.slice(1), currency) : minorFromDecimal(amount, currency);

const schema = z.object({
  checks: z.array(z.string().max(60)).default([]),
  expectAgeing: z.array(controlFigure).default([]),
  asOf: dayArgument.optional(),
});

interface CheckedView {
  readonly check: string;
  readonly holds: string;
  readonly found: number;
  readonly tookMs: number;
  readonly means: string;
  readonly fix: string;
  /** The first of them. */
  readonly findings: readonly { readonly object: { readonly kind: string; readonly id: number | null }; readonly found: string }[];
}

export interface ValidatedView {
  readonly checks: readonly CheckedView[];
  readonly findings: number;
}

export const validateCommand = defineCommand({
  name: 'validate',
  group: 'looking back',
  summary: 'Check the data, the rules of the database and the daily work, and say what is wrong and what to do',
  example: 'validate',
  arguments: [{ name: 'checks', about: 'only these checks, by name (docs/validate.md); all without it', isMany: true }],
  options: [
    {
      name: 'expectAgeing',
      about: 'instead: the control account of the general ledger, such as "AED 1134.62"; signs the day off when all agree',
      value: 'AMOUNT',
      isMany: true,
    },
    { name: 'asOf', about: 'with --expect-ageing: the day of the figure; today without it', value: 'DATE' },
  ],
  schema,
  roles: rolesFor('validate'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { checks, expectAgeing, asOf }): Promise<CommandResult<ValidatedView | { readonly ageing: AgeingAgreement }>> => {
    if (expectAgeing.length === 0) return await validated(context, checks);
    const module = await import('../validate/expect-ageing.ts');
    const ageing = await module.expectAgeing(await context.session(), { asOn: asOf, figures: expectAgeing });
    return ageing.agrees
      ? { data: { ageing }, ending: 'ok', notes: ['The ledger agrees with the control account; that is written to the audit chain.'] }
      : { data: { ageing }, ending: 'failed', notes: ['The ledger does not agree with the control account. Nothing was signed off.'] };
  },
});

async function validated(context: CommandContext, only: readonly string[]): Promise<CommandResult<ValidatedView>> {
  const { validate } = await import('../validate/validate.ts');
  const checks: CheckedView[] = [];
  for await (const { check, found, tookMs } of validate(await context.session(), only)) {
    const { id, holds, means, fix } = check;
    const findings = found.rows.map(({ objectKind, objectId, found: text }) => ({
      object: { kind: objectKind, id: objectId },
      found: text,
    }));
    checks.push({ check: id, holds, found: found.total, tookMs, means, fix, findings });
    context.progress?.({ step: 'Checking', done: checks.length, of: null });
    // Said as soon as it is known: a large ledger takes a minute.
    if (found.total > 0) context.say(`${id}: ${found.total} found.`);
  }
  const findings = checks.reduce((sum, { found }) => sum + found, 0);
  return { data: { checks, findings }, ending: findings === 0 ? 'ok' : 'failed' };
}
