/** Why a mail provider does not let us in, in plain words, with what to do about it. Known by its codes; what it writes beside them may hold names. */
import type { OAuthSettings } from './oauth-settings.ts';

export class SignInError extends Error {
  readonly code: string;
  readonly tryThis: string;

  constructor(code: string, message: string, tryThis: string) {
    super(message);
    this.name = 'SignInError';
    this.code = code;
    this.tryThis = tryThis;
  }
}

type Words = readonly [what: string, tryThis: string];

/** Numbers of Microsoft's directory, which say more than the code beside them. */
const DIRECTORY: Readonly<Record<string, Words>> = {
  AADSTS7000215: ['the client secret is wrong', 'Give the value of the secret, not its id, in MAIL_OAUTH_SECRET_FILE.'],
  AADSTS7000222: [
    'the client secret has ended',
    'Make a new client secret, put it in MAIL_OAUTH_SECRET_FILE and its last day in MAIL_OAUTH_SECRET_ENDS.',
  ],
  AADSTS7000112: ['the application is disabled', 'Ask an administrator to enable it in the directory.'],
  AADSTS700016: ['the application is not known in this tenant', 'Check MAIL_OAUTH_CLIENT and MAIL_OAUTH_TENANT.'],
  AADSTS90002: ['the tenant is not known', 'Check MAIL_OAUTH_TENANT.'],
  AADSTS900023: ['the tenant is not known', 'Check MAIL_OAUTH_TENANT.'],
  AADSTS65001: ['no administrator has consented', 'Grant admin consent for SMTP.SendAsApp and IMAP.AccessAsApp.'],
  AADSTS1002012: ['the scope is not accepted', 'Grant the application permissions SMTP.SendAsApp and IMAP.AccessAsApp.'],
  AADSTS53003: ['a rule of conditional access forbids it', 'Ask an administrator to let this application through.'],
};

/** Codes of RFC 6749 §5.2. */
const CODES: Readonly<Record<string, Words>> = {
  invalid_client: ['the application or its secret is not accepted', 'Check MAIL_OAUTH_CLIENT and the secret in MAIL_OAUTH_SECRET_FILE.'],
  unauthorized_client: [
    'the application may not do this',
    'Microsoft 365: grant the application permissions and consent. Google: give the service account domain-wide delegation for https://mail.google.com/.',
  ],
  invalid_grant: [
    'the assertion is not accepted',
    'Check that this machine’s clock is right, that the key is not revoked, and that the user of SMTP_URL or IMAP_URL exists.',
  ],
  invalid_scope: ['the scope is not accepted', 'Check which permissions the application was given.'],
  access_denied: ['it was denied', 'Ask an administrator of the mail domain.'],
  temporarily_unavailable: ['it is out of order for the moment', 'Nothing needs doing; it is tried again.'],
  server_error: ['it is out of order for the moment', 'Nothing needs doing; it is tried again.'],
};

export function oauthFailure(
  kind: OAuthSettings['kind'],
  { status, error, description }: { readonly status: number; readonly error: unknown; readonly description: unknown },
): SignInError {
  const provider = kind === 'microsoft365' ? 'Microsoft 365' : 'Google';
  const number = /\bAADSTS\d{4,8}\b/.exec(typeof description === 'string' ? description.slice(0, 2_000) : '')?.[0];
  const code = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : `http-${status}`;
  const fallback: Words =
    status >= 500 || status === 429
      ? ['it is out of order for the moment', 'Nothing needs doing; it is tried again.']
      : ['for a reason Wafa does not know', 'Look the code up with the provider.'];
  const [what, tryThis] = (number === undefined ? undefined : DIRECTORY[number]) ?? CODES[code] ?? fallback;
  return new SignInError(number ?? code, `${provider} gave no token: ${what} (${number ?? code}).`, tryThis);
}

/** What mail servers say when they know the token or the password and still refuse. */
const REFUSALS: readonly (readonly [RegExp, ...Words])[] = [
  [
    /5\.7\.139.*SmtpClientAuthentication is disabled for the Tenant|SmtpClientAuthenticationDisabled/i,
    'SMTP sign-in is switched off for the tenant',
    'Switch on Authenticated SMTP for the mailbox (Set-CASMailbox -SmtpClientAuthenticationDisabled $false), or use a relay.',
  ],
  [
    /5\.7\.139/i,
    'basic sign-in is blocked, or a security default forbids it',
    'Use MAIL_OAUTH=microsoft365, or ask an administrator to allow SMTP sign-in for the mailbox.',
  ],
  [/5\.7\.57|not authenticated to send/i, 'it wants a sign-in before it takes mail', 'Name a user in SMTP_URL.'],
  [
    /5\.7\.60|SendAsDenied/i,
    'the user may not send as the company’s From address',
    'Give the mailbox Send As for it, or change the From address.',
  ],
  [
    /5\.7\.3\b/i,
    'it did not accept the token',
    'Register the application’s service principal in Exchange and give it access to the mailbox.',
  ],
  [
    /application-specific password|5\.7\.9|534/i,
    'it wants an application password or OAuth2',
    'Use MAIL_OAUTH=google, or make an application password.',
  ],
  [
    /IMAP access is disabled|not enabled for IMAP|IMAP.*disabled/i,
    'IMAP is switched off for the mailbox',
    'Switch IMAP on for it (Gmail: settings, Forwarding and POP/IMAP; Microsoft 365: Set-CASMailbox -ImapEnabled $true).',
  ],
  [
    /User is authenticated but not connected/i,
    'the token is right, but the application has no access to this mailbox',
    'Give it access: Add-MailboxPermission for the service principal, and check the user in IMAP_URL.',
  ],
  [/LOGINDISABLED|PRIVACYREQUIRED/i, 'it takes no password on a connection that is not encrypted', 'Use imaps:// or smtps://.'],
  [
    /AUTHENTICATIONFAILED|5\.7\.8|\b535\b|invalid credentials|AUTHENTICATE failed|LOGIN failed/i,
    'user or password (or token) is wrong',
    'Check the user in the address and the secret.',
  ],
];

/** What to say of a server's own words; the second what to do. */
export function refusalWords(text: string): Words {
  const found = REFUSALS.find(([pattern]) => pattern.test(text.slice(0, 2_000)));
  return found === undefined ? ['it refused the sign-in', 'Look the words up with the provider.'] : [found[1], found[2]];
}
