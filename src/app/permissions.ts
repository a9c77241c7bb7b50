/**
 * Who may do what: one table of verb × roles, used by every face. ADMIN configures and does not approve unless also APPROVER.
 * Conditions on the record itself (amount limits, four eyes) are judged where the record is locked.
 */
import type { Role } from '../domain/vocabulary.ts';

const READ: readonly Role[] = ['VIEWER', 'OPERATOR', 'APPROVER', 'ADMIN'];
const WORK: readonly Role[] = ['OPERATOR', 'APPROVER'];
const APPROVE: readonly Role[] = ['APPROVER'];
const CONFIGURE: readonly Role[] = ['ADMIN'];

const ROLES_BY_VERB = {
  queue: READ,
  show: READ,
  explain: READ,
  preview: READ,
  runs: READ,
  status: READ,
  'company show': READ,
  'policy show': READ,
  import: WORK,
  pay: WORK,
  credit: WORK,
  promise: WORK,
  dispute: WORK,
  block: WORK,
  unblock: WORK,
  plan: WORK,
  hold: WORK,
  release: WORK,
  cancel: WORK,
  undo: WORK,
  remind: WORK,
  send: WORK,
  approve: APPROVE,
  settle: APPROVE,
  // Whoever works may stop the sending; starting it again is no larger a decision than sending.
  'company pause': WORK,
  'company resume': WORK,
  init: CONFIGURE,
  'company set': CONFIGURE,
  'policy set': CONFIGURE,
  demo: CONFIGURE,
} as const satisfies Record<string, readonly Role[]>;

export type Verb = keyof typeof ROLES_BY_VERB;

export const rolesFor = (verb: Verb): readonly Role[] => ROLES_BY_VERB[verb];
