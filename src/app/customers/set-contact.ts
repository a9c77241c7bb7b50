/** Sets who is written to: the primary contact of a customer, or the person at an address, added when nobody has it. */
import type { Act } from '../act.ts';
import { badSetting, CONTACT_SETTINGS } from './customer-settings.ts';
import type { SettingChange } from './set-customer.ts';
import { readMailbox } from '../company-identity.ts';
import { safeText } from '../../domain/safe-text.ts';
import {
  contactsOf,
  demotePrimary,
  insertContactPerson,
  setContactColumns,
  type ContactColumns,
  type ContactDetails,
  type CustomerDetails,
} from '../../store/sql/customer-details.ts';

interface ContactChange {
  readonly values: Readonly<Record<string, string>>;
  readonly contact: string | undefined;
  readonly isDryRun: boolean;
}

/** @throws OperatorError `customer.contact-…`, `company.bad-address`, `input.bad-text` */
export async function setContact(
  { tx, company }: Act,
  customer: CustomerDetails,
  change: ContactChange,
): Promise<readonly SettingChange[]> {
  const columns = contactColumns(change.values, company.baseCurrency);
  if (Object.keys(columns).length === 0) return refuseLonely(change.contact);
  const people = await contactsOf(tx, customer.id);
  const address = change.contact === undefined ? null : readMailbox(change.contact);
  const person = people.find((one) => (address === null ? one.isPrimary && one.isActive : isSame(one.address, address)));
  refuseTaken(people, person, columns.address ?? null);
  const changes = differences(person, columns, change.values);
  if (change.isDryRun || (person !== undefined && changes.length === 0)) return changes;
  if (columns.is_primary === true || (person === undefined && address === null)) await demotePrimary(tx, customer.id);
  if (person) await setContactColumns(tx, person.id, columns);
  else await insertContactPerson(tx, customer.id, newPerson(columns, { address, customer, people }));
  return changes;
}

function contactColumns(values: ContactChange['values'], currency: string): ContactColumns {
  const read = Object.entries(values).flatMap(([name, text]) => {
    const setting = Object.keys(CONTACT_SETTINGS).find((each): each is keyof typeof CONTACT_SETTINGS => each === name);
    return setting === undefined
      ? []
      : [(CONTACT_SETTINGS[setting] as (text: string, currency: string) => ContactColumns)(text.trim(), currency)];
  });
  return Object.assign({}, ...read) as ContactColumns;
}

function newPerson(
  columns: ContactColumns,
  {
    address,
    customer,
    people,
  }: { readonly address: string | null; readonly customer: CustomerDetails; readonly people: readonly ContactDetails[] },
): ContactColumns & { readonly name: string } {
  const isFirst = !people.some((one) => one.isPrimary && one.isActive);
  return { name: customer.name, ...(address === null ? {} : { address }), is_primary: address === null || isFirst, ...columns };
}

const isSame = (one: string | null, other: string): boolean => one !== null && one.toLowerCase() === other.toLowerCase();

/** One address is one person of a customer, whatever its capitals. */
function refuseTaken(people: readonly ContactDetails[], person: ContactDetails | undefined, address: string | null): void {
  if (address === null || !people.some((one) => one !== person && isSame(one.address, address))) return;
  throw badSetting(
    'contact-exists',
    `Another contact of the customer has the address ${safeText(address)}.`,
    'Name that one with --contact.',
  );
}

function refuseLonely(contact: string | undefined): readonly SettingChange[] {
  if (contact === undefined) return [];
  throw badSetting(
    'contact-unchanged',
    'Nothing is said about the contact.',
    'Give what to set, for example contact.phone="+971 50 123 4567".',
  );
}

const COLUMN_OF: Readonly<Record<string, readonly [keyof ContactColumns, keyof ContactDetails]>> = {
  'contact.name': ['name', 'name'],
  'contact.nameAr': ['name_ar', 'nameAr'],
  'contact.title': ['title', 'title'],
  'contact.role': ['role', 'role'],
  'contact.address': ['address', 'address'],
  'contact.phone': ['phone', 'phone'],
  'contact.language': ['language', 'language'],
  'contact.levels': ['levels', 'levels'],
  'contact.isPrimary': ['is_primary', 'isPrimary'],
  'contact.isActive': ['is_active', 'isActive'],
};

function differences(
  person: ContactDetails | undefined,
  columns: ContactColumns,
  values: ContactChange['values'],
): readonly SettingChange[] {
  return Object.keys(values).flatMap((setting) => {
    const names = COLUMN_OF[setting];
    if (names === undefined) return [];
    const [from, to] = [textOf(person?.[names[1]]), textOf(columns[names[0]])];
    return from === to ? [] : [{ setting, from, to }];
  });
}

function textOf(value: ContactDetails[keyof ContactDetails] | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(',') : String(value);
}
