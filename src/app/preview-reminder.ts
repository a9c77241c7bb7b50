/** Renders one stored reminder exactly as it would be sent now, without sending it or counting anything. */
import { act } from './act.ts';
import { openRenderer } from './render-reminder.ts';
import type { Session } from './session.ts';
import type { ReminderId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { composeMessage } from '../mail/compose-message.ts';
import { remindersById } from '../store/sql/reminders/reminder-row.ts';

export interface ReminderPreview {
  readonly id: ReminderId;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The whole message as RFC 5322 text. */
  readonly eml: string;
  readonly renderHash: string;
}

/** @throws OperatorError `reminder.unknown` */
export const previewReminder = (session: Session, id: ReminderId): Promise<ReminderPreview> =>
  act(
    session,
    'preview',
    async (context) => {
      const [row] = await remindersById(context.tx, [id]);
      if (!row)
        throw new OperatorError({
          code: 'reminder.unknown',
          kind: 'usage',
          message: `There is no reminder ${id}.`,
          tryThis: 'Run `wafa queue` to see the reminders there are.',
        });
      const { content, hash } = (await openRenderer(context, [row]))(row);
      const frame = {
        approvedAddress: row.recipientAddress,
        messageId: row.messageId,
        thread: null,
        sentAt: context.now,
        timeZone: context.company.timeZone,
      };
      const message = composeMessage(content, frame);
      return {
        id,
        to: content.to.address,
        from: content.from.address,
        subject: content.subject,
        text: content.text,
        html: content.html,
        eml: message.bytes.toString('utf8'),
        renderHash: hash,
      };
    },
    { isReadOnly: true },
  );
