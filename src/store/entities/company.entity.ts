/** The companies: who they are, how they write, and what stops their sending. */
import { defineEntity, p } from '@mikro-orm/core';

import { EMIRATES, LANGUAGES } from '../../domain/vocabulary.ts';
import { belongsTo, companyKey, createdAt, day, instant, rowVersion, wholeNumber } from './column-types.ts';
import { PolicyVersion } from './policy-version.entity.ts';
import { tenantTable } from './tenant-table.ts';

const CompanySchema = defineEntity({
  ...tenantTable,
  name: 'Company',
  tableName: 'companies',
  properties: {
    companyId: companyKey(),
    code: p.text().check(`code ~ '^[A-Z0-9][A-Z0-9_-]{0,31}$'`),
    name: p.text().check('length(name) >= 1 and length(name) <= 300'),
    nameAr: p.text().nullable(),
    trn: p.text().check(`trn ~ '^1[0-9]{14}$'`).nullable(),
    tradeLicence: p.text().nullable(),
    baseCurrency: p.text().defaultRaw(`'AED'`).check(`base_currency ~ '^[A-Z]{3}$'`),
    timeZone: p.text().defaultRaw(`'Asia/Dubai'`),
    emirate: p.enum(EMIRATES).nullable(),
    addressLine: p.text().nullable(),
    addressLineAr: p.text().nullable(),
    phone: p.text().nullable(),
    contactPerson: p.text().nullable(),
    contactPersonAr: p.text().nullable(),
    mailFromName: p.text(),
    mailFromAddress: p.text(),
    mailReplyTo: p.text().nullable(),
    paymentLink: p.text().check(`payment_link ~ '^https://[^[:space:]]+$' and length(payment_link) <= 500`).nullable(),
    isPlusAddressed: p
      .boolean()
      .defaultRaw('false')
      .comment('Answers go to name+KEY@domain, so that they find their reminder; only where the mailbox takes such addresses.'),
    language: p.enum(LANGUAGES).defaultRaw(`'EN_AR'`),
    isSample: p.boolean().defaultRaw('false'),
    isOnePerson: p.boolean().defaultRaw('false'),
    wentLiveAt: instant().nullable(),
    isPaused: p.boolean().defaultRaw('false'),
    pausedReason: p.text().nullable(),
    pausedAt: instant().nullable(),
    quietUntil: instant().nullable(),
    ledgerInvoicesAsOn: day().nullable(),
    ledgerReceiptsAsOn: day().nullable(),
    factsVersion: wholeNumber()
      .defaultRaw('1')
      .comment(
        'Raised when a fact about the whole company moves (rates, days off, quiet, ledger dates), so that planning looks at every account again.',
      ),
    policyVersion: () => belongsTo(PolicyVersion, 'policy_version_id').foreignKeyName('companies_policy_version_fk').nullable(),
    version: rowVersion(),
    createdAt: createdAt(),
    updatedAt: instant().defaultRaw('now()'),
    erasureKey: p
      .uuid()
      .defaultRaw('gen_random_uuid()')
      .comment('Keys the hashes that erased addresses are known by; of no use without them.'),
    isSandbox: p.boolean().defaultRaw('false'),
    sandboxAddress: p.text().comment('Where the mails of a sandbox go, marked as such; null: to the outbox folder.').nullable(),
  },
  checks: [{ name: 'sandbox_address_of_a_sandbox', expression: 'sandbox_address is null or is_sandbox' }],
});

export class Company extends CompanySchema.class {}
CompanySchema.setClass(Company);
