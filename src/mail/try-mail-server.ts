/** Whether a mail server can be used as the settings say: it is called, greeted and signed in to, and no mail is given to it. */
import { classifyOutcome } from './classify-outcome.ts';
import type { SmtpSettings } from './mail-settings.ts';
import { openTokenSource } from './oauth/access-token.ts';
import { SmtpSession } from './smtp-session.ts';

export interface MailServerTrial {
  /** `null`: it works. */
  readonly why: string | null;
  readonly tryThis: string | null;
}

export async function tryMailServer(settings: SmtpSettings): Promise<MailServerTrial> {
  const session = new SmtpSession(settings, settings.oauth === null ? null : openTokenSource(settings.oauth));
  const evidence = await session.greet();
  session.quit();
  if (evidence.failure === null) return { why: null, tryThis: null };
  const outcome = classifyOutcome(evidence);
  if (outcome.kind !== 'NOT_SENT') return { why: evidence.failure.message, tryThis: CURES.connection };
  return { why: outcome.why, tryThis: CURES[outcome.breaker ?? 'connection'] };
}

const CURES = {
  auth: 'Check the user and the password. Microsoft 365 and Google take no password from programs: see MAIL_OAUTH in docs/configuration.md.',
  tls: 'Check the port (465 is smtps://, 587 is smtp://); name a private certificate authority with SMTP_CA_FILE.',
  connection: 'Check the name and the port. Many networks let no program but their own mail server out on port 25.',
} as const;
