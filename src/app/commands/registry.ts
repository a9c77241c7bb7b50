/**
 * Every verb there is. Name, group and summary stand here as well as in the command, so that the overview and a mistyped verb need
 * no command's code, and running one verb loads only that one's. A test holds the two copies together.
 */
import type { Command, CommandGroup } from './command.ts';

export interface RegistryEntry {
  readonly name: string;
  readonly group: CommandGroup;
  readonly summary: string;
  load(): Promise<Command>;
}

export type CommandRegistry = readonly RegistryEntry[];

export const commandRegistry: CommandRegistry = [
  {
    name: 'demo',
    group: 'set up',
    summary: 'Make a company with a sample ledger to look around in',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  {
    name: 'init',
    group: 'set up',
    summary: 'Set up a company of your own; asks, where somebody is there to answer',
    load: async () => (await import('./init.ts')).initCommand,
  },
  {
    name: 'company',
    group: 'set up',
    summary: 'List, show or change companies',
    load: async () => (await import('./company.ts')).companyCommand,
  },
  {
    name: 'bank',
    group: 'set up',
    summary: 'Where customers are asked to pay: one proposes, another confirms, mails print it a day later',
    load: async () => (await import('./bank.ts')).bankCommand,
  },
  {
    name: 'user',
    group: 'set up',
    summary: 'List, add, change or deactivate the people of a company',
    load: async () => (await import('./user.ts')).userCommand,
  },
  {
    name: 'login',
    group: 'set up',
    summary: 'Make, list or revoke the tokens that stand for you in scripts',
    load: async () => (await import('./login.ts')).loginCommand,
  },
  {
    name: 'whoami',
    group: 'set up',
    summary: 'Who you are here, for which company, and what you may do',
    load: async () => (await import('./whoami.ts')).whoamiCommand,
  },
  {
    name: 'policy',
    group: 'set up',
    summary: 'Show or change the rules a company reminds by',
    load: async () => (await import('./policy.ts')).policyCommand,
  },
  {
    name: 'config',
    group: 'set up',
    summary: 'Show every setting and where it comes from, or check them',
    load: async () => (await import('./config.ts')).configCommand,
  },
  {
    name: 'doctor',
    group: 'set up',
    summary: 'Look for what is wrong with this installation, and say what to do',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'import',
    group: 'ledger',
    summary: 'Read customers, invoices, payments and the like from a file',
    load: async () => (await import('./import.ts')).importCommand,
  },
  {
    name: 'customer',
    group: 'ledger',
    summary: 'Find, show or change customers, or list what waits for a person',
    load: async () => (await import('./customer.ts')).customerCommand,
  },
  {
    name: 'pay',
    group: 'ledger',
    summary: 'Record a payment, or take one back',
    load: async () => (await import('./pay.ts')).payCommand,
  },
  {
    name: 'credit',
    group: 'ledger',
    summary: 'Record a credit note, or take one back',
    load: async () => (await import('./credit.ts')).creditCommand,
  },
  {
    name: 'write-off',
    group: 'ledger',
    summary: 'Give up money that will not come, or take that back',
    load: async () => (await import('./write-off.ts')).writeOffCommand,
  },
  {
    name: 'promise',
    group: 'ledger',
    summary: 'Record a promise to pay',
    load: async () => (await import('./promise.ts')).promiseCommand,
  },
  {
    name: 'cheque',
    group: 'ledger',
    summary: 'Record a post-dated cheque in hand, and what became of it',
    load: async () => (await import('./cheque.ts')).chequeCommand,
  },
  {
    name: 'dispute',
    group: 'ledger',
    summary: 'Record that a customer disputes an invoice',
    load: async () => (await import('./dispute.ts')).disputeCommand,
  },
  {
    name: 'retention',
    group: 'ledger',
    summary: 'Record a part of an invoice that is held back until the work is accepted',
    load: async () => (await import('./retention.ts')).retentionCommand,
  },
  {
    name: 'paid-claim',
    group: 'ledger',
    summary: 'Record that a customer says it is paid',
    load: async () => (await import('./paid-claim.ts')).paidClaimCommand,
  },
  {
    name: 'block',
    group: 'ledger',
    summary: 'Keep a customer or an invoice out of reminders',
    load: async () => (await import('./block.ts')).blockCommand,
  },
  {
    name: 'unblock',
    group: 'ledger',
    summary: 'Lift a block',
    load: async () => (await import('./unblock.ts')).unblockCommand,
  },
  {
    name: 'answered',
    group: 'ledger',
    summary: 'Say that a person has dealt with what waited: an answer, a returned cheque, a claim of payment',
    load: async () => (await import('./answered.ts')).answeredCommand,
  },
  {
    name: 'contact',
    group: 'ledger',
    summary: 'Log a call, a visit, a message or a note, or strike one out',
    load: async () => (await import('./contact.ts')).contactCommand,
  },
  {
    name: 'plan',
    group: 'reminders',
    summary: 'Look at every account and propose reminders, or say why not',
    load: async () => (await import('./plan.ts')).planCommand,
  },
  {
    name: 'runs',
    group: 'reminders',
    summary: 'What planning did: reminders, skips by reason, totals',
    load: async () => (await import('./runs.ts')).runsCommand,
  },
  {
    name: 'queue',
    group: 'reminders',
    summary: 'Reminders by money at risk, the most first',
    load: async () => (await import('./queue.ts')).queueCommand,
  },
  {
    name: 'view',
    group: 'reminders',
    summary: 'Keep ways of looking at the queue, each under a name of your own',
    load: async () => (await import('./view.ts')).viewCommand,
  },
  {
    name: 'show',
    group: 'reminders',
    summary: 'One reminder with everything about it: rows, score, approval, attempts, history',
    load: async () => (await import('./show.ts')).showCommand,
  },
  {
    name: 'explain',
    group: 'reminders',
    summary: 'Why an account is, or is not, reminded',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  {
    name: 'simulate',
    group: 'reminders',
    summary: 'What the coming days would bring if nobody paid, also under another policy',
    load: async () => (await import('./simulate.ts')).simulateCommand,
  },
  {
    name: 'preview',
    group: 'reminders',
    summary: 'The mail exactly as it would leave',
    load: async () => (await import('./preview.ts')).previewCommand,
  },
  {
    name: 'statement',
    group: 'reminders',
    summary: 'Everything open on an account, shown, written as PDF or workbook, or sent',
    load: async () => (await import('./statement.ts')).statementCommand,
  },
  {
    name: 'copy',
    group: 'reminders',
    summary: 'Send customers copies of their invoices',
    load: async () => (await import('./copy.ts')).copyCommand,
  },
  {
    name: 'requested',
    group: 'reminders',
    summary: 'Statements and copies that were sent on request, and what became of them',
    load: async () => (await import('./requested.ts')).requestedCommand,
  },
  {
    name: 'approve',
    group: 'reminders',
    summary: 'Approve reminders exactly as they are stored now',
    load: async () => (await import('./approve.ts')).approveCommand,
  },
  {
    name: 'escalate',
    group: 'reminders',
    summary: 'Raise reminders by one level; each has to be approved again',
    load: async () => (await import('./escalate.ts')).escalateCommand,
  },
  {
    name: 'deescalate',
    group: 'reminders',
    summary: 'Lower reminders by one level; each has to be approved again',
    load: async () => (await import('./deescalate.ts')).deescalateCommand,
  },
  {
    name: 'edit',
    group: 'reminders',
    summary: 'Leave items out of a reminder; it has to be approved again, and the next contact asks for them',
    load: async () => (await import('./edit.ts')).editCommand,
  },
  {
    name: 'hold',
    group: 'reminders',
    summary: 'Stop reminders until they are released or a day comes',
    load: async () => (await import('./hold.ts')).holdCommand,
  },
  {
    name: 'release',
    group: 'reminders',
    summary: 'Put held reminders, and those to review, back to be approved, composed anew',
    load: async () => (await import('./release.ts')).releaseCommand,
  },
  {
    name: 'reschedule',
    group: 'reminders',
    summary: 'Put reminders off to a later day or time of the contact calendar',
    load: async () => (await import('./reschedule.ts')).rescheduleCommand,
  },
  {
    name: 'cancel',
    group: 'reminders',
    summary: 'End reminders that should not go out; the next plan may propose their items again',
    load: async () => (await import('./cancel.ts')).cancelCommand,
  },
  {
    name: 'undo',
    group: 'reminders',
    summary: 'Take approvals back, as long as sending has not begun',
    load: async () => (await import('./undo.ts')).undoCommand,
  },
  {
    name: 'remind',
    group: 'reminders',
    summary: 'Compose a reminder by hand from items you choose',
    load: async () => (await import('./remind.ts')).remindCommand,
  },
  {
    name: 'send',
    group: 'reminders',
    summary: 'Send what is approved and may leave now, in one pass',
    load: async () => (await import('./send.ts')).sendCommand,
  },
  {
    name: 'go',
    group: 'reminders',
    summary: 'Let the rest of a large release leave after its first mails',
    load: async () => (await import('./go.ts')).goCommand,
  },
  {
    name: 'settle',
    group: 'reminders',
    summary: 'Say what became of uncertain reminders: arrived, not arrived, or send again',
    load: async () => (await import('./settle.ts')).settleCommand,
  },
  {
    name: 'suppress',
    group: 'reminders',
    summary: 'Send nothing more to an address',
    load: async () => (await import('./suppress.ts')).suppressCommand,
  },
  {
    name: 'unsuppress',
    group: 'reminders',
    summary: 'Let mail go to an address again',
    load: async () => (await import('./suppress.ts')).unsuppressCommand,
  },
  {
    name: 'kill-switch',
    group: 'running',
    summary: 'Stop everything every company of this installation sends, or let it go again',
    load: async () => (await import('./kill-switch.ts')).killSwitchCommand,
  },
  {
    name: 'status',
    group: 'running',
    summary: 'Is mail leaving, what waits for whom, how old is the ledger',
    load: async () => (await import('./status.ts')).statusCommand,
  },
  {
    name: 'inbox',
    group: 'running',
    summary: 'What comes back by mail: how the mailbox stands, whether it can be read, what people answered',
    load: async () => (await import('./inbox.ts')).inboxCommand,
  },
  {
    name: 'calibrate',
    group: 'running',
    summary: 'Fit the priority to how the customers paid, and show whether that is better',
    load: async () => (await import('./calibrate.ts')).calibrateCommand,
  },
  {
    name: 'calendar',
    group: 'running',
    summary: 'Show when mail may leave; add, confirm or withdraw days off; keep quiet for a while',
    load: async () => (await import('./calendar.ts')).calendarCommand,
  },
  {
    name: 'templates',
    group: 'running',
    summary: 'The words of reminders: list, show, edit, try, put in force, and take back',
    load: async () => (await import('./templates.ts')).templatesCommand,
  },
  {
    name: 'analytics',
    group: 'looking back',
    summary: 'Is it working: mails saved, answers, ageing, DSO, what followed reminders, the queue, and what to do next',
    load: async () => (await import('./analytics.ts')).analyticsCommand,
  },
  {
    name: 'report',
    group: 'looking back',
    summary: 'A month on two pages for a manager, in English and Arabic, with charts, as HTML or PDF',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'audit',
    group: 'looking back',
    summary: 'List, verify, anchor or export who changed what, when and why',
    load: async () => (await import('./audit.ts')).auditCommand,
  },
  {
    name: 'privacy',
    group: 'looking back',
    summary: 'What is kept about a person: hand it out, correct it, erase it; and forget what is old',
    load: async () => (await import('./privacy.ts')).privacyCommand,
  },
  {
    name: 'validate',
    group: 'looking back',
    summary: 'Check the data, the rules of the database and the daily work, and say what is wrong and what to do',
    load: async () => (await import('./validate.ts')).validateCommand,
  },
  {
    name: 'db',
    group: 'looking back',
    summary: 'Start, stop, look at, migrate, back up or restore the database',
    load: async () => (await import('./db.ts')).dbCommand,
  },
];
