/** `pay undo` and `credit undo`: what is recorded by mistake, or has bounced, is taken back. */
import type { CommandContext, CommandResult } from './command.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { decimalText, moneyText } from '../../domain/money.ts';
import { OperatorError } from '../../domain/operator-error.ts';

interface Undo {
  /** The payment's reference, or the credit note's number. */
  readonly name: string | undefined;
  readonly customer?: string | undefined;
  readonly reason: string | undefined;
}

export async function undoPay(context: CommandContext, { name, customer, reason }: Undo): Promise<CommandResult<unknown>> {
  const [reference, why] = [needed(name, 'The reference', 'pay'), needed(reason, 'The reason', 'pay')];
  const { undoPayment } = await import('../undo-payment.ts');
  const undone = await undoPayment(await context.session(), { reference, customerCode: customer, reason: why });
  const { id, customerCode, amountMinor, currency, reopened } = undone;
  const data = {
    payment: {
      id,
      customer: customerCode,
      reference: undone.reference,
      amount: decimalText(amountMinor, currency),
      currency,
      isUndone: true,
      reopened,
    },
    ...effectView(undone),
  };
  const note = `Payment ${undone.reference} of ${customerCode}, ${moneyText({ minor: amountMinor, currency })}, is taken back${openAgain(reopened)}.`;
  return { data, ending: 'ok', notes: [note, ...reviewNotes(undone)] };
}

export async function undoCredit(context: CommandContext, { name, reason }: Undo): Promise<CommandResult<unknown>> {
  const [number, why] = [needed(name, 'The number', 'credit'), needed(reason, 'The reason', 'credit')];
  const { undoCreditNote } = await import('../undo-credit-note.ts');
  const undone = await undoCreditNote(await context.session(), { number, reason: why });
  const { id, amountMinor, currency, reopened } = undone;
  const data = {
    creditNote: { id, number: undone.number, amount: decimalText(amountMinor, currency), currency, isUndone: true, reopened },
    ...effectView(undone),
  };
  const note = `Credit note ${undone.number} over ${moneyText({ minor: amountMinor, currency })} is taken back${openAgain(reopened)}.`;
  return { data, ending: 'ok', notes: [note, ...reviewNotes(undone)] };
}

const openAgain = (numbers: readonly string[]): string => (numbers.length === 0 ? '' : `; open again: ${numbers.join(', ')}`);

function needed(value: string | undefined, what: string, verb: 'pay' | 'credit'): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new OperatorError({
    code: `usage.${verb}`,
    kind: 'usage',
    message: `${what} is missing.`,
    tryThis: `For example \`wafa ${verb} undo ${verb === 'pay' ? 'FT26327' : 'CN-9'} --reason "${verb === 'pay' ? 'bounced' : 'made out twice'}"\`.`,
  });
}
