/**
 * Who may do what, for every face: verb × role × condition. A verb missing here cannot be acted on at all. Roles are judged by `act`
 * when its transaction begins; conditions depend on the record, so they are judged where it is locked. ADMIN configures and does not
 * approve unless also APPROVER.
 */
import { conditions, type Condition } from './people/conditions.ts';
import { ROLES, type Role } from '../domain/vocabulary.ts';

const READ: readonly Role[] = ROLES;
const WORK: readonly Role[] = ['OPERATOR', 'APPROVER'];
const APPROVE: readonly Role[] = ['APPROVER'];
const CONFIGURE: readonly Role[] = ['ADMIN'];
const WORK_OR_CONFIGURE: readonly Role[] = ['OPERATOR', 'APPROVER', 'ADMIN'];
const DECIDE_OR_CONFIGURE: readonly Role[] = ['APPROVER', 'ADMIN'];

const ROLES_BY_VERB = {
  whoami: READ,
  queue: READ,
  'view list': READ,
  // One's own, and nothing follows from it.
  'view save': READ,
  show: READ,
  explain: READ,
  'customer find': READ,
  'customer show': READ,
  'customer tasks': READ,
  simulate: READ,
  // Looking; what it finds is put in force as any policy is, by `policy set`.
  calibrate: READ,
  preview: READ,
  statement: READ,
  'requested list': READ,
  runs: READ,
  analytics: READ,
  report: READ,
  status: READ,
  'company show': READ,
  'policy show': READ,
  'calendar show': READ,
  'templates show': READ,
  'bank list': READ,
  'kill-switch show': READ,
  // Handing personal data out, taking it away for good: by whoever answers for it.
  'privacy export': DECIDE_OR_CONFIGURE,
  'privacy correct': WORK_OR_CONFIGURE,
  'privacy erase': DECIDE_OR_CONFIGURE,
  'privacy hold': DECIDE_OR_CONFIGURE,
  'privacy retention': DECIDE_OR_CONFIGURE,
  // Looking, at what every role may see; signing off that the ledger agrees is a decision.
  validate: READ,
  'validate ageing': DECIDE_OR_CONFIGURE,
  // Everybody looks after the tokens of their own.
  'login list': READ,
  'login create': READ,
  'login revoke': READ,
  import: WORK,
  'import list': READ,
  'import undo': WORK,
  pay: WORK,
  'pay undo': WORK,
  credit: WORK,
  'credit undo': WORK,
  promise: WORK,
  dispute: WORK,
  cheque: WORK,
  'cheque cleared': WORK,
  'cheque returned': WORK,
  'cheque withdrawn': WORK,
  retention: WORK,
  'paid-claim': WORK,
  block: WORK,
  unblock: WORK,
  answered: WORK,
  contact: WORK,
  'contact undo': WORK,
  suppress: WORK,
  unsuppress: WORK,
  plan: WORK,
  escalate: WORK,
  deescalate: WORK,
  edit: WORK,
  hold: WORK,
  release: WORK,
  reschedule: WORK,
  cancel: WORK,
  undo: WORK,
  remind: WORK,
  send: WORK,
  // Whoever orders it has approved it: it answers somebody, and asks for nothing.
  'statement send': WORK,
  copy: WORK,
  'requested cancel': WORK,
  'write-off': APPROVE,
  'write-off undo': APPROVE,
  'preview send': ['OPERATOR', 'APPROVER', 'ADMIN'],
  go: WORK,
  approve: APPROVE,
  settle: APPROVE,
  'requested settle': APPROVE,
  'inbox status': READ,
  'inbox check': WORK_OR_CONFIGURE,
  'inbox read': WORK,
  // What people wrote is theirs: only for those who answer it.
  'inbox replies': WORK,
  // Whoever works may stop the sending; starting it again is no larger a decision than sending.
  'company pause': WORK,
  'company resume': WORK,
  // Who a customer is; what about it decides how much may go out, and to whom, takes more (see the conditions).
  'customer set': WORK_OR_CONFIGURE,
  // Whoever answers for the decisions, and whoever answers for the system.
  audit: DECIDE_OR_CONFIGURE,
  // A holiday is news that whoever is on duty hears first, and opening a day that was closed lets mail out.
  'calendar add': DECIDE_OR_CONFIGURE,
  'calendar confirm': DECIDE_OR_CONFIGURE,
  'calendar withdraw': DECIDE_OR_CONFIGURE,
  'calendar quiet': DECIDE_OR_CONFIGURE,
  // Words and bank accounts are answered for by whoever approves mails, and by whoever sets the company up.
  'templates edit': DECIDE_OR_CONFIGURE,
  'templates activate': DECIDE_OR_CONFIGURE,
  'bank confirm': DECIDE_OR_CONFIGURE,
  'bank withdraw': DECIDE_OR_CONFIGURE,
  'bank propose': CONFIGURE,
  // It stops the other companies of the installation, too.
  'kill-switch': DECIDE_OR_CONFIGURE,
  init: CONFIGURE,
  'company set': CONFIGURE,
  // From then on mail reaches customers, or no longer does.
  'company live': CONFIGURE,
  'company sandbox': CONFIGURE,
  'policy set': CONFIGURE,
  demo: CONFIGURE,
  'user list': CONFIGURE,
  'user add': CONFIGURE,
  'user set': CONFIGURE,
  'user deactivate': CONFIGURE,
  'user activate': CONFIGURE,
} as const satisfies Record<string, readonly Role[]>;

export type Verb = keyof typeof ROLES_BY_VERB;

/** What a role alone does not settle. */
const CONDITIONS_BY_VERB: { readonly [Name in Verb]?: readonly Condition[] } = {
  approve: [conditions.finalByAnother],
  settle: [conditions.settledByAnother],
  'requested settle': [conditions.requestSettledByAnother],
  'bank confirm': [conditions.bankByAnother],
  block: [conditions.longBlockByApprover],
  retention: [conditions.longBlockByApprover],
  unsuppress: [conditions.ownSuppressionLifted],
  'customer set': [conditions.decisionsByApprover],
  promise: [conditions.farPromiseByApprover, conditions.promiseAfterBrokenByApprover],
  'user add': [conditions.twoPersonWithTwo],
  'user set': [conditions.adminRemains, conditions.rolesByAnother, conditions.twoPersonWithTwo],
  'user deactivate': [conditions.adminRemains],
  'login create': [conditions.tokenByLogin],
  'login revoke': [conditions.ownToken],
};

/**
 * Commands that begin without a user: they make the company whose ADMIN one then is, or look after the machine. Whatever they do
 * inside a company that is there already asks for its verb's role.
 */
const WITHOUT_USER: readonly string[] = ['completion', 'demo', 'init', 'start', 'company', 'config', 'doctor', 'db', 'daemon'];

export const VERBS = Object.keys(ROLES_BY_VERB) as readonly Verb[];

/** Any one of these roles may act on the verb. */
export const rolesFor = (verb: Verb): readonly Role[] => ROLES_BY_VERB[verb];

export const conditionsFor = (verb: Verb): readonly Condition[] => CONDITIONS_BY_VERB[verb] ?? [];

/** The verbs that these roles may act on, as far as no condition of the record forbids it. */
export const verbsFor = (roles: readonly Role[]): readonly Verb[] =>
  VERBS.filter((verb) => rolesFor(verb).some((role) => roles.includes(role)));

/**
 * The roles a command shows in help, of which it takes any one: those of the widest of its words, `user` standing for `user list` and
 * its like; none when it begins without a user. Undefined for a command the table does not know.
 */
export function rolesForCommand(name: string): readonly Role[] | undefined {
  if (WITHOUT_USER.includes(name)) return [];
  const verbs = VERBS.filter((verb) => verb === name || verb.startsWith(`${name} `));
  return verbs.length === 0 ? undefined : ROLES.filter((role) => verbs.some((verb) => rolesFor(verb).includes(role)));
}
