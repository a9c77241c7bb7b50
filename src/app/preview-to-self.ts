/**
 * Sends a reminder to the company's own people, to be read in a real mail program. Marked as a preview in its subject and first words, with
 * an identity of its own; it is no attempt, moves no state and counts for nothing. It goes to the company's own domain, or to the address
 * somebody logs in by, and never to an address a customer is written to at.
 */
import { randomUUID } from 'node:crypto';
import { act, type Act } from './act.ts';
import { refuseUnverifiedSender } from './configuration/verified-sender.ts';
import { openRenderer } from './render-reminder.ts';
import type { Session } from './session.ts';
import { unknownReminder } from './unknown-reminder.ts';
import { ADDRESS_FAULTS, checkEmailAddress } from '../domain/email-address.ts';
import type { ReminderId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { composeMessage, type ComposedMessage } from '../mail/compose-message.ts';
import { messageIdFor } from '../mail/message-id.ts';
import type { MailTransport, SendOutcome } from '../mail/transport.ts';
import { isContactAddress } from '../store/sql/contact-address.ts';
import { sendingSwitches } from '../store/sql/dispatch/gate-locks.ts';
import { remindersById } from '../store/sql/reminders/reminder-row.ts';

/** @throws OperatorError `preview.bad-address|not-own|customer-address|stopped`, `reminder.unknown` */
export async function previewToSelf(session: Session, id: ReminderId, to: string, transport: MailTransport): Promise<SendOutcome> {
  const message = await act(session, 'preview send', async (context) => {
    refuseUnverifiedSender(session.installation, context.company.mailFromAddress);
    const { isSendingStopped } = await sendingSwitches(context.tx);
    if (isSendingStopped) throw refused('stopped', 'All sending of this installation is stopped.', 'Ask who stopped it.');
    const address = await ownAddress(context, to);
    const composed = await composePreview(context, id, address);
    // The address is left out: the audit holds none.
    context.record({ objectKind: 'reminder', objectId: id, reason: 'preview sent' });
    return composed;
  });
  return await transport.send(message);
}

async function composePreview(context: Act, id: ReminderId, address: string): Promise<ComposedMessage> {
  const [row] = await remindersById(context.tx, [id]);
  if (!row) throw unknownReminder(id);
  const { content } = await (await openRenderer(context, [row], { isPreview: true }))(row);
  const domain = content.from.address.split('@').at(-1) ?? 'localhost';
  return composeMessage(
    { ...content, to: { name: '', address }, replyTo: null },
    {
      approvedAddress: address,
      messageId: messageIdFor(randomUUID().replaceAll('-', ''), domain),
      thread: null,
      sentAt: context.now,
      timeZone: context.company.timeZone,
    },
  );
}

async function ownAddress({ tx, actor, company }: Act, text: string): Promise<string> {
  const check = checkEmailAddress(text);
  if (!check.ok) throw refused('bad-address', `The address ${ADDRESS_FAULTS[check.why]}.`, 'Give one plain address of your own.');
  const own = [company.mailFromAddress, ...(company.mailReplyTo === null ? [] : [company.mailReplyTo])].map(domainOf);
  const isLogin = actor.kind === 'USER' && actor.login.toLowerCase() === check.address.toLowerCase();
  if (!isLogin && !own.includes(check.domain))
    throw refused('not-own', `Previews go to ${[...new Set(own)].join(' or ')} only.`, 'Give an address of your own company.');
  if (await isContactAddress(tx, check.address))
    throw refused('customer-address', 'A customer is written to at this address.', 'Give an address no reminder goes to.');
  return check.address;
}

const domainOf = (address: string): string => address.split('@').at(-1)?.toLowerCase() ?? '';

const refused = (code: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `preview.${code}`, kind: 'refused', message, tryThis });
