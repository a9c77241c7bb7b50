/**
 * The closed lists of words used by the rules, the schema's CHECK constraints, the screens and the documents.
 * One word means one thing everywhere; a word added here needs a migration that widens its CHECK.
 */

/** What a reminder covers. The seed's four, and INDIVIDUAL so that an account with one overdue item is not forgotten. */
export const REMINDER_TYPES = ['CONSOLIDATED', 'URGENT_CONSOLIDATED', 'FINAL_CONSOLIDATED', 'MANUAL_CONSOLIDATED', 'INDIVIDUAL'] as const;
export type ReminderType = (typeof REMINDER_TYPES)[number];

/** The escalation ladder, gentlest first. */
export const ESCALATION_LEVELS = ['POLITE', 'FIRM', 'URGENT', 'FINAL'] as const;
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];

export const CONSOLIDATION_PREFERENCES = ['ENABLED', 'DISABLED', 'AUTO'] as const;
export type ConsolidationPreference = (typeof CONSOLIDATION_PREFERENCES)[number];

export const DELIVERY_STATUSES = [
  'PROPOSED',
  'NEEDS_REVIEW',
  'HELD',
  'QUEUED',
  'LEASED',
  'TRANSMITTING',
  'UNCERTAIN',
  'SENT',
  'DELIVERED',
  'BOUNCED',
  'COMPLAINED',
  'REJECTED',
  'FAILED',
  'CANCELLED',
  'RESENT',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** A live reminder may still reach the customer, or may have; an item is in at most one live reminder. */
export const LIVE_STATUSES = [
  'PROPOSED',
  'NEEDS_REVIEW',
  'HELD',
  'QUEUED',
  'LEASED',
  'TRANSMITTING',
  'UNCERTAIN',
] as const satisfies readonly DeliveryStatus[];

/** Where a reminder came from: the planner, an operator's own choice of items, or an operator's order to send again. */
export const REMINDER_ORIGINS = ['PLANNED', 'MANUAL', 'RESEND'] as const;
export type ReminderOrigin = (typeof REMINDER_ORIGINS)[number];

export const COLLECTION_STATUSES = ['NORMAL', 'CASH', 'INTERNAL', 'LEGAL', 'INSOLVENT', 'AGENCY'] as const;
export type CollectionStatus = (typeof COLLECTION_STATUSES)[number];

export const BLOCK_KINDS = [
  'DISPUTE',
  'PROMISE',
  'CHEQUE',
  'RETENTION',
  'PAID_CLAIM',
  'DO_NOT_CHASE',
  'REPLY',
  'ALLOCATION',
  'RETURNED_CHEQUE',
] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** How a block ended; `null` while it stands. */
export const BLOCK_OUTCOMES = ['KEPT', 'BROKEN', 'CLEARED', 'RETURNED', 'LIFTED', 'EXPIRED'] as const;
export type BlockOutcome = (typeof BLOCK_OUTCOMES)[number];

export const INVOICE_KINDS = ['INVOICE', 'CREDIT_NOTE', 'ADVANCE'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

export const PAYMENT_METHODS = ['TRANSFER', 'CHEQUE', 'CASH', 'CARD', 'DIRECT_DEBIT', 'OTHER'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export const LANGUAGES = ['EN', 'AR', 'EN_AR', 'AR_EN'] as const;
/** Languages of a mail, in order: `AR_EN` is Arabic first, then English. */
export type Language = (typeof LANGUAGES)[number];

/** UAE legal forms and customer kinds (uae-and-email.md §B2); the government ones cap the ladder at FIRM. */
export const BUSINESS_TYPES = [
  'LLC',
  'LLC_SPC',
  'SOLE_EST',
  'CIVIL',
  'GP',
  'LP',
  'PJSC',
  'PRJSC',
  'BRANCH_LOCAL',
  'BRANCH_FOREIGN',
  'REP_OFFICE',
  'FZE',
  'FZCO',
  'FZ_LLC',
  'DIFC',
  'ADGM',
  'OFFSHORE',
  'GOV_FEDERAL',
  'GOV_LOCAL',
  'GRE',
  'INDIVIDUAL',
  'FREELANCE',
  'FOREIGN',
] as const;
export type BusinessType = (typeof BUSINESS_TYPES)[number];

/** How a customer was spoken to outside of mail, or that they answered; a NOTE is no contact at all. */
export const CONTACT_KINDS = ['CALL', 'VISIT', 'WHATSAPP', 'LETTER', 'REPLY', 'NOTE'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Why nothing may go to an address. */
export const SUPPRESSION_REASONS = ['HARD_BOUNCE', 'COMPLAINT', 'WRONG_PERSON', 'OPERATOR', 'ERASED'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export const EMIRATES = ['AUH', 'DXB', 'SHJ', 'AJM', 'UAQ', 'RAK', 'FUJ'] as const;
export type Emirate = (typeof EMIRATES)[number];

export const ROLES = ['VIEWER', 'OPERATOR', 'APPROVER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** How an attempt ended on the wire. `null` while it is under way. */
export const ATTEMPT_OUTCOMES = ['ACCEPTED', 'TEMPORARY', 'REFUSED', 'UNCERTAIN', 'NOT_SENT'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export const isGovernment = (type: BusinessType | null): boolean => type === 'GOV_FEDERAL' || type === 'GOV_LOCAL' || type === 'GRE';
