import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';
import { asId, type BankAccountId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';

const text = z.string().max(300).optional();
const id = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is not the id of a bank account')
  .transform(Number)
  .optional();

const schema = z.object({
  word: z.enum(['list', 'propose', 'confirm', 'withdraw'], { error: 'is list, propose, confirm or withdraw' }).default('list'),
  id,
  bank: text,
  bankAr: text,
  accountName: text,
  iban: text,
  swift: text,
  currency: z.string().max(10).default('AED'),
  replaces: id,
});
type Input = z.output<typeof schema>;

export const bankCommand = defineCommand({
  name: 'bank',
  group: 'set up',
  summary: 'Where customers are asked to pay: one proposes, another confirms, mails print it a day later',
  example: 'bank propose --bank "Emirates NBD" --account-name "Acme LLC" --iban "AE07 0331 2345 6789 0123 456"',
  arguments: [
    { name: 'word', about: 'list, propose, confirm or withdraw' },
    { name: 'id', about: 'for confirm and withdraw: the account' },
  ],
  options: [
    { name: 'bank', about: "the bank's name", value: 'NAME' },
    { name: 'bankAr', about: 'the same in Arabic', value: 'NAME' },
    { name: 'accountName', about: 'whose account it is', value: 'NAME' },
    { name: 'iban', about: 'the account', value: 'IBAN' },
    { name: 'swift', about: "the bank's code", value: 'CODE' },
    { name: 'currency', about: 'what it is kept in; AED unless told', value: 'CODE' },
    { name: 'replaces', about: 'the account whose place it takes', value: 'ID' },
  ],
  schema,
  // The widest of its words; the others ask for more by themselves.
  roles: rolesFor('bank list'),
  isDangerous: false,
  reversedBy: 'bank',
  run: async (context, input): Promise<CommandResult<unknown>> => {
    switch (input.word) {
      case 'list':
        return await list(context);
      case 'propose':
        return await propose(context, input);
      case 'confirm':
        return await confirm(context, input);
      case 'withdraw':
        return await withdraw(context, input);
    }
  },
});

async function list(context: CommandContext): Promise<CommandResult<unknown>> {
  const { listBankAccounts } = await import('../bank/bank-accounts.ts');
  const accounts = await listBankAccounts(await context.session());
  const shown = accounts.map((account) => ({
    id: account.id,
    state: account.state,
    currency: account.currency,
    iban: account.iban,
    bank: account.bankName,
    accountName: account.accountName,
    swift: account.swift,
    replaces: account.replacesId,
    proposedBy: account.requestedByName,
    confirmedBy: account.approvedByName,
    from: account.effectiveAt?.toString() ?? null,
    until: account.retiredAt?.toString() ?? null,
  }));
  return {
    data: { accounts: shown },
    ending: 'ok',
    notes: shown.length === 0 ? ['There is none: mails say nothing about where to pay.'] : [],
  };
}

async function propose(context: CommandContext, input: Input): Promise<CommandResult<unknown>> {
  const { bank, accountName, iban } = input;
  if (bank === undefined || accountName === undefined || iban === undefined)
    throw usage(
      'A proposal needs --bank, --account-name and --iban.',
      'propose --bank "Emirates NBD" --account-name "Acme LLC" --iban AE07…',
    );
  const { proposeBankAccount } = await import('../bank/bank-accounts.ts');
  const account = await proposeBankAccount(await context.session(), {
    bankName: bank,
    bankNameAr: input.bankAr,
    accountName,
    iban,
    swift: input.swift,
    currency: input.currency,
    replaces: input.replaces === undefined ? undefined : asId<'bank-account'>(input.replaces),
  });
  return {
    data: { id: account },
    ending: 'ok',
    notes: [`Proposed. Mails print it a day after somebody else confirms it: \`wafa bank confirm ${account}\`.`],
  };
}

async function confirm(context: CommandContext, input: Input): Promise<CommandResult<unknown>> {
  const { confirmBank } = await import('../bank/bank-accounts.ts');
  const account = neededId(input, 'confirm');
  const from = await confirmBank(await context.session(), account);
  const note = `Confirmed: mails print it from ${from.toString()}. Approved reminders go back to a person then, since their words change.`;
  return { data: { id: account, from: from.toString() }, ending: 'ok', notes: [note] };
}

async function withdraw(context: CommandContext, input: Input): Promise<CommandResult<unknown>> {
  const { withdrawBankAccount } = await import('../bank/bank-accounts.ts');
  const account = neededId(input, 'withdraw');
  await withdrawBankAccount(await context.session(), account);
  return { data: { id: account }, ending: 'ok', notes: ['Withdrawn: no further mail prints it.'] };
}

function neededId({ id: given }: Input, word: string): BankAccountId {
  if (given !== undefined) return asId<'bank-account'>(given);
  throw usage('Which bank account?', `${word} 3`);
}

const usage = (message: string, example: string): OperatorError =>
  new OperatorError({ code: 'usage.bank', kind: 'usage', message, tryThis: `For example \`wafa bank ${example}\`.` });
