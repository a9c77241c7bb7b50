/** What waits for a person outside the queue of reminders, by kind, in the order in which it is urgent: what keeps a whole account silent first. */
export const PERSON_TASKS = ['REPLY', 'RETURNED_CHEQUE', 'PAID_CLAIM', 'CHEQUE', 'NEW_ADDRESS', 'LADDER_COMPLETE'] as const;

export type PersonTask = (typeof PERSON_TASKS)[number];

/** What each kind is, as the person on duty reads it. */
export const PERSON_TASK_WORDS: Readonly<Record<PersonTask, string>> = {
  REPLY: 'answers not dealt with',
  RETURNED_CHEQUE: 'returned cheques',
  PAID_CLAIM: 'claims of payment not found',
  CHEQUE: 'cheques nobody heard of',
  NEW_ADDRESS: 'accounts whose address is no longer good',
  LADDER_COMPLETE: 'accounts past their final reminder',
};
