/** Customers, whom to write to there, and what they owe: the ledger that reminders are about. */
import { defineEntity, type Opt, p } from '@mikro-orm/core';

import { CALENDAR_PRESET_NAMES } from '../../domain/calendar/calendar-presets.ts';
import type { CustomerId } from '../../domain/ids.ts';
import {
  BUSINESS_TYPES,
  COLLECTION_STATUSES,
  CONSOLIDATION_PREFERENCES,
  EMIRATES,
  ESCALATION_LEVELS,
  type EscalationLevel,
  INVOICE_KINDS,
  LANGUAGES,
} from '../../domain/vocabulary.ts';
import {
  SafeIntegerType,
  belongsTo,
  cameWith,
  companyKey,
  createdAt,
  day,
  identity,
  instant,
  rowVersion,
  wholeNumber,
} from './column-types.ts';
import { ImportBatch } from './import-batch.entity.ts';
import { PHONE_KEY, SEARCH_TEXT } from './search-columns.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const CustomerSchema = defineEntity({
  ...tenantTable,
  name: 'Customer',
  tableName: 'customers',
  properties: {
    companyId: companyKey(),
    id: identity<'customer'>(),
    code: p.text().check('length(code) >= 1 and length(code) <= 64'),
    name: p.text().check('length(name) >= 1 and length(name) <= 300'),
    nameAr: p.text().nullable(),
    billTo: () => belongsTo(Customer, 'bill_to_id').nullable(),
    accountId: p
      .type(SafeIntegerType)
      .$type<Opt<CustomerId>>()
      .generated('(coalesce(bill_to_id, id)) stored')
      .comment('Who is written to: the bill-to customer, else the customer itself.'),
    trn: p.text().check(`trn ~ '^1[0-9]{14}$'`).nullable(),
    businessType: p.enum(BUSINESS_TYPES).nullable(),
    emirate: p.enum(EMIRATES).nullable(),
    phone: p.text().nullable(),
    phoneKey: p
      .text()
      .$type<Opt<string>>()
      .generated(PHONE_KEY)
      .comment('The last seven digits, by which a number is found however it was written.')
      .nullable(),
    notes: p.text().check('length(notes) >= 1 and length(notes) <= 4000').nullable(),
    searchText: p
      .text()
      .$type<Opt<string>>()
      .generated(SEARCH_TEXT)
      .comment('Code and names as they are compared, kept equal to searchKey of the domain.'),
    language: p.enum(LANGUAGES).nullable(),
    paymentTermsDays: p.integer().check('payment_terms_days >= 0 and payment_terms_days <= 365').nullable(),
    graceDays: p.integer().check('grace_days >= 0 and grace_days <= 90').nullable(),
    creditLimitMinor: p.bigint().check('credit_limit_minor >= 0').nullable(),
    consolidationPreference: p.enum(CONSOLIDATION_PREFERENCES).defaultRaw(`'ENABLED'`),
    maxConsolidationAmountMinor: p.bigint().check('max_consolidation_amount_minor > 0').nullable(),
    preferredContactInterval: p.integer().check('preferred_contact_interval > 0').nullable(),
    calendarPreset: p.enum(CALENDAR_PRESET_NAMES).nullable(),
    collectionStatus: p.enum(COLLECTION_STATUSES).defaultRaw(`'NORMAL'`),
    ownerUser: () => belongsTo(User, 'owner_user_id').nullable(),
    customerSinceOn: day().nullable(),
    episodeStartedOn: day().nullable(),
    openingContactOn: day().nullable(),
    openingLevel: p.enum(ESCALATION_LEVELS).nullable(),
    isActive: p.boolean().defaultRaw('true'),
    isOnLegalHold: p.boolean().defaultRaw('false').comment('Nothing of the account is deleted for its age.'),
    factsVersion: wholeNumber()
      .defaultRaw('1')
      .comment('Raised by whoever takes the account lock to record a fact; planning looks again only at accounts whose number moved.'),
    importBatch: () => cameWith(ImportBatch).nullable(),
    version: rowVersion(),
    createdAt: createdAt(),
    updatedAt: instant().defaultRaw('now()'),
    contacts: () => p.oneToMany(Contact).mappedBy('customer'),
    invoices: () => p.oneToMany(Invoice).mappedBy('customer'),
  },
  uniques: [{ properties: ['companyId', 'code'] }],
  indexes: [
    { name: 'customers_account', properties: ['companyId', 'accountId'] },
    { name: 'customers_search', properties: ['companyId', 'searchText', 'id'] },
    { name: 'customers_phone', properties: ['companyId', 'phoneKey'], where: 'phone_key is not null' },
  ],
  checks: [
    { name: 'bills_another_customer', expression: 'bill_to_id <> id' },
    { name: 'opening_level_has_a_day', expression: 'opening_level is null or opening_contact_on is not null' },
  ],
});

export class Customer extends CustomerSchema.class {}
CustomerSchema.setClass(Customer);

const ContactSchema = defineEntity({
  ...tenantTable,
  name: 'Contact',
  tableName: 'contacts',
  properties: {
    companyId: companyKey(),
    id: identity<'contact'>(),
    customer: () => belongsTo(Customer, 'customer_id'),
    name: p.text().check('length(name) >= 1 and length(name) <= 300'),
    nameAr: p.text().nullable(),
    title: p.text().nullable(),
    role: p.text().nullable(),
    address: p.text().check('length(address) >= 3 and length(address) <= 254').nullable(),
    phone: p.text().nullable(),
    phoneKey: p.text().$type<Opt<string>>().generated(PHONE_KEY).nullable(),
    language: p.enum(LANGUAGES).nullable(),
    levels: p.array().$type<EscalationLevel[]>().defaultRaw(`'{}'`).check(`levels <@ array['POLITE', 'FIRM', 'URGENT', 'FINAL']`),
    isPrimary: p.boolean().defaultRaw('false'),
    isActive: p.boolean().defaultRaw('true'),
    source: p.text(),
    legalBasis: p.text().defaultRaw(`'contract'`),
    erasedAt: instant().comment('The person asked to be erased; what is left names nobody.').nullable(),
    version: rowVersion(),
    createdAt: createdAt(),
    updatedAt: instant().defaultRaw('now()'),
  },
  uniques: [
    { properties: ['companyId', 'customer', 'address'] },
    { name: 'contacts_primary', properties: ['companyId', 'customer'], where: 'is_primary and is_active' },
  ],
  indexes: [
    { name: 'contacts_address', properties: ['companyId', 'address'] },
    { name: 'contacts_phone', properties: ['companyId', 'phoneKey'], where: 'phone_key is not null' },
  ],
  checks: [{ name: 'one_plain_address', expression: `address ~ '^[^@[:space:],;:<>"()]+@[^@[:space:],;:<>"()]+$'` }],
});

export class Contact extends ContactSchema.class {}
ContactSchema.setClass(Contact);

const InvoiceSchema = defineEntity({
  ...tenantTable,
  name: 'Invoice',
  tableName: 'invoices',
  properties: {
    companyId: companyKey(),
    id: identity<'invoice'>(),
    customer: () => belongsTo(Customer, 'customer_id'),
    kind: p.enum(INVOICE_KINDS),
    number: p.text().check('length(number) >= 1 and length(number) <= 100'),
    issuedOn: day().check(`issued_on >= '1990-01-01' and issued_on <= '2200-01-01'`),
    dueOn: day().check(`due_on >= '1990-01-01' and due_on <= '2200-01-01'`).nullable(),
    isDueComputed: p.boolean().defaultRaw('false'),
    currency: p.text().check(`currency ~ '^[A-Z]{3}$'`),
    totalMinor: p.bigint().check('total_minor >= 0'),
    openMinor: p
      .bigint()
      .comment('Total less every allocation recorded, those dated later included; the balance on an earlier day adds the later ones back.'),
    settledOn: day().comment('Day the last allocation that closed it took effect; set exactly when nothing is open.').nullable(),
    customerReference: p.text().nullable(),
    linkedInvoice: () => belongsTo(Invoice, 'linked_invoice_id').nullable(),
    linkedNumber: p.text().nullable(),
    source: p.text(),
    sourceKey: p.text().nullable(),
    importBatch: () => cameWith(ImportBatch).nullable(),
    version: rowVersion(),
    createdAt: createdAt(),
    updatedAt: instant().defaultRaw('now()'),
  },
  uniques: [{ properties: ['companyId', 'number', 'kind'] }],
  indexes: [
    { name: 'invoices_open', properties: ['companyId', 'customer'], where: 'open_minor > 0' },
    {
      name: 'invoices_ageing',
      properties: ['companyId', 'dueOn', 'customer'],
      include: ['currency', 'openMinor', 'issuedOn'],
      where: `open_minor > 0 and kind = 'INVOICE'`,
    },
    { name: 'invoices_settled', properties: ['companyId', 'customer', 'settledOn'], where: 'settled_on is not null' },
    { name: 'invoices_customer_reference', properties: ['companyId', 'customerReference'], where: 'customer_reference is not null' },
    { name: 'invoices_linked', properties: ['companyId', 'linkedInvoice'], where: 'linked_invoice_id is not null' },
  ],
  checks: [
    { name: 'open_is_part_of_total', expression: 'open_minor >= 0 and open_minor <= total_minor' },
    { name: 'invoice_has_a_due_day', expression: `kind <> 'INVOICE' or due_on is not null` },
    { name: 'settled_when_nothing_is_open', expression: '(settled_on is null) = (open_minor > 0)' },
  ],
});

export class Invoice extends InvoiceSchema.class {}
InvoiceSchema.setClass(Invoice);
