/**
 * Branded identifiers, so that a customer's id is never passed where an invoice's is meant.
 * Every id is a positive safe integer from a `bigint` identity column; the store refuses larger ones.
 */
declare const kind: unique symbol;

export type Id<Kind extends string> = number & { readonly [kind]: Kind };

export type CompanyId = Id<'company'>;
export type CustomerId = Id<'customer'>;
export type ContactId = Id<'contact'>;
export type InvoiceId = Id<'invoice'>;
export type PaymentId = Id<'payment'>;
export type BlockId = Id<'block'>;
export type ReminderId = Id<'reminder'>;
export type UserId = Id<'user'>;
export type RunId = Id<'run'>;
export type PolicyVersionId = Id<'policy-version'>;
export type AttemptId = Id<'attempt'>;
export type RequestedMailId = Id<'requested-mail'>;
export type BankAccountId = Id<'bank-account'>;

/** Marks a number read from the database or from an operator as an id of the kind the caller expects. */
export const asId = <Kind extends string>(value: number): Id<Kind> => value as Id<Kind>;
