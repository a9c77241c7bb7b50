/**
 * Where customers are asked to pay. A false account in a reminder sends every payment to a thief, so a change takes two people and a day:
 * one proposes, another confirms, and mails print it 24 hours after that. Until then anybody entitled can withdraw it.
 */
import { act, type Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import { readCurrency, readLine, readOptionalLine } from '../operator-input.ts';
import { conditions } from '../people/conditions.ts';
import { refuseOn } from '../people/refusals.ts';
import type { Session } from '../session.ts';
import type { Instant } from '../../domain/days.ts';
import { readIban } from '../../domain/iban.ts';
import type { BankAccountId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { lockCompany } from '../../store/sql/company-settings.ts';
import {
  allBankAccounts,
  confirmBankAccount,
  insertBankAccount,
  retireBankAccount,
  type BankAccountRecord,
} from '../../store/sql/bank-accounts.ts';

/** Long enough for the real owner of a stolen login, or of a mailbox with a forged request, to notice; banks wait about as long. */
const WAITING_HOURS = 24;

export type BankAccountState = 'proposed' | 'confirmed' | 'in force' | 'retired';

export interface ListedBankAccount extends BankAccountRecord {
  readonly state: BankAccountState;
}

export const listBankAccounts = (session: Session): Promise<readonly ListedBankAccount[]> =>
  act(
    session,
    'bank list',
    async ({ tx, now }) => (await allBankAccounts(tx)).map((account) => ({ ...account, state: stateOf(account, now) })),
    { isReadOnly: true },
  );

function stateOf({ effectiveAt, retiredAt }: BankAccountRecord, now: Instant): BankAccountState {
  if (retiredAt !== null && Temporal.Instant.compare(retiredAt, now) <= 0) return 'retired';
  if (effectiveAt === null) return 'proposed';
  return Temporal.Instant.compare(effectiveAt, now) <= 0 ? 'in force' : 'confirmed';
}

export interface BankAccountRequest {
  readonly bankName: string;
  readonly bankNameAr?: string | undefined;
  readonly accountName: string;
  readonly iban: string;
  readonly swift?: string | undefined;
  readonly currency: string;
  /** The account it takes the place of. */
  readonly replaces?: BankAccountId | undefined;
}

/** @throws OperatorError `bank.bad-iban|bad-swift|already-there|unknown`, `input.*` */
export const proposeBankAccount = (session: Session, request: BankAccountRequest): Promise<BankAccountId> =>
  act(session, 'bank propose', async (context) => {
    await lockCompany(context.tx);
    const account = checkedAccount(request);
    const standing = await accountsNow(context);
    const replacesId = request.replaces === undefined ? null : accountOf(standing, request.replaces).id;
    if (
      standing.some(
        ({ iban, currency, state, id }) =>
          iban === account.iban && currency === account.currency && state !== 'retired' && id !== replacesId,
      )
    )
      throw refused('already-there', 'This account is there already.', 'See `wafa bank list`.');
    const id = await insertBankAccount(context.tx, { ...account, replacesId, requestedBy: userIdOf(context.actor) });
    context.record({ objectKind: 'bank-account', objectId: id, toState: 'PROPOSED', detail: { replaces: replacesId } });
    return id;
  });

const accountsNow = async ({ tx, now }: Act): Promise<readonly ListedBankAccount[]> =>
  (await allBankAccounts(tx)).map((account) => ({ ...account, state: stateOf(account, now) }));

function checkedAccount({ bankName, bankNameAr, accountName, iban, swift, currency }: BankAccountRequest) {
  const reading = readIban(iban);
  if (!reading.ok) throw refused('bad-iban', `The account number ${reading.why}.`, 'Copy it from the bank’s own papers.');
  const code = swift?.replaceAll(' ', '').toUpperCase() ?? '';
  if (code !== '' && !/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(code))
    throw refused('bad-swift', 'The SWIFT code is not one.', 'It has 8 or 11 letters and digits, for example EBILAEAD.');
  return {
    bankName: readLine(bankName, "the bank's name", 200),
    bankNameAr: readOptionalLine(bankNameAr, "the bank's Arabic name", 200),
    accountName: readLine(accountName, 'the account name', 200),
    iban: reading.iban,
    swift: code === '' ? null : code,
    currency: readCurrency(currency),
  };
}

/** @returns from when mails print it. @throws OperatorError `bank.unknown|not-proposed`, `bank.four-eyes` */
export const confirmBank = (session: Session, id: BankAccountId): Promise<Instant> =>
  act(session, 'bank confirm', async (context) => {
    await lockCompany(context.tx);
    const account = accountOf(await accountsNow(context), id);
    if (account.state !== 'proposed')
      throw refused('not-proposed', `Bank account ${id} is ${account.state}, so there is nothing to confirm.`, 'See `wafa bank list`.');
    const facts = { id, requestedBy: account.requestedBy, userId: userIdOf(context.actor), isOnePerson: context.company.isOnePerson };
    refuseOn(conditions.bankByAnother.judge(facts), 'bank.four-eyes', { objectKind: 'bank-account', objectId: id });
    const effectiveAt = context.now.add({ hours: WAITING_HOURS });
    await confirmBankAccount(context.tx, account, { approvedBy: userIdOf(context.actor), effectiveAt });
    context.record({
      objectKind: 'bank-account',
      objectId: id,
      fromState: 'PROPOSED',
      toState: 'CONFIRMED',
      detail: { effectiveAt: effectiveAt.toString() },
    });
    return effectiveAt;
  });

/** Takes a proposal back, stops a confirmed one before its time, or ends one in force. @throws OperatorError `bank.unknown|retired` */
export const withdrawBankAccount = (session: Session, id: BankAccountId): Promise<void> =>
  act(session, 'bank withdraw', async (context) => {
    await lockCompany(context.tx);
    const account = accountOf(await accountsNow(context), id);
    if (account.state === 'retired') throw refused('retired', `Bank account ${id} is retired already.`, 'See `wafa bank list`.');
    await retireBankAccount(context.tx, id, context.now);
    // The account it was to replace goes on as if nothing had been said.
    if (account.state === 'confirmed' && account.replacesId !== null) await retireBankAccount(context.tx, account.replacesId, null);
    context.record({ objectKind: 'bank-account', objectId: id, fromState: account.state.toUpperCase(), toState: 'RETIRED' });
  });

function accountOf(accounts: readonly ListedBankAccount[], id: BankAccountId): ListedBankAccount {
  const found = accounts.find((account) => account.id === id);
  if (found) return found;
  throw refused('unknown', `There is no bank account ${id}.`, 'See `wafa bank list`.');
}

const refused = (code: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `bank.${code}`, kind: 'usage', message, tryThis });
