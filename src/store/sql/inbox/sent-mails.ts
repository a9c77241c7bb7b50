/** Mails of ours that something came back about, each with the newest attempt that may have handed it over. */
import type { SentMail } from '../../../domain/inbound/sent-mail.ts';
import type { Instant } from '../../../domain/days.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

const FOUND = `m.message_id, l.id as attempt_id, l.recipient_address, c.account_id as customer_id, l.consolidated_reminder_id as reminder_id,
            l.requested_mail_id as requested_id`;
/** An attempt that ended before the message was handed over left nothing that could come back. */
const HANDED_OVER = `l.company_id = $1 and (l.outcome is null or l.outcome in ('ACCEPTED', 'UNCERTAIN'))`;

/** `condition` is about `m.message_id`, and is one of those written below. */
const mailsWith = (condition: string): string => `
  select * from (
    select ${FOUND}, m.delivery_status, l.started_at
      from customer_consolidated_reminders m
      join email_logs l on ${HANDED_OVER} and l.consolidated_reminder_id = m.id
      join customers c on c.company_id = $1 and c.id = l.customer_id
     where m.company_id = $1 and ${condition}
    union all
    select ${FOUND}, null as delivery_status, l.started_at
      from requested_mails m
      join email_logs l on ${HANDED_OVER} and l.requested_mail_id = m.id
      join customers c on c.company_id = $1 and c.id = l.customer_id
     where m.company_id = $1 and ${condition}) found
   order by started_at desc, attempt_id desc limit 100`;

/** By the ids that stand in a mail; the newest attempt of each first. */
export const sentByMessageIds = (tx: CompanyTx, messageIds: readonly string[]): Promise<readonly SentMail[]> =>
  tx.query<SentMail>(mailsWith('m.message_id = any($2::text[])'), [tx.companyId, messageIds]);

/**
 * By the beginning of the random part, which stands in the address answers go to. A range, so that the key of Message-IDs serves: what
 * follows the beginning is a digit or a letter below z.
 */
export const sentByReplyKey = (tx: CompanyTx, key: string): Promise<readonly SentMail[]> =>
  tx.query<SentMail>(mailsWith(`m.message_id >= $2 and m.message_id < $2 || 'zzzz' and starts_with(m.message_id, $2)`), [
    tx.companyId,
    `<rem.${key}`,
  ]);

/** By the name that SES gives a message in place of ours. */
export const sentByRelayNames = (tx: CompanyTx, names: readonly string[]): Promise<readonly SentMail[]> =>
  tx.query<SentMail>(
    `select l.message_id, l.id as attempt_id, l.recipient_address, c.account_id as customer_id, l.consolidated_reminder_id as reminder_id,
            l.requested_mail_id as requested_id, r.delivery_status
       from email_logs l
       join customers c on c.company_id = $1 and c.id = l.customer_id
       left join customer_consolidated_reminders r on r.company_id = $1 and r.id = l.consolidated_reminder_id
      where ${HANDED_OVER} and l.relay like 'email-smtp.%' and l.relay_message_id = any($2::text[])
      order by l.id desc limit 100`,
    [tx.companyId, names],
  );

/** Reminders sent to an address since an instant, whose customer's code stands in a subject; the newest first. */
export const sentToAddress = (
  tx: CompanyTx,
  { addresses, since, subject }: { readonly addresses: readonly string[]; readonly since: Instant; readonly subject: string },
): Promise<readonly SentMail[]> =>
  tx.query<SentMail>(
    `select m.message_id, l.id as attempt_id, l.recipient_address, c.account_id as customer_id, m.id as reminder_id,
            l.requested_mail_id as requested_id, m.delivery_status
       from customer_consolidated_reminders m
       join email_logs l on ${HANDED_OVER} and l.consolidated_reminder_id = m.id
       join customers c on c.company_id = $1 and c.id = l.customer_id
      where m.company_id = $1 and m.recipient_address = any($2::text[]) and m.contacted_at >= $3
        and position(lower(c.code) in lower($4)) > 0
      order by m.contacted_at desc limit 10`,
    [tx.companyId, addresses, since, subject],
  );
