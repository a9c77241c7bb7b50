/** Every function an operator's intention enters by, called with another company's ids: faces still to come will call them like this. */
import { globSync, readFileSync } from 'node:fs';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { anchorAudit } from '../../src/app/audit/anchor-audit.ts';
import { exportAudit } from '../../src/app/audit/export-audit.ts';
import { listAudit } from '../../src/app/audit/list-audit.ts';
import { verifyAudit } from '../../src/app/audit/verify-audit.ts';
import { confirmBank, listBankAccounts, proposeBankAccount, withdrawBankAccount } from '../../src/app/bank/bank-accounts.ts';
import { addDayOff } from '../../src/app/calendar/add-day-off.ts';
import { confirmOccasion } from '../../src/app/calendar/confirm-occasion.ts';
import { correctRamadan } from '../../src/app/calendar/correct-ramadan.ts';
import { checkInbox, readInboxStatus, readReplies } from '../../src/app/inbox/look-at-inbox.ts';
import { openMailbox, readInbox } from '../../src/app/inbox/read-inbox.ts';
import { settleByEvidence } from '../../src/app/inbox/settle-by-evidence.ts';
import { endQuiet, keepQuiet } from '../../src/app/calendar/keep-quiet.ts';
import { checkCalendar, readCalendarMonth } from '../../src/app/calendar/read-calendar.ts';
import { withdrawOccasion } from '../../src/app/calendar/withdraw-occasion.ts';
import { rescheduleReminders } from '../../src/app/reschedule-reminders.ts';
import { deescalateReminders, editReminders, escalateReminders } from '../../src/app/shape-reminders.ts';
import { cancelReminders, holdReminders, releaseReminders, undoApprovals } from '../../src/app/change-reminders.ts';
import { goLive, pauseCompany, readCompany, resumeCompany, setCompany, setSandbox } from '../../src/app/company-settings.ts';
import { lookAtCompany } from '../../src/app/daemon/look-at-company.ts';
import { releaseGoesOn } from '../../src/app/dispatch/release-goes-on.ts';
import { replayJournals } from '../../src/app/dispatch/replay-journals.ts';
import { explainAccount } from '../../src/app/explain-account.ts';
import { readAgeing } from '../../src/app/insight/read-ageing.ts';
import { readDashboard } from '../../src/app/insight/read-dashboard.ts';
import { readDso } from '../../src/app/insight/read-dso.ts';
import { readEffect } from '../../src/app/insight/read-effect.ts';
import { readEngagement } from '../../src/app/insight/read-engagement.ts';
import { readLastEvening } from '../../src/app/insight/read-last-evening.ts';
import { readQueueHealth } from '../../src/app/insight/read-queue-health.ts';
import { readSuggestions } from '../../src/app/insight/read-suggestions.ts';
import { readVolume } from '../../src/app/insight/read-volume.ts';
import { readReport } from '../../src/app/insight/report/read-report.ts';
import { takeSnapshot, takeSnapshots } from '../../src/app/insight/take-snapshots.ts';
import { giveBackUnsent } from '../../src/app/give-back-unsent.ts';
import { importLedger } from '../../src/app/import-ledger.ts';
import { newFolderMemory, takeInFolder } from '../../src/app/import/take-in-folder.ts';
import { listImports, undoImport } from '../../src/app/import/undo-import.ts';
import { allowSending, readKillSwitch, stopAllSending } from '../../src/app/kill-switch.ts';
import { liftBlock } from '../../src/app/lift-block.ts';
import { openCompanyTransport } from '../../src/app/open-transport.ts';
import { createToken, listTokens, revokeToken } from '../../src/app/people/manage-tokens.ts';
import { activateUser, addUser, deactivateUser, listUsers, setUser } from '../../src/app/people/manage-users.ts';
import { whoAmI } from '../../src/app/people/who-am-i.ts';
import { planReminders } from '../../src/app/plan-run.ts';
import { previewReminder, previewStatement } from '../../src/app/preview-reminder.ts';
import { previewToSelf } from '../../src/app/preview-to-self.ts';
import { readQueue, readQueueAndViews, readReminder, readRuns } from '../../src/app/read-reminders.ts';
import { deleteView, listViews, saveView, viewNamed } from '../../src/app/saved-views.ts';
import { checkStatus } from '../../src/app/check-status.ts';
import { readDeliveries } from '../../src/app/read-deliveries.ts';
import { readPulse } from '../../src/app/read-pulse.ts';
import { readReminderAccount } from '../../src/app/read-reminder-account.ts';
import { readStatement, readStatements } from '../../src/app/read-statements.ts';
import { readStatus } from '../../src/app/read-status.ts';
import { readToday } from '../../src/app/read-today.ts';
import { readCompaniesToday } from '../../src/app/read-companies-today.ts';
import { recordBlock, recordDispute, recordRetention } from '../../src/app/record-block.ts';
import { recordCheque } from '../../src/app/record-cheque.ts';
import { recordContact, undoContact } from '../../src/app/record-contact.ts';
import { recordPaidClaim } from '../../src/app/record-paid-claim.ts';
import { settleCheque } from '../../src/app/settle-cheque.ts';
import { addApprover, choosePreset } from '../../src/app/setup/company-steps.ts';
import { readChecklist } from '../../src/app/setup/checklist.ts';
import { guideThrough } from '../../src/app/setup/guided-setup.ts';
import { suppressAddress, unsuppressAddress } from '../../src/app/suppress-address.ts';
import { undoCreditNote } from '../../src/app/undo-credit-note.ts';
import { undoPayment } from '../../src/app/undo-payment.ts';
import { undoWriteOff, writeOff } from '../../src/app/write-off.ts';
import { markAnswered, readTasks } from '../../src/app/attend-tasks.ts';
import { findCustomers } from '../../src/app/customers/find-customers.ts';
import { setCustomer } from '../../src/app/customers/set-customer.ts';
import { showCustomer } from '../../src/app/customers/show-customer.ts';
import { recordCreditNote } from '../../src/app/record-credit-note.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import { recordPromise } from '../../src/app/record-promise.ts';
import { remindManually } from '../../src/app/remind-manually.ts';
import { orderCopies } from '../../src/app/requested/order-copies.ts';
import { orderStatement, orderStatements } from '../../src/app/requested/order-statements.ts';
import { openDispatcher } from '../../src/app/dispatch/dispatcher.ts';
import { sendRequested } from '../../src/app/requested/send-requested.ts';
import { cancelRequested, listRequested, readRequested, settleRequested } from '../../src/app/requested/settle-requested.ts';
import { giveBackRequested, sweepRequested } from '../../src/app/requested/sweep-requested.ts';
import { forEachReminder } from '../../src/app/reminder-batch.ts';
import { dryRun } from '../../src/app/dry-run.ts';
import { sendDue } from '../../src/app/send-due.ts';
import type { Session } from '../../src/app/session.ts';
import { adoptCalibrated, adoptPreset, previewPolicy, readPolicyHistory, setPolicy } from '../../src/app/set-policy.ts';
import { settleReminders } from '../../src/app/settle-uncertain.ts';
import { adoptCalibration, readCalibration } from '../../src/app/calibrate.ts';
import { simulateLedger } from '../../src/app/simulate-ledger.ts';
import { sweepLeases } from '../../src/app/sweep-leases.ts';
import { activateTemplate, rollBackTemplate, storeTemplate, validateTemplate } from '../../src/app/templates/change-templates.ts';
import { diffTemplate, listTemplates, previewTemplate, showTemplate } from '../../src/app/templates/read-templates.ts';
import { applyRetention, holdForCourt } from '../../src/app/privacy/apply-retention.ts';
import { correctPerson } from '../../src/app/privacy/correct-person.ts';
import { eraseContact } from '../../src/app/privacy/erase-contact.ts';
import { exportPerson } from '../../src/app/privacy/export-person.ts';
import { expectAgeing } from '../../src/app/validate/expect-ageing.ts';
import { validate } from '../../src/app/validate/validate.ts';
import { asId } from '../../src/domain/ids.ts';
import { USUAL_ORDER } from '../../src/domain/queue-order.ts';
import { outboxTransport } from '../../src/mail/outbox.ts';
import { packagePath } from '../../src/package-root.ts';
import { csvFile } from '../app/import/csv-file.ts';
import type { Named } from './verbs.ts';

type Call = (session: Session, named: Named) => unknown;

const ids = ({ reminders }: Named) => ({ ids: reminders.map((id) => asId<'reminder'>(id)) });
const first = ({ reminders }: Named) => asId<'reminder'>(reminders[0] ?? 0);
const friday = Temporal.PlainDate.from('2026-11-27');

const POLITE = 'consolidated/polite';
const politeText = async (session: Session): Promise<string> => (await showTemplate(session, POLITE)).file;

export const APP_CALLS: Readonly<Record<string, Call>> = {
  activateTemplate: (session) => activateTemplate(session, POLITE, 1),
  activateUser: (session, { login }) => activateUser(session, login),
  addDayOff: (session) => addDayOff(session, { on: friday.add({ days: 28 }), name: 'closing-2026' }),
  addUser: (session) => addUser(session, { login: 'somebody-new', roles: ['VIEWER'], isTwoPerson: false }),
  adoptPreset: (session) => adoptPreset(session, { preset: 'firm', shownFor: 1 }),
  allowSending: (session) => allowSending(session),
  anchorAudit: (session, { folder }) => anchorAudit(session, { path: `${folder}/anchors.jsonl` }),
  approveReminders: (session, named) => approveReminders(session, ids(named)),
  cancelReminders: (session, named) => cancelReminders(session, ids(named), 'no'),
  checkCalendar: (session) => checkCalendar(session, 21),
  confirmBank: (session, { bank }) => confirmBank(session, asId<'bank-account'>(bank)),
  confirmOccasion: (session) => confirmOccasion(session, { key: 'new-year-2027', on: [] }),
  correctRamadan: (session) =>
    correctRamadan(session, { startsOn: Temporal.PlainDate.from('2027-02-09'), endsOn: Temporal.PlainDate.from('2027-03-09') }),
  createToken: (session) => createToken(session, { label: 'another', days: 1 }),
  deactivateUser: (session, { login }) => deactivateUser(session, login),
  diffTemplate: (session) => diffTemplate(session, POLITE, {}),
  endQuiet: (session) => endQuiet(session),
  applyRetention: (session) => applyRetention(session, { isDryRun: false }),
  correctPerson: (session) => correctPerson(session, 'accounts@c-1.example', { title: 'Ms' }),
  eraseContact: (session) => eraseContact(session, 'nobody@nowhere.example'),
  exportPerson: (session) => exportPerson(session, 'accounts@c-1.example'),
  holdForCourt: (session, { customer }) => holdForCourt(session, customer, true),
  expectAgeing: (session) => expectAgeing(session, { figures: [{ currency: 'AED', minor: 1n }] }),
  explainAccount: (session, { customer }) => explainAccount(session, customer),
  exportAudit: (session, { folder }) => exportAudit(session, { output: `${folder}/all.jsonl` }),
  forEachReminder: (session, named) => forEachReminder(session, 'hold', ids(named), async (_, rows) => rows.map((row) => ({ row }))),
  giveBackUnsent: (session, named) =>
    giveBackUnsent(
      session,
      named.reminders.map((id) => ({ id: asId<'reminder'>(id), customerId: asId<'customer'>(1), fence: 1, messageId: '<x@y>' })),
      'nothing sent',
    ),
  deescalateReminders: (session, named) => deescalateReminders(session, ids(named)),
  editReminders: (session, named) => editReminders(session, ids(named), ['NOBODY-HAS-IT']),
  escalateReminders: (session, named) => escalateReminders(session, ids(named)),
  holdReminders: (session, named) => holdReminders(session, ids(named), { reason: 'wait', untilOn: null }),
  rescheduleReminders: (session, named) => rescheduleReminders(session, ids(named), { to: { on: friday } }),
  importLedger: async (session, { customer }) =>
    importLedger(session, { path: await csvFile('customer_code,name,bill_to', `C-78,Branch LLC,${customer}`) }),
  goLive: (session) => goLive(session),
  // Ended at once: the calls after it are to reach what they do when mail may leave.
  findCustomers: (session, { customer }) => findCustomers(session, { text: customer, limit: 20 }),
  checkInbox: (session) => checkInbox(session),
  openMailbox: (session) => openMailbox(session),
  readInbox: (session) => readInbox(session),
  readInboxStatus: (session) => readInboxStatus(session),
  readReplies: (session, { customer }) => readReplies(session, { customerCode: customer, limit: 100 }),
  settleByEvidence: (session) => settleByEvidence(session),
  markAnswered: (session, { customer }) => markAnswered(session, { customerCode: customer, did: 'called back' }),
  readTasks: (session) => readTasks(session, 100),
  recordCheque: (session, { invoice }) =>
    recordCheque(session, { customerCode: 'C-1', number: '000123', datedOn: friday, invoices: [invoice] }),
  recordContact: (session, { customer }) => recordContact(session, { customerCode: customer, kind: 'CALL', result: 'no answer' }),
  recordPaidClaim: (session, { invoice }) => recordPaidClaim(session, { customerCode: 'C-1', invoices: [invoice] }),
  recordRetention: (session, { invoice }) => recordRetention(session, { invoice, until: friday }),
  setCustomer: (session, { customer }) => setCustomer(session, { code: 'C-1', values: { billTo: customer } }),
  settleCheque: (session, { customer }) => settleCheque(session, { number: '000777', became: 'returned', customerCode: customer }),
  showCustomer: (session, { customer }) => showCustomer(session, customer),
  suppressAddress: (session) => suppressAddress(session, { address: 'nobody@nowhere.example', why: 'OPERATOR', reason: 'gone' }),
  undoContact: (session) => undoContact(session, { id: 987_654, reason: 'wrong one' }),
  undoCreditNote: (session, { invoice }) => undoCreditNote(session, { number: invoice, reason: 'made out twice' }),
  undoPayment: (session, { customer }) => undoPayment(session, { reference: 'FT-NOWHERE', customerCode: customer, reason: 'bounced' }),
  undoWriteOff: (session) => undoWriteOff(session, { id: 987_654, reason: 'they paid' }),
  unsuppressAddress: (session) => unsuppressAddress(session, { address: 'nobody@elsewhere.example', reason: 'back' }),
  writeOff: (session, { invoice }) => writeOff(session, { invoice, reason: 'too small' }),
  keepQuiet: async (session) => {
    await keepQuiet(session, { until: '2026-11-25', reason: 'audit of the books' });
    return await endQuiet(session);
  },
  listImports: (session) => listImports(session),
  undoImport: (session) => undoImport(session, 1),
  takeInFolder: (session, { folder }) => takeInFolder(session, folder, newFolderMemory()),
  liftBlock: (session, { block }) => liftBlock(session, { id: asId<'block'>(block), reason: 'solved' }),
  listAudit: (session, { login }) => listAudit(session, { login, limit: 1_000 }),
  listBankAccounts: (session) => listBankAccounts(session),
  listTemplates: (session) => listTemplates(session),
  listTokens: (session) => listTokens(session),
  listUsers: (session) => listUsers(session),
  lookAtCompany: (session) => lookAtCompany(session),
  openCompanyTransport: (session) => openCompanyTransport(session),
  pauseCompany: (session) => pauseCompany(session, 'stock-taking'),
  planReminders: (session) => planReminders(session, { startedBy: 'OPERATOR' }),
  previewPolicy: (session) => previewPolicy(session, { 'minimum.amount': '3' }),
  previewReminder: (session, named) => previewReminder(session, first(named)),
  previewStatement: (session, named) => previewStatement(session, first(named)),
  previewTemplate: (session) => previewTemplate(session, POLITE, { language: 'EN_AR' }),
  previewToSelf: (session, named) =>
    previewToSelf(session, first(named), 'me@elsewhere.example', outboxTransport(`${named.folder}/previews`)),
  proposeBankAccount: (session, { bank }) =>
    proposeBankAccount(session, {
      bankName: 'Other',
      accountName: 'Other',
      iban: 'AE070331234567890123456',
      currency: 'AED',
      replaces: asId<'bank-account'>(bank),
    }),
  readAgeing: (session) => readAgeing(session, { weeks: 4 }),
  readDashboard: (session) => readDashboard(session),
  readDso: (session) => readDso(session, { months: 2 }),
  readEffect: (session) => readEffect(session, {}),
  readEngagement: (session) => readEngagement(session, {}),
  readLastEvening: (session) => readLastEvening(session),
  readQueueHealth: (session) => readQueueHealth(session, {}),
  readReport: (session) => readReport(session, '2026-11'),
  readSuggestions: (session) => readSuggestions(session),
  readVolume: (session) => readVolume(session, {}),
  takeSnapshot: (session) => takeSnapshot(session, friday.subtract({ days: 7 })),
  takeSnapshots: (session) => takeSnapshots(session),
  readCalendarMonth: (session) => readCalendarMonth(session),
  readCompany: (session) => readCompany(session),
  choosePreset: (session) => choosePreset(session, 'standard'),
  addApprover: (session) => addApprover(session, `approver-of-${session.companyCode}`),
  readChecklist: (session) => readChecklist(session, {}),
  guideThrough: (session) => guideThrough(session, {}, { ask: async () => '', say: () => undefined }, async () => undefined),
  readPolicyHistory: (session) => readPolicyHistory(session),
  readQueue: (session, { customer }) => readQueue(session, { filter: { customerCode: customer }, limit: 1_000, after: null }),
  readQueueAndViews: (session, { customer }) =>
    readQueueAndViews(session, { filter: { customerCode: customer }, limit: 1_000, after: null }),
  listViews: (session) => listViews(session),
  viewNamed: (session) => viewNamed(session, 'mine'),
  saveView: (session) => saveView(session, { name: 'mine', filter: 'level:firm', order: USUAL_ORDER }),
  deleteView: (session) => deleteView(session, 'mine'),
  readReminder: (session, named) => readReminder(session, first(named)),
  readReminderAccount: (session, named) => readReminderAccount(session, first(named)),
  readRuns: (session, { run }) => readRuns(session, { id: asId<'run'>(run) }),
  checkStatus: (session) => checkStatus(session, { daemons: [], jobs: [] }),
  readDeliveries: (session) => readDeliveries(session, { limit: 10 }),
  readPulse: (session) => readPulse(session),
  readStatement: (session, { customer }) => readStatement(session, customer),
  readStatements: (session) => readStatements(session, null),
  readStatus: (session) => readStatus(session),
  readToday: (session) => readToday(session),
  readCompaniesToday: (session) => readCompaniesToday(session),
  recordBlock: (session, { invoice }) => recordBlock(session, { kind: 'REPLY', invoice, reason: 'asked' }),
  recordCreditNote: (session, { customer, invoice }) =>
    recordCreditNote(session, { number: 'CN-77', customerCode: customer, amount: '1', invoice }),
  recordDispute: (session, { invoice }) => recordDispute(session, { invoice, reason: 'short delivery' }),
  recordPayment: (session, { invoice }) =>
    recordPayment(session, { customerCode: 'C-1', amount: '1', invoices: [{ number: invoice, amount: null }] }),
  recordPromise: (session, { invoice }) => recordPromise(session, { customerCode: 'C-1', promisedOn: friday, invoices: [invoice] }),
  readKillSwitch: (session) => readKillSwitch(session),
  releaseGoesOn: (session) => releaseGoesOn(session),
  releaseReminders: (session, named) => releaseReminders(session, ids(named)),
  remindManually: (session, { invoice }) => remindManually(session, { customerCode: 'C-1', invoiceNumbers: [invoice] }),
  replayJournals: (session) => replayJournals(session),
  resumeCompany: (session) => resumeCompany(session),
  revokeToken: (session, { token }) => revokeToken(session, asId<'user-token'>(token)),
  rollBackTemplate: (session) => rollBackTemplate(session, POLITE),
  cancelRequested: (session, { requested }) => cancelRequested(session, asId<'requested-mail'>(requested), 'no'),
  giveBackRequested: (session, { requested }) =>
    giveBackRequested(session, [{ id: asId<'requested-mail'>(requested), fence: 1 }], 'not begun'),
  listRequested: (session, { customer }) => listRequested(session, { customerCode: customer, limit: 1_000 }),
  orderCopies: (session, { invoice }) => orderCopies(session, [invoice], false),
  orderStatement: (session, { customer }) => orderStatement(session, customer, { isRepeat: false }),
  orderStatements: (session) => orderStatements(session, null, { isRepeat: false }),
  readRequested: (session, { requested }) => readRequested(session, [asId<'requested-mail'>(requested)]),
  sendRequested: async (session, { folder }) => {
    const dispatcher = await openDispatcher(session.installation, outboxTransport(`${folder}/outbox`));
    try {
      return await sendRequested(session, { dispatcher });
    } finally {
      await dispatcher.close();
    }
  },
  settleRequested: (session, { requested }) => settleRequested(session, asId<'requested-mail'>(requested), true, 'they said so'),
  sweepRequested: (session) => sweepRequested(session),
  dryRun: (session, { folder }) => dryRun(session, { transport: outboxTransport(`${folder}/outbox`), endsUndoWindows: true }),
  sendDue: (session, { folder }) => sendDue(session, { transport: outboxTransport(`${folder}/outbox`), endsUndoWindows: true }),
  setSandbox: (session) => setSandbox(session, null),
  setCompany: (session) => setCompany(session, { phone: '+971 4 222 2222' }),
  setPolicy: (session) => setPolicy(session, { 'minimum.amount': '2' }),
  setUser: (session, { login }) => setUser(session, { login, roles: ['ADMIN'], isTwoPerson: false }),
  settleReminders: (session, named) => settleReminders(session, ids(named).ids, 'arrived', 'they said so'),
  readCalibration: (session) => readCalibration(session),
  adoptCalibration: async (session) => adoptCalibration(session, await readCalibration(session)),
  adoptCalibrated: (session) => adoptCalibrated(session, { values: { 'priority.ageWeight': '0.1' }, shownFor: 1 }),
  showTemplate: (session) => showTemplate(session, POLITE),
  simulateLedger: (session) => simulateLedger(session, { days: 30, policy: {} }),
  storeTemplate: async (session) => storeTemplate(session, POLITE, (await politeText(session)).replace('courtesy', 'friendly')),
  // Let go again at once, for the same reason.
  stopAllSending: async (session) => {
    await stopAllSending(session, 'stock-taking');
    return await allowSending(session);
  },
  sweepLeases: (session) => sweepLeases(session),
  undoApprovals: (session, named) => undoApprovals(session, ids(named)),
  validateTemplate: async (session) => validateTemplate(session, POLITE, await politeText(session)),
  validate: async (session) => {
    for await (const _ of validate(session)) continue;
  },
  verifyAudit: (session, { folder }) => verifyAudit(session, { path: `${folder}/none.jsonl`, anchors: false }),
  whoAmI: (session) => whoAmI(session),
  withdrawBankAccount: (session, { bank }) => withdrawBankAccount(session, asId<'bank-account'>(bank)),
  withdrawOccasion: (session) => withdrawOccasion(session, { key: 'closing-2026', on: [] }),
};

/** Not intentions: what every one of the above goes through, and what only a sender that passed the gate may call. */
export const NOT_ENTERED: readonly string[] = [
  'act',
  'recordOutcomes',
  // Calls what `wafa send --dry-run` does, which is entered as a verb.
  'wouldView',
  // Has a mail in its hands; what it may find by it is held by its own tests.
  'recordInbound',
  'keepLeases',
  'openRecorder',
  'dispatchPass',
  'dispatchTurn',
  'runDueJobs',
  'raiseAlert',
  'recordRequested',
  'replayRequestedEnds',
  'replayRequestedNeverBegun',
  'orderMail',
  'renderRequested',
  'passRequestedGate',
  'anchorFileOf',
];

/** Names of everything under `src/app` that takes a session first, read from the source so that a new one cannot be forgotten. */
export function functionsOfSessions(): readonly string[] {
  const folder = packagePath('src', 'app');
  return globSync('**/*.ts', { cwd: folder }).flatMap((path) => {
    const source = readFileSync(`${folder}/${path}`, 'utf8');
    return [...source.matchAll(/^export (?:async )?(?:const|function) (\w+)(?: = (?:async )?)?(?:<[^(]*>)?\(\s*session: Session\b/gm)].map(
      (match) => match[1] ?? '',
    );
  });
}
