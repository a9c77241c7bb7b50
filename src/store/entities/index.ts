/** Every table as an entity. Listed by hand: discovery by folder would depend on how the program is packed. */
import { AuditHead, AuditLog } from './audit.entity.ts';
import { BankAccount } from './bank-account.entity.ts';
import { Block } from './block.entity.ts';
import { Company } from './company.entity.ts';
import { ContactLogEntry } from './contact-log.entity.ts';
import { Customer, Contact, Invoice } from './customer.entity.ts';
import { CompanyRamadan } from './company-ramadan.entity.ts';
import { DailyBalance, DailyMail } from './daily-figures.entity.ts';
import { CompanyDayOff } from './day-off.entity.ts';
import { EmailEvent, MailReply } from './email-event.entity.ts';
import { EmailTemplate } from './email-template.entity.ts';
import { ExchangeRate } from './exchange-rate.entity.ts';
import { JobSlot, RateToken, DailySnapshot, Release } from './housekeeping.entity.ts';
import { ImportBatch } from './import-batch.entity.ts';
import { Installation, InstallationDaemon, DirectoryEntry, DirectoryLogin, Relay, RelayHour } from './installation.entity.ts';
import { Mailbox } from './mailbox.entity.ts';
import { PlanRun, PlanSkip, AccountPlan } from './plan.entity.ts';
import { PolicyVersion } from './policy-version.entity.ts';
import { Reminder, ReminderItem, EmailLog } from './reminder.entity.ts';
import { RequestedMail, RequestedMailDocument } from './requested-mail.entity.ts';
import { Payment, Allocation } from './settlement.entity.ts';
import { Suppression } from './suppression.entity.ts';
import { User, UserToken, SavedView } from './user.entity.ts';

export const entities = [
  Installation,
  InstallationDaemon,
  DirectoryEntry,
  DirectoryLogin,
  Relay,
  RelayHour,
  User,
  UserToken,
  SavedView,
  PolicyVersion,
  Company,
  BankAccount,
  ExchangeRate,
  CompanyDayOff,
  CompanyRamadan,
  EmailTemplate,
  AuditHead,
  AuditLog,
  ImportBatch,
  Customer,
  Contact,
  Invoice,
  Payment,
  Allocation,
  Block,
  ContactLogEntry,
  Suppression,
  PlanRun,
  PlanSkip,
  AccountPlan,
  Reminder,
  ReminderItem,
  RequestedMail,
  RequestedMailDocument,
  EmailLog,
  EmailEvent,
  MailReply,
  Mailbox,
  JobSlot,
  RateToken,
  DailySnapshot,
  DailyBalance,
  DailyMail,
  Release,
] as const;
