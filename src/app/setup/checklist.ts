/** What should be so before a company writes to its customers, in the order in which it is best done. Reads only. */
import { act } from '../act.ts';
import type { Environment } from '../configuration/read-configuration.ts';
import type { Session } from '../session.ts';
import { readMailboxes } from '../../mail/inbound/mailbox-settings.ts';
import { readMailSettings } from '../../mail/mail-settings.ts';
import { setupState } from '../../store/sql/setup-state.ts';

export interface ChecklistItem {
  readonly id: string;
  /** A word or two. */
  readonly label: string;
  /** `null`: only people can know. */
  readonly isDone: boolean | null;
  readonly what: string;
  /** The command that does it, without the program's name; `null` where it is done elsewhere. */
  readonly command: string | null;
}

/** @param env The settings as they will be at the next start. */
export const readChecklist = (session: Session, env: Environment): Promise<readonly ChecklistItem[]> =>
  act(
    session,
    'company show',
    async ({ tx, company, now }) => {
      const state = await setupState(tx, now);
      const isNamed = company.phone !== null && company.contactPerson !== null;
      return [
        item(
          'identity',
          'Who you are',
          isNamed,
          'a number and a person customers may ask for',
          'company set phone="+971 4 …" contactPerson="…"',
        ),
        item(
          'sender',
          'Sender',
          !company.mailFromAddress.endsWith('.invalid'),
          'an address mails come from',
          'company set fromAddress=accounts@…',
        ),
        item('mail', 'Mail server', readMailSettings(env).kind === 'smtp', 'without one mail goes to a folder', 'init'),
        item('mailbox', 'Mailbox', readMailboxes(env)(company.code) !== null, 'read for answers and returned mail', 'init'),
        item('bank', 'Bank', state.hasBankAccount, 'where customers are asked to pay', 'bank propose …'),
        item('ledger', 'Ledger', state.hasInvoices, 'customers and invoices, with who was written to last', 'import FILE'),
        item(
          'receipts',
          'Payments',
          company.ledgerReceiptsAsOn !== null,
          'up to now: without them nothing leaves by itself',
          'import FILE',
        ),
        item('policy', 'Rules', company.policyNumber > 1, 'looked at, and changed where they do not fit', 'policy preset'),
        item('approver', 'Approver', state.approvers > 1, 'a second person', 'user add LOGIN --roles APPROVER'),
        item('plan', 'Plan', state.hasPlanned, 'made, and its reminders looked at', 'plan'),
        item('to-yourself', 'Trial', null, 'a reminder sent to yourself and read', 'preview ID --to you@…'),
        item('old-reminders', 'Other reminders', null, "your accounting system's own are switched off, or customers get both", null),
        item('live', 'Live', company.wentLiveAt !== null, 'until then nothing reaches a customer', 'company live'),
      ];
    },
    { isReadOnly: true },
  );

const item = (id: string, label: string, isDone: boolean | null, what: string, command: string | null): ChecklistItem => ({
  id,
  label,
  isDone,
  what,
  command,
});
