/** Who writes, as letters and statements show it. */
import type { BankAccount, SenderIdentity } from '../mail/reminder-content.ts';
import type { CompanySettings } from '../store/sql/company-settings.ts';

export const senderIdentity = (company: CompanySettings, bankAccounts: readonly BankAccount[]): SenderIdentity => ({
  name: company.name,
  nameAr: company.nameAr,
  trn: company.trn,
  address: company.addressLine,
  addressAr: company.addressLineAr,
  phone: company.phone,
  contactPerson: company.contactPerson,
  contactPersonAr: company.contactPersonAr,
  email: company.mailReplyTo ?? company.mailFromAddress,
  paymentLink: company.paymentLink,
  bankAccounts,
});
