/**
 * Sends over SMTP. Connections are kept and reused one message at a time, because a TLS handshake costs more than the mail;
 * one that sat idle is closed early, so that a message never meets a connection the server has given up. No second try of
 * any kind happens here.
 */
import { classifyOutcome } from './classify-outcome.ts';
import type { ComposedMessage } from './compose-message.ts';
import { assert, BugError } from '../domain/operator-error.ts';
import { signed } from './dkim.ts';
import type { DkimSettings } from './dkim-settings.ts';
import type { SmtpSettings } from './mail-settings.ts';
import { openTokenSource } from './oauth/access-token.ts';
import { SmtpSession } from './smtp-session.ts';
import type { MailTransport, SendOutcome } from './transport.ts';

export function smtpTransport(settings: SmtpSettings): MailTransport {
  const idle: { readonly session: SmtpSession; readonly timer: NodeJS.Timeout }[] = [];
  const underWay = new Set<Promise<SendOutcome>>();
  const tokens = settings.oauth === null ? null : openTokenSource(settings.oauth);
  let isClosed = false;

  const takeSession = (): SmtpSession => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      clearTimeout(kept.timer);
      if (kept.session.isUsable) return kept.session;
      kept.session.close();
    }
    return new SmtpSession(settings, tokens);
  };

  const keepSession = (session: SmtpSession): void => {
    if (isClosed || !session.isUsable) return session.quit();
    const timer = setTimeout(() => {
      idle.splice(
        idle.findIndex((kept) => kept.session === session),
        1,
      );
      session.quit();
    }, settings.idleTimeoutMs);
    // A process with nothing left to send ends without waiting for its idle connections.
    timer.unref();
    idle.push({ session, timer });
  };

  const attempt = async (composed: ComposedMessage, signal: AbortSignal | undefined): Promise<SendOutcome> => {
    const message = settings.dkim === null ? composed : await signedOrWhy(composed, settings.dkim);
    if (typeof message === 'string') return unsigned(message);
    const session = takeSession();
    const outcome = classifyOutcome(await session.send(message, signal));
    if (outcome.kind === 'ACCEPTED') keepSession(session);
    else session.close();
    return outcome;
  };

  return {
    kind: 'smtp',
    isLoopback: settings.isLoopback,
    label: `${settings.host}:${settings.port}`,
    limits: settings.limits,
    slots: settings.maxConnections,
    send: (message, signal) => {
      assert(!isClosed, 'a mail was sent through a transport that is closed');
      assert(underWay.size < settings.maxConnections, `more than ${settings.maxConnections} mails at once through one transport`);
      const sending = attempt(message, signal).finally(() => underWay.delete(sending));
      underWay.add(sending);
      return sending;
    },
    close: async () => {
      isClosed = true;
      await Promise.allSettled(underWay);
      for (const { session, timer } of idle.splice(0)) {
        clearTimeout(timer);
        session.quit();
      }
    },
  };
}

/** A message that cannot be signed stays here, and says why. */
async function signedOrWhy(message: ComposedMessage, settings: DkimSettings): Promise<ComposedMessage | string> {
  try {
    return await signed(message, settings);
  } catch (error) {
    if (error instanceof BugError) return error.message;
    throw error;
  }
}

const unsigned = (why: string): SendOutcome => ({
  kind: 'NOT_SENT',
  why: `the mail could not be signed: ${why}`,
  breaker: null,
  isBodyHandedOver: false,
  replyCode: null,
  replyText: null,
});
