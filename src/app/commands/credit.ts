import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { undoCredit } from './undo-fact.ts';
import { rolesFor } from '../permissions.ts';
import { decimalText, moneyText } from '../../domain/money.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';

export const creditCommand = defineCommand({
  name: 'credit',
  group: 'ledger',
  summary: 'Record a credit note, or take one back',
  example: 'credit CN-9 C-17 1000 --invoice INV-104',
  arguments: [
    { name: 'number', about: 'number of the credit note; or undo', isRequired: true },
    { name: 'customer', about: 'code of the customer; for undo: the number', isRequired: true },
    { name: 'amount', about: 'its total, for example 1000.00' },
  ],
  options: [
    { name: 'invoice', about: 'invoice it was made out for; it then follows that invoice', value: 'NUMBER' },
    { name: 'apply', about: 'set it against that invoice at once' },
    { name: 'currency', about: 'its currency, if not that of the invoice or the company', value: 'CODE' },
    { name: 'reason', about: 'for undo: why', value: 'TEXT' },
    { name: 'on', about: 'day it was issued; today if left out', value: 'DAY' },
  ],
  schema: z.object({
    number: z.string().min(1).max(100),
    customer: z.string().min(1).max(100),
    amount: z.string().min(1).max(60).optional(),
    reason: z.string().max(1_000).optional(),
    invoice: z.string().min(1).max(100).optional(),
    apply: z.boolean().default(false),
    currency: z.string().max(10).optional(),
    on: dayArgument.optional(),
  }),
  roles: rolesFor('credit'),
  isDangerous: false,
  reversedBy: 'credit',
  run: async (context, input): Promise<CommandResult<unknown>> => {
    if (input.number === 'undo') return await undoCredit(context, { name: input.customer, reason: input.reason });
    if (input.amount === undefined) throw noAmount(input.number);
    const { recordCreditNote } = await import('../record-credit-note.ts');
    const credit = await recordCreditNote(await context.session(), {
      number: input.number,
      customerCode: input.customer,
      amount: input.amount,
      currency: input.currency,
      issuedOn: input.on,
      invoice: input.invoice,
      isApplied: input.apply,
    });
    const { currency } = credit;
    const data = {
      creditNote: {
        id: credit.id,
        number: credit.number,
        customer: credit.customerCode,
        amount: decimalText(credit.amountMinor, currency),
        currency,
        invoice: credit.invoice,
        applied: decimalText(credit.appliedMinor, currency),
      },
      ...effectView(credit),
    };
    const applied =
      credit.appliedMinor > 0n ? `, ${moneyText({ minor: credit.appliedMinor, currency })} of it set against ${credit.invoice ?? ''}` : '';
    const note = `Credit note ${credit.number} of ${credit.customerCode} over ${moneyText({ minor: credit.amountMinor, currency })} recorded${applied}.`;
    return { data, ending: 'ok' as const, notes: [note, ...reviewNotes(credit)] };
  },
});

const noAmount = (number: string): OperatorError =>
  new OperatorError({
    code: 'usage.credit',
    kind: 'usage',
    message: `Credit note ${safeText(number.slice(0, 60))} has no amount.`,
    tryThis: 'For example `wafa credit CN-9 C-17 1000.00`.',
  });
