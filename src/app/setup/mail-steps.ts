/** The mail server and the mailbox: tried before they are kept, and kept in the configuration file, passwords in private files. */
import { askUntilRight, type Asking } from './ask-until-right.ts';
import { keepSecret, keepSettings } from '../configuration/keep-settings.ts';
import type { Environment } from '../configuration/read-configuration.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { imapMailbox, MailboxError } from '../../mail/inbound/imap-mailbox.ts';
import { readMailboxes } from '../../mail/inbound/mailbox-settings.ts';
import { readMailSettings } from '../../mail/mail-settings.ts';
import { tryMailServer } from '../../mail/try-mail-server.ts';

type MailKind = 'SMTP' | 'IMAP';

/** The environment as it will be at the next start, and the file where that was kept. */
interface KeptMail {
  readonly env: Environment;
  readonly path: string;
}

/**
 * @param env The settings in force. @param password `null`: none is asked for, or a provider's tokens are used.
 * @throws OperatorError `setup.mail-refused` with what the server said; `config.*` for settings that cannot be used.
 */
export async function useMailServer(env: Environment, kind: MailKind, url: string, password: string | null): Promise<KeptMail> {
  const tried = {
    ...env,
    [`${kind}_URL`]: url,
    ...(password === null ? {} : { [`${kind}_PASSWORD`]: password, [`${kind}_PASSWORD_FILE`]: undefined }),
  };
  await (kind === 'SMTP' ? trySmtp(tried) : tryImap(tried));
  const file = password === null ? {} : { [`${kind}_PASSWORD_FILE`]: keepSecret(env, `${kind.toLowerCase()}-password`, password) };
  return { env: tried, path: keepSettings(env, { [`${kind}_URL`]: url, ...file }) };
}

async function trySmtp(env: Environment): Promise<void> {
  const settings = readMailSettings(env);
  if (settings.kind !== 'smtp') return;
  const { why, tryThis } = await tryMailServer(settings);
  if (why !== null) throw refused(`${settings.host}:${settings.port}: ${why}.`, tryThis ?? 'Check the settings.');
}

async function tryImap(env: Environment): Promise<void> {
  const settings = readMailboxes(env)('');
  if (settings === null) return;
  const mailbox = imapMailbox(settings);
  try {
    await mailbox.open();
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    throw refused(`${mailbox.label}: ${error.message}`, error.tryThis);
  } finally {
    await mailbox.close();
  }
}

/** Asks until it works, or Enter leaves it for later. @returns the environment as it will be at the next start. */
export async function askForMailServer(asking: Asking, env: Environment, kind: MailKind): Promise<Environment> {
  const kept = await askUntilRight(asking, QUESTIONS[kind], async (url) => {
    const wantsPassword = URL.canParse(url) && new URL(url).username !== '' && env['MAIL_OAUTH'] === undefined;
    const password = wantsPassword ? await asking.ask('  Its password (not shown): ', { isSecret: true }) : '';
    asking.say('  Trying…');
    return await useMailServer(env, kind, url, password === '' ? null : password);
  });
  asking.say(kept === null ? '  Later: `wafa init` asks again.' : `  It works. Kept in ${kept.path}.`);
  return kept?.env ?? env;
}

const QUESTIONS = {
  SMTP: 'The mail server, as smtp://user@host:587 or smtps://user@host:465 (Enter: later, mail goes to a folder):',
  IMAP: 'The mailbox for answers, as imaps://user@host:993/INBOX (Enter: later):',
} as const;

const refused = (message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: 'setup.mail-refused', kind: 'failed', message, tryThis });
