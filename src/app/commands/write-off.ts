import { z } from 'zod';
import { defineCommand } from './command.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';
import type { WriteOff } from '../write-off.ts';
import { decimalText, moneyText } from '../../domain/money.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export const writeOffCommand = defineCommand({
  name: 'write-off',
  group: 'ledger',
  summary: 'Give up money that will not come, or take that back',
  example: 'write-off INV-104 --amount 3.50 --reason "Bank charges"',
  arguments: [
    { name: 'invoice', about: 'number of the invoice; or undo', isRequired: true },
    { name: 'id', about: 'for undo: number of the write-off' },
  ],
  options: [
    { name: 'amount', about: 'how much; all that is open if left out', value: 'AMOUNT' },
    { name: 'reason', about: 'why', value: 'TEXT' },
    { name: 'reference', about: 'decision or ticket to know it again', value: 'TEXT' },
  ],
  schema: z.object({
    invoice: z.string().min(1).max(100),
    id: z.coerce.number().int().positive().optional(),
    amount: z.string().max(60).optional(),
    reason: z.string({ error: 'is needed: say why' }).min(1).max(1_000),
    reference: z.string().max(140).optional(),
  }),
  roles: rolesFor('write-off'),
  isDangerous: false,
  reversedBy: 'write-off',
  run: async (context, { invoice, id, amount, reason, reference }) => {
    const { undoWriteOff, writeOff } = await import('../write-off.ts');
    const session = await context.session();
    if (invoice === 'undo') return resultOf(await undoWriteOff(session, { id: id ?? refuseMissing(), reason }), true);
    return resultOf(await writeOff(session, { invoice, amount, reason, reference }), false);
  },
});

function resultOf(done: WriteOff, isUndone: boolean) {
  const { id, invoice, currency, amountMinor, openMinor } = done;
  const amount = moneyText({ minor: amountMinor, currency });
  const what = isUndone
    ? `Write-off ${id} is taken back: ${amount} of ${invoice} is owed again`
    : `${amount} of ${invoice} is written off (number ${id})`;
  return {
    data: {
      writeOff: { id, invoice, amount: decimalText(amountMinor, currency), currency, open: decimalText(openMinor, currency), isUndone },
      ...effectView(done),
    },
    ending: 'ok' as const,
    notes: [`${what}; ${moneyText({ minor: openMinor, currency })} open.`, ...reviewNotes(done)],
  };
}

const refuseMissing = (): never => {
  throw new OperatorError({
    code: 'usage.write-off',
    kind: 'usage',
    message: 'The number of the write-off is missing.',
    tryThis: 'For example `wafa write-off undo 12 --reason "they paid"`; `wafa customer show` has the number.',
  });
};
