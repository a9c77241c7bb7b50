/**
 * Tells people that something needs them: by a webhook, by mail, or both, once a day for each matter over any number of daemons. Only
 * codes, numbers and the company's code leave.
 */
import { randomUUID } from 'node:crypto';
import { act } from '../act.ts';
import { openInstallationTransport } from '../open-transport.ts';
import type { Session } from '../session.ts';
import type { Attention } from '../../domain/attention.ts';
import { composeMessage } from '../../mail/compose-message.ts';
import { messageIdFor } from '../../mail/message-id.ts';
import { claimSlot, finishSlot } from '../../store/sql/daemon/job-slots.ts';

/** False when somebody was told of it today already. */
export async function raiseAlert(session: Session, instance: string, attention: Attention): Promise<boolean> {
  const job = `alert ${attention.code}`;
  const claimed = await act(
    session,
    'send',
    async ({ tx, today, company }) => {
      const slotAt = today.toZonedDateTime(company.timeZone).toInstant();
      return (await claimSlot(tx, { job, slotAt, by: instance })) ? slotAt : null;
    },
    { concludes: true },
  );
  if (claimed === null) return false;
  const told = await Promise.all([byWebhook(session, attention), byMail(session, attention)]);
  await act(session, 'send', ({ tx }) => finishSlot(tx, { job, slotAt: claimed, outcome: told.filter(Boolean).join(', ') || 'log only' }), {
    concludes: true,
  });
  return true;
}

/** Ten seconds: whoever takes longer to take a few bytes is down. */
const WEBHOOK_WITHIN_MS = 10_000;

/** What became of it, in words for the slot; `null` without a webhook. A pager that is down must not stop the daemon. */
async function byWebhook({ installation, companyCode }: Session, { code, isCritical, text }: Attention): Promise<string | null> {
  const url = installation.configuration.env['WAFA_ALERT_WEBHOOK'];
  if (url === undefined || url === '') return null;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ wafa: 1, alert: { code, critical: isCritical, company: companyCode, text: `${companyCode}: ${text}` } }),
      signal: AbortSignal.timeout(WEBHOOK_WITHIN_MS),
      redirect: 'error',
    });
    return response.ok ? 'webhook' : `webhook answered ${response.status}`;
  } catch {
    return 'webhook not reached';
  }
}

/** Past the gate and its limits: it goes to ourselves. */
async function byMail(session: Session, { code, text }: Attention): Promise<string | null> {
  const address = session.installation.configuration.env['WAFA_ALERT_MAIL'];
  if (address === undefined || address === '') return null;
  const { company, now } = await act(session, 'status', async (context) => context, { isReadOnly: true });
  const line = `${company.code}: ${text} See \`wafa status\`.`;
  const domain = company.mailFromAddress.split('@').at(-1) ?? 'localhost';
  const transport = openInstallationTransport(session.installation);
  try {
    const message = composeMessage(
      {
        from: { name: 'Wafa', address: company.mailFromAddress },
        to: { name: '', address },
        replyTo: null,
        subject: `Wafa ${company.code}: ${code}`,
        attachments: [],
        text: `${line}\n`,
        html: `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
      },
      {
        approvedAddress: address,
        messageId: messageIdFor(randomUUID().replaceAll('-', ''), domain),
        thread: null,
        sentAt: now,
        timeZone: company.timeZone,
      },
    );
    return (await transport.send(message)).kind === 'ACCEPTED' ? 'mail' : 'mail not taken';
  } finally {
    await transport.close();
  }
}
