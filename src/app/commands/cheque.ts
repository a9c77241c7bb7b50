import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';
import { OperatorError } from '../../domain/operator-error.ts';

const NEWS = ['cleared', 'returned', 'withdrawn'] as const;

const schema = z.object({
  subject: z.string().min(1).max(64),
  rest: z.array(z.string().min(1).max(100)).max(500).default([]),
  number: z.string().max(60).optional(),
  bank: z.string().max(140).optional(),
  date: dayArgument.optional(),
  amount: z.string().max(60).optional(),
  currency: z.string().max(10).optional(),
  customer: z.string().max(64).optional(),
  on: dayArgument.optional(),
  reason: z.string().max(1_000).optional(),
});
type Input = z.output<typeof schema>;

export const chequeCommand = defineCommand({
  name: 'cheque',
  group: 'ledger',
  summary: 'Record a post-dated cheque in hand, and what became of it',
  example: 'cheque C-17 INV-104 --number 000123 --bank ENBD --date 2026-12-15 --amount 5000',
  arguments: [
    { name: 'subject', about: 'code of the customer; or cleared, returned or withdrawn', isRequired: true },
    {
      name: 'rest',
      about: 'invoices it covers, all that are open if left out; or the number of the cheque there is news of',
      isMany: true,
    },
  ],
  options: [
    { name: 'number', about: 'number of the cheque', value: 'NUMBER' },
    { name: 'bank', about: 'bank it is drawn on', value: 'NAME' },
    { name: 'date', about: 'date on the cheque', value: 'DAY' },
    { name: 'amount', about: 'what it is made out for; covers the oldest invoices as far as it reaches', value: 'AMOUNT' },
    { name: 'currency', about: 'its currency, if not that of the invoices', value: 'CODE' },
    { name: 'customer', about: 'for news: whose cheque, when two have the same number', value: 'CODE' },
    { name: 'on', about: 'for cleared: the day the money came; today if left out', value: 'DAY' },
    { name: 'reason', about: 'for news: why', value: 'TEXT' },
  ],
  schema,
  roles: rolesFor('cheque'),
  isDangerous: false,
  reversedBy: 'cheque',
  run: async (context, input): Promise<CommandResult<unknown>> => {
    const became = NEWS.find((word) => word === input.subject);
    return became === undefined || input.number !== undefined ? await take(context, input) : await hear(context, became, input);
  },
});

async function take(context: CommandContext, { subject, rest, number, bank, date, amount, currency, reason }: Input) {
  if (number === undefined || date === undefined) throw usage(`A cheque needs its ${number === undefined ? 'number' : 'date'}.`);
  const { recordCheque } = await import('../record-cheque.ts');
  const cheque = await recordCheque(await context.session(), {
    customerCode: subject,
    number,
    bank,
    datedOn: date,
    amount,
    currency,
    invoices: rest,
    reason,
  });
  const { customerCode, untilOn, datedOn, invoices } = cheque;
  const data = {
    cheque: {
      id: cheque.id,
      number: cheque.number,
      customer: customerCode,
      datedOn: datedOn.toString(),
      untilOn: untilOn.toString(),
      invoices,
    },
    ...effectView(cheque),
  };
  const items = invoices.length === 1 ? `Invoice ${invoices[0] ?? ''}` : `${invoices.length} invoices`;
  const note = `${items} of ${customerCode} left alone until ${untilOn.toString()} for cheque ${cheque.number} (block ${cheque.id}).`;
  return { data, ending: 'ok' as const, notes: [note, ...reviewNotes(cheque)] };
}

async function hear(context: CommandContext, became: (typeof NEWS)[number], { rest, customer, on, amount, reason }: Input) {
  const [number, ...more] = rest;
  if (number === undefined || more.length > 0) throw usage('One cheque at a time is told about, by its number.');
  const { settleCheque } = await import('../settle-cheque.ts');
  const settled = await settleCheque(await context.session(), { number, became, customerCode: customer, on, amount, reason });
  const data = {
    cheque: {
      number: settled.number,
      customer: settled.customerCode,
      became,
      paymentId: settled.paymentId,
      taskId: settled.taskId,
    },
    ...effectView(settled),
  };
  return { data, ending: 'ok' as const, notes: [sentence(settled), ...reviewNotes(settled)] };
}

function sentence(settled: {
  readonly number: string;
  readonly customerCode: string;
  readonly became: (typeof NEWS)[number];
  readonly paymentId: number | null;
}): string {
  const { number, customerCode, became, paymentId } = settled;
  if (became === 'cleared') return `Cheque ${number} of ${customerCode} cleared: payment ${paymentId ?? ''}, reference "CHEQUE ${number}".`;
  if (became === 'withdrawn') return `Cheque ${number} of ${customerCode} is no longer in hand; its invoices are free.`;
  return `Cheque ${number} of ${customerCode} was returned: a task for a person. Nothing is sent to them until \`wafa answered ${customerCode} --did TEXT\`.`;
}

const usage = (message: string): OperatorError =>
  new OperatorError({
    code: 'usage.cheque',
    kind: 'usage',
    message,
    tryThis: 'For example `wafa cheque C-17 --number 000123 --date 2026-12-15`, then `wafa cheque cleared 000123`.',
  });
