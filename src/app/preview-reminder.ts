/** Renders one stored reminder exactly as it would be sent now, without sending it or counting anything. */
import { act, type Act } from './act.ts';
import { openFrames } from './mail-frame.ts';
import { openRenderer, type RenderedMail } from './render-reminder.ts';
import type { Session } from './session.ts';
import { unknownReminder } from './unknown-reminder.ts';
import type { ReminderId } from '../domain/ids.ts';
import type { Language } from '../domain/vocabulary.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { composeMessage } from '../mail/compose-message.ts';
import type { MailAttachment } from '../mail/mail-attachment.ts';
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
  /** What goes with it; `bytes` is how many. */
  readonly attachments: readonly { readonly fileName: string; readonly mediaType: string; readonly bytes: number }[];
  readonly renderHash: string;
}

/**
 * @param language Another language than it leaves in, for who reads that better; left out: as it leaves.
 * @throws OperatorError `reminder.unknown`
 */
export const previewReminder = (session: Session, id: ReminderId, language?: Language): Promise<ReminderPreview> =>
  rendered(session, id, language, async ({ row, content, hash }, context) => {
    const message = composeMessage(content, (await openFrames(context, [row]))(row));
    return {
      id,
      to: content.to.address,
      from: content.from.address,
      subject: content.subject,
      text: content.text,
      html: content.html,
      eml: message.bytes.toString('utf8'),
      attachments: content.attachments.map(({ fileName, mediaType, bytes }) => ({ fileName, mediaType, bytes: bytes.length })),
      renderHash: hash,
    };
  });

/**
 * The statement that would go with it.
 * @throws OperatorError `reminder.unknown`, `preview.no-statement`
 */
export const previewStatement = (session: Session, id: ReminderId): Promise<MailAttachment> =>
  rendered(session, id, undefined, ({ row, content: { attachments } }) => {
    const [statement] = attachments;
    if (statement) return statement;
    throw new OperatorError({
      code: 'preview.no-statement',
      kind: 'usage',
      message: `Reminder ${id} carries no statement: its list is short enough to stand in the mail.`,
      tryThis: `Write one with \`wafa statement ${row.customerCode} --pdf FILE\`; the policy key \`statement.attachFromItems\` says from how many rows one is attached.`,
    });
  });

const rendered = <Answer>(
  session: Session,
  id: ReminderId,
  language: Language | undefined,
  answer: (mail: RenderedMail, context: Act) => Answer | Promise<Answer>,
): Promise<Answer> =>
  act(
    session,
    'preview',
    async (context) => {
      const [row] = await remindersById(context.tx, [id]);
      if (!row) throw unknownReminder(id);
      const shown = language === undefined ? row : { ...row, language };
      return await answer(await (await openRenderer(context, [shown]))(shown), context);
    },
    { isReadOnly: true },
  );
