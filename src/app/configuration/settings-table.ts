/**
 * Every setting there is, by the name it has in every source. `wafa config`, the check at start and docs/configuration.md are made
 * from this table; a name that is not in it is refused. What a value means is decided by the reader of each setting.
 */
import { z } from 'zod';
import { checkEmailAddress } from '../../domain/email-address.ts';

export interface Setting {
  readonly name: string;
  /** What kind of value it takes, in words. */
  readonly kind: string;
  /** What holds without it, in words. */
  readonly byDefault: string;
  readonly about: string;
  /** Never shown, and may also come from a private file: `NAME_FILE`, or a credential of the service manager. */
  readonly isSecret: boolean;
  /** Not from the plain environment, which other programs of the same user may see, nor from the configuration file. */
  readonly isFileOnly?: boolean;
  /** Says where the configuration file is, so it cannot stand in it. */
  readonly isEnvironmentOnly?: boolean;
  readonly schema: z.ZodType<string>;
}

/** Longer than any address or path that works; a value beyond it is a mistake or an attack. */
const LONGEST_VALUE = 4_096;

const text = z
  .string({ error: 'is not text; write it in quotes' })
  .max(LONGEST_VALUE, { error: `is longer than ${LONGEST_VALUE} characters` })
  .refine((value) => !/\p{Cc}/u.test(value), { error: 'holds a line break or another control character' });

/** Start-up options would set anything at all for every connection: the company, the role, row-level security. */
const database = text.refine((value) => !/[?&]options=/i.test(value), {
  error: 'holds "options", which could change what every connection may do',
});

const companyCode = text.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, {
  error: 'is not a company code: up to 32 letters A-Z, digits, "-" and "_"',
});

const DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** The names of a list with commas between them. */
export const listed = (value: string): readonly string[] =>
  value
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');

const domains = text.refine((value) => listed(value).every((one) => DOMAIN.test(one)), {
  error: 'is not a list of domains such as acme.ae, acme.com',
});

export const SETTINGS: readonly Setting[] = [
  {
    name: 'WAFA_HOME',
    kind: 'folder, full path',
    byDefault: '`$XDG_DATA_HOME/wafa`, else `~/.local/share/wafa`; for root `/var/lib/wafa`',
    about: 'Everything of this installation on this machine: the built-in database, the outbox, logs, `config.json`.',
    isSecret: false,
    isEnvironmentOnly: true,
    schema: text,
  },
  {
    name: 'WAFA_CONFIG',
    kind: 'file',
    byDefault: '`config.json` in `WAFA_HOME`, when it is there',
    about: 'The configuration file. Named here, it must exist.',
    isSecret: false,
    isEnvironmentOnly: true,
    schema: text,
  },
  {
    name: 'DATABASE_URL',
    kind: 'address, `postgresql://user:password@host:5432/database`',
    byDefault: 'the built-in database',
    about: 'A PostgreSQL 15 or newer, with the login of the role `wafa_app`. A superuser, the owner or a role with BYPASSRLS is refused.',
    isSecret: true,
    schema: database,
  },
  {
    name: 'DATABASE_OWNER_URL',
    kind: 'address, as `DATABASE_URL`',
    byDefault: 'none: tables cannot be changed',
    about: 'The login of the role `wafa_owner`, for `wafa db migrate` alone. Daemons and consoles do not need it.',
    isSecret: true,
    schema: database,
  },
  {
    name: 'DATABASE_BACKUP_URL',
    kind: 'address, as `DATABASE_URL`',
    byDefault: 'none: `wafa db backup` cannot read a server of your own',
    about:
      'The login of the role `wafa_backup`, which reads every company and writes nothing. Daemons that have it write a backup each night.',
    isSecret: true,
    schema: database,
  },
  {
    name: 'SMTP_URL',
    kind: 'address, `smtp://user@host:587` or `smtps://user@host:465`',
    byDefault: 'none: mail goes to the outbox folder and reaches nobody',
    about: 'The mail server. Encryption is required, except on this machine, and no option weakens it.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'SMTP_PASSWORD',
    kind: 'text',
    byDefault: 'none',
    about: 'The password of the user in `SMTP_URL`. Only from a private file or a credential.',
    isSecret: true,
    isFileOnly: true,
    schema: text,
  },
  {
    name: 'SMTP_PRESET',
    kind: '`microsoft365`, `google`, `ses`, `own` or `unlimited`',
    byDefault: 'known by the name in `SMTP_URL`, else `own`; on this machine `unlimited`',
    about:
      'How fast the mail server may be used: Microsoft 365 25 a minute and 8,000 a day, Google 1,800 a day, SES 10 a second, your own 5 a second. `unlimited` only on this machine.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'SMTP_CA_FILE',
    kind: 'file',
    byDefault: 'the public authorities',
    about: 'A private certificate authority (PEM) the mail server is checked against.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'IMAP_URL',
    kind: 'address, `imaps://user@host:993/INBOX`',
    byDefault: 'none: nobody reads what comes back',
    about:
      'The mailbox that answers and delivery reports come to. It is read and never changed. Encryption is required, except on this machine. An @ in the user is written %40.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'IMAP_PASSWORD',
    kind: 'text',
    byDefault: 'none',
    about: 'The password of the user in `IMAP_URL`. Only from a private file or a credential.',
    isSecret: true,
    isFileOnly: true,
    schema: text,
  },
  {
    name: 'IMAP_CA_FILE',
    kind: 'file',
    byDefault: 'the public authorities',
    about: 'A private certificate authority (PEM) the mailbox’s server is checked against.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'IMAP_MAILBOXES_FILE',
    kind: 'file',
    byDefault: 'every company reads the mailbox of `IMAP_URL`',
    about:
      'Mailboxes of companies by their codes, as JSON: `{"ACME": {"url": "imaps://…", "passwordFile": "/etc/wafa/acme-imap"}}`. A company that is not in it reads the one of `IMAP_URL`.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'MAIL_OAUTH',
    kind: '`microsoft365` or `google`',
    byDefault: 'none: sign-in by password',
    about: 'How users of `SMTP_URL` and `IMAP_URL` without a password sign in: by tokens of this provider.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'MAIL_OAUTH_TENANT',
    kind: 'id or domain',
    byDefault: 'none',
    about: 'Microsoft 365: the directory (tenant) the application is registered in.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'MAIL_OAUTH_CLIENT',
    kind: 'id',
    byDefault: 'none',
    about: 'Microsoft 365: the application (client) id. It needs the application permissions SMTP.SendAsApp and IMAP.AccessAsApp.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'MAIL_OAUTH_SECRET',
    kind: 'text',
    byDefault: 'none',
    about: 'Microsoft 365: the value of the application’s client secret. Only from a private file or a credential.',
    isSecret: true,
    isFileOnly: true,
    schema: text,
  },
  {
    name: 'MAIL_OAUTH_SECRET_ENDS',
    kind: 'day, `2027-11-30`',
    byDefault: 'none: nobody is warned',
    about: 'The last day the secret or key is valid. From fourteen days before, `wafa status` and the daemon say so.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'MAIL_OAUTH_KEY_FILE',
    kind: 'file',
    byDefault: 'none',
    about:
      'Google: the JSON key of a service account with domain-wide delegation for `https://mail.google.com/`, readable by you alone (chmod 600).',
    isSecret: false,
    schema: text,
  },
  {
    name: 'MAIL_OAUTH_TOKEN_URL',
    kind: 'address, `https://…`',
    byDefault: 'the provider’s own',
    about: 'Where tokens are asked for, in a national cloud. Plain `http` only on this machine.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'DKIM_DOMAIN',
    kind: 'domain',
    byDefault: 'none: Wafa signs nothing; most relays do',
    about:
      'Signs mail for this domain (DKIM). Then mail whose From address is of another domain does not leave. Not beside a relay that signs.',
    isSecret: false,
    schema: text.regex(DOMAIN, { error: 'is not a domain such as acme.ae' }),
  },
  {
    name: 'DKIM_SELECTOR',
    kind: 'text',
    byDefault: 'none',
    about: 'The selector under which the public key is published: `SELECTOR._domainkey.DOMAIN`.',
    isSecret: false,
    schema: text.regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/, { error: 'is not a selector such as wafa2026' }),
  },
  {
    name: 'DKIM_KEY_FILE',
    kind: 'file',
    byDefault: 'none',
    about: 'The private key for it: RSA of 2048 bits or more, in PEM, readable by you alone (chmod 600).',
    isSecret: false,
    schema: text,
  },
  {
    name: 'WAFA_MAIL_DOMAINS',
    kind: 'domains with commas between them',
    byDefault: 'any: nothing is checked',
    about: 'The domains whose SPF and DKIM are set up for the mail server. A company whose From address is outside them is not sent for.',
    isSecret: false,
    schema: domains,
  },
  {
    name: 'WAFA_OUTBOX',
    kind: 'folder',
    byDefault: '`outbox` in `WAFA_HOME`',
    about: 'Where mail goes as `.eml` files when there is no `SMTP_URL`.',
    isSecret: false,
    schema: text,
  },
  {
    name: 'WAFA_INVOICE_FOLDER',
    kind: 'folder, full path',
    byDefault: 'none: `wafa copy` has nothing to send',
    about:
      'Where invoices lie as PDF files: in a folder per company, named by its code, each named by its number (`ACME/INV-104.pdf`). What no file name can hold is written as in a web address (`INV/104` is `INV%2F104.pdf`).',
    isSecret: false,
    schema: text.refine((value) => value === '' || value.startsWith('/'), { error: 'is not a full path' }),
  },
  {
    name: 'WAFA_INTAKE_FOLDER',
    kind: 'folder, full path',
    byDefault: 'none: daemons take no files in',
    about:
      'Where ledger programs drop files for the daemons to take in: in a folder per company, named by its code (`ACME/`). Each file ends in `done/` or `rejected/` there, with a report.',
    isSecret: false,
    schema: text.refine((value) => value === '' || value.startsWith('/'), { error: 'is not a full path' }),
  },
  {
    name: 'WAFA_COMPANY',
    kind: 'company code',
    byDefault: 'the only company you work for',
    about: 'The company to work for; `--company` comes before it.',
    isSecret: false,
    schema: companyCode,
  },
  {
    name: 'WAFA_TOKEN',
    kind: 'text',
    byDefault: 'you are who you are logged in as',
    about: 'The token of the user who is acting, for scripts and daemons.',
    isSecret: true,
    schema: text,
  },
  {
    name: 'WAFA_DAEMON_PORT',
    kind: 'number from 1 to 65535, or `off`',
    byDefault: '9380',
    about:
      'Where a daemon answers `/healthz`, `/readyz` and `/metrics`, on this machine alone. Two daemons of one machine need two numbers.',
    isSecret: false,
    schema: text.regex(/^(?:off|[1-9]\d{0,4})$/, { error: 'is neither a port nor "off"' }),
  },
  {
    name: 'WAFA_ALERT_WEBHOOK',
    kind: 'address, `https://…`',
    byDefault: 'none',
    about: 'Where a daemon posts what needs a person, as JSON. Plain `http` only on this machine.',
    isSecret: true,
    schema: text.regex(/^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])/, { error: 'does not begin with https://' }),
  },
  {
    name: 'WAFA_ALERT_MAIL',
    kind: 'mail address',
    byDefault: 'none',
    about: 'Whom a daemon writes to when something needs a person.',
    isSecret: false,
    schema: text.refine((value) => checkEmailAddress(value).ok, { error: 'is not a mail address' }),
  },
  {
    name: 'WAFA_CLOCK',
    kind: 'instant with its offset, `2026-11-23T09:00:00+04:00`',
    byDefault: 'the real time',
    about: 'Business time starts there and runs on. Refused while mail goes to a real server.',
    isSecret: false,
    schema: text,
  },
];

/** `SMTP_PASSWORD` → `smtp-password`. */
export const credentialName = ({ name }: Setting): string => name.toLowerCase().replaceAll('_', '-');

export const fileVariable = ({ name }: Setting): string => `${name}_FILE`;
