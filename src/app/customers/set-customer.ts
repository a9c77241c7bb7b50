/**
 * Sets what people know about a customer: names, terms, language, limits, who collects, who is written to. All of it or nothing; what moved is
 * given back, so that setting it back is the way to undo it. The audit holds names of settings, and values only where they say nothing of anybody.
 */
import { act, type Act } from '../act.ts';
import { holdsRole } from '../actor.ts';
import { moveBilling } from './move-billing.ts';
import { badSetting, CONTACT_SETTINGS, CUSTOMER_SETTINGS, DECISIONS, IMPERSONAL, SETTING_NAMES } from './customer-settings.ts';
import { setContact } from './set-contact.ts';
import { moveLiveReminders, type MovedReminder } from '../ledger/move-live-reminders.ts';
import { conditions } from '../people/conditions.ts';
import { refuseOn } from '../people/refusals.ts';
import type { Session } from '../session.ts';
import { unknownCustomer } from '../unknown-customer.ts';
import type { CustomerId, UserId } from '../../domain/ids.ts';
import { decimalText, type Currency } from '../../domain/money.ts';
import { safeText } from '../../domain/safe-text.ts';
import { lockAccounts } from '../../store/sql/account-lock.ts';
import { customerDetails, setCustomerColumns, type CustomerColumns, type CustomerDetails } from '../../store/sql/customer-details.ts';
import { customerByCode } from '../../store/sql/customers.ts';
import { userByLogin } from '../../store/sql/users.ts';

export interface CustomerChange {
  readonly code: string;
  /** Settings and their values as typed. */
  readonly values: Readonly<Record<string, string>>;
  /** Address of the person that `contact.…` is about; the primary contact when left out. One nobody has yet is added. */
  readonly contact?: string | undefined;
  /** Only says what would change. */
  readonly isDryRun?: boolean | undefined;
}

export interface SettingChange {
  readonly setting: string;
  /** As it would be typed; empty: not set. */
  readonly from: string;
  readonly to: string;
}

export interface ChangedCustomer {
  readonly code: string;
  readonly changes: readonly SettingChange[];
  readonly reminders: readonly MovedReminder[];
}

/** @throws OperatorError `customer.*`, `company.bad-…` for words it shares, `permission.needs-approver`, `input.*`; nothing is changed then. */
export const setCustomer = (session: Session, change: CustomerChange): Promise<ChangedCustomer> =>
  act(session, 'customer set', (context) => apply(context, change), { isReadOnly: change.isDryRun === true });

async function apply(context: Act, { code, values, contact, isDryRun = false }: CustomerChange): Promise<ChangedCustomer> {
  const { tx } = context;
  refuseStrangers(values);
  const seen = (await customerDetails(tx, code.trim())) ?? refuseUnknown(code);
  const billTo = await newBillTo(context, values['billTo'], seen);
  const accounts = [...new Set([seen.id, seen.accountId, billTo ?? seen.id])];
  if (!isDryRun) await lockAccounts(tx, accounts);
  const before = (await customerDetails(tx, code.trim())) ?? refuseUnknown(code);
  const columns = await customerColumns(context, values);
  if (values['billTo'] !== undefined && !isDryRun) await moveBilling(context, before, billTo);
  const changes = [
    ...settingChanges(
      values,
      before,
      { ...columns, ...(values['billTo'] === undefined ? {} : { billTo: values['billTo'].trim() }) },
      context.company.baseCurrency,
    ),
  ];
  if (!isDryRun) await setCustomerColumns(tx, before.id, { ...columns, ...(values['billTo'] === undefined ? {} : { bill_to_id: billTo }) });
  changes.push(...(await setContact(context, before, { values, contact, isDryRun })));
  requireDecider(context, changes);
  if (isDryRun || changes.length === 0) return { code: before.code, changes, reminders: [] };
  record(context, before.id, changes);
  const after = (await customerDetails(tx, before.code)) ?? refuseUnknown(code);
  const reminders = await moveLiveReminders(context, [...new Set([before.accountId, after.accountId])]);
  return { code: before.code, changes, reminders };
}

function refuseStrangers(values: Readonly<Record<string, string>>): void {
  const stranger = Object.keys(values).find((name) => !SETTING_NAMES.includes(name));
  if (stranger === undefined) return;
  throw badSetting(
    'unknown-setting',
    `A customer has no setting ${JSON.stringify(safeText(stranger.slice(0, 40)))}.`,
    `Use one of ${SETTING_NAMES.join(', ')}.`,
  );
}

/** The account the customer is to be billed through; `null`: itself. */
async function newBillTo({ tx }: Act, text: string | undefined, customer: CustomerDetails): Promise<CustomerId | null> {
  const code = text?.trim() ?? '';
  if (code === '') return null;
  const head = await customerByCode(tx, code);
  if (!head) throw unknownCustomer(code);
  if (head.id === customer.id)
    throw badSetting('bills-itself', `Customer ${customer.code} cannot be billed through itself.`, 'Leave billTo empty for that.');
  if (head.accountId === head.id) return head.id;
  throw badSetting(
    'bill-to-branch',
    `Customer ${head.code} is a branch of ${head.accountCode}.`,
    `Bill through ${head.accountCode} instead.`,
  );
}

async function customerColumns(context: Act, values: Readonly<Record<string, string>>): Promise<CustomerColumns> {
  const { baseCurrency } = context.company;
  const read = Object.entries(values).flatMap(([name, text]) => {
    const setting = Object.keys(CUSTOMER_SETTINGS).find((each): each is keyof typeof CUSTOMER_SETTINGS => each === name);
    return setting === undefined ? [] : [CUSTOMER_SETTINGS[setting](text.trim(), baseCurrency)];
  });
  const owner = values['owner'];
  const columns = Object.assign({}, ...read) as CustomerColumns;
  return owner === undefined ? columns : { ...columns, owner_user_id: await ownerCalled(context, owner.trim()) };
}

async function ownerCalled({ tx, company }: Act, login: string): Promise<UserId | null> {
  if (login === '') return null;
  const user = await userByLogin(tx, login);
  if (user?.isActive === true) return user.id;
  throw badSetting(
    'unknown-owner',
    `${JSON.stringify(safeText(login.slice(0, 60)))} is no active user of company ${company.code}.`,
    'Run `wafa user list`.',
  );
}

const COLUMN_OF: Readonly<Record<string, keyof CustomerColumns>> = {
  nameAr: 'name_ar',
  businessType: 'business_type',
  paymentTermsDays: 'payment_terms_days',
  graceDays: 'grace_days',
  creditLimit: 'credit_limit_minor',
  consolidationPreference: 'consolidation_preference',
  maxConsolidationAmount: 'max_consolidation_amount_minor',
  preferredContactInterval: 'preferred_contact_interval',
  calendarPreset: 'calendar_preset',
  collectionStatus: 'collection_status',
  customerSinceOn: 'customer_since_on',
  isActive: 'is_active',
};
const MEMBER_OF: Readonly<Record<string, keyof CustomerDetails>> = {
  creditLimit: 'creditLimitMinor',
  maxConsolidationAmount: 'maxConsolidationAmountMinor',
};

function settingChanges(
  values: Readonly<Record<string, string>>,
  before: CustomerDetails,
  after: CustomerColumns & { readonly billTo?: string },
  currency: Currency,
): readonly SettingChange[] {
  return Object.keys(values).flatMap((setting) => {
    if (setting in CONTACT_SETTINGS) return [];
    const from = settingText(before[MEMBER_OF[setting] ?? (setting as keyof CustomerDetails)], currency);
    const named = setting === 'owner' || setting === 'billTo';
    const to = named
      ? (values[setting] ?? '').trim()
      : settingText(after[COLUMN_OF[setting] ?? (setting as keyof CustomerColumns)], currency);
    return from === to ? [] : [{ setting, from, to }];
  });
}

/** A value as it would be typed. */
function settingText(value: unknown, currency: Currency): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint') return decimalText(value, currency);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : `${value as number | Temporal.PlainDate}`;
}

function requireDecider({ actor }: Act, changes: readonly SettingChange[]): void {
  const objection = conditions.decisionsByApprover.judge({
    isDecider: holdsRole(actor, ['APPROVER', 'ADMIN']),
    settings: changes.map(({ setting }) => setting).filter((setting) => DECISIONS.has(setting)),
  });
  refuseOn(objection, 'permission.needs-approver', { objectKind: 'verb', objectId: null });
}

function record(context: Act, customerId: CustomerId, changes: readonly SettingChange[]): void {
  const shown = changes.filter(({ setting }) => IMPERSONAL.has(setting)).map(({ setting, from, to }) => ({ setting, from, to }));
  const status = changes.find(({ setting }) => setting === 'collectionStatus');
  context.record({
    objectKind: 'customer',
    objectId: customerId,
    ...(status === undefined ? {} : { fromState: status.from, toState: status.to }),
    detail: { settings: changes.map(({ setting }) => setting), changes: shown },
  });
}

const refuseUnknown = (code: string): never => {
  throw unknownCustomer(code);
};
