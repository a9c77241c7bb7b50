/**
 * What this process is given from outside: settings, the database it opens on first use, the clock, how mail leaves. One per
 * process; shells make it, everything below receives it.
 */
import { OperatorError } from '../domain/operator-error.ts';
import { readMailboxes, type Mailboxes } from '../mail/inbound/mailbox-settings.ts';
import { readMailSettings, type MailSettings } from '../mail/mail-settings.ts';
import { openDatabase, type Database } from '../store/connection/pool.ts';
import { applicationTarget } from '../store/connection/target.ts';
import { readDatabaseSettings, wafaHome, type DatabaseSettings } from '../store/connection/settings.ts';
import { readConfiguration, type Configuration } from './configuration/read-configuration.ts';
import { clockStartingAt, databaseClock, type BusinessClock } from './clock.ts';
import { secretOf, type Secret } from './people/secret.ts';
import { packageVersion } from '../package-root.ts';

export interface Installation {
  /** Every setting and where it came from. */
  readonly configuration: Configuration;
  readonly settings: DatabaseSettings;
  /** Folder of this installation's own files: the outbox, logs, the embedded database. */
  readonly home: string;
  readonly mail: MailSettings;
  /** Where answers come to. */
  readonly mailboxes: Mailboxes;
  readonly clock: BusinessClock;
  readonly programVersion: string;
  /** Login of the operating system's user, who is mapped to a user of each company. */
  readonly operatingSystemLogin: string;
  /** Names the acting user instead of the login, when the process was given one. */
  readonly token?: Secret | undefined;
  /** Opens the pool on first use, starting the embedded server when that is the one in use. */
  database(): Promise<Database>;
  close(): Promise<void>;
}

export interface InstallationInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly operatingSystemLogin: string;
}

/** @throws OperatorError of kind `configuration` when a setting is wrong or dangerous. */
export function openInstallation({ env: given, operatingSystemLogin }: InstallationInput): Installation {
  const configuration = readConfiguration(given);
  const { env } = configuration;
  const settings = readDatabaseSettings(env);
  const mail = readMailSettings(env);
  const mailboxes = readMailboxes(env);
  let opened: Promise<Database> | undefined;
  return {
    configuration,
    settings,
    home: wafaHome(env),
    mail,
    mailboxes,
    clock: clockFrom(env['WAFA_CLOCK'], mail),
    programVersion: packageVersion(),
    operatingSystemLogin,
    token: secretOf(env['WAFA_TOKEN']),
    database: () => (opened ??= applicationTarget(settings).then(openDatabase)),
    close: async () => {
      // What could not be opened needs no closing; whoever asked for it has been told.
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

/** The override moves business time only where no customer can be reached: the outbox, or a mail server on this machine. */
function clockFrom(text: string | undefined, mail: MailSettings): BusinessClock {
  if (text === undefined || text === '') return databaseClock;
  if (mail.kind === 'smtp' && !mail.isLoopback) {
    throw new OperatorError({
      code: 'config.clock-with-real-mail',
      kind: 'configuration',
      message: 'WAFA_CLOCK is set while mail goes to a real server.',
      tryThis: 'Unset WAFA_CLOCK, or unset SMTP_URL so that mail goes to the outbox folder.',
    });
  }
  try {
    return clockStartingAt(Temporal.Instant.from(text));
  } catch (cause) {
    throw new OperatorError({
      code: 'config.bad-clock',
      kind: 'configuration',
      message: `WAFA_CLOCK is ${JSON.stringify(text.slice(0, 60))}, which is not an instant.`,
      tryThis: 'Write it with its offset, for example 2026-11-23T09:00:00+04:00.',
      cause,
    });
  }
}
