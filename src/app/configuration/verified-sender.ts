/** Keeps mail from leaving under a domain that has not entrusted it to our mail server: receivers would take it for forged (DMARC). */
import { listed } from './settings-table.ts';
import type { Installation } from '../installation.ts';
import { OperatorError } from '../../domain/operator-error.ts';

/**
 * Nothing is checked without `WAFA_MAIL_DOMAINS`, nor where mail reaches nobody.
 * @throws OperatorError `config.unverified-sender` of kind `configuration`
 */
export function refuseUnverifiedSender({ configuration, mail }: Pick<Installation, 'configuration' | 'mail'>, fromAddress: string): void {
  const domains = listed(configuration.env['WAFA_MAIL_DOMAINS'] ?? '');
  const domain = fromAddress.split('@').at(-1)?.toLowerCase() ?? '';
  if (domains.length === 0 || mail.kind === 'outbox' || domains.includes(domain)) return;
  throw new OperatorError({
    code: 'config.unverified-sender',
    kind: 'configuration',
    message: `Mail of this company is from ${fromAddress}, and ${domain} is not among the domains of WAFA_MAIL_DOMAINS.`,
    tryThis: 'Correct the address with `wafa company set fromAddress=…`; or set up SPF and DKIM for the domain and add it there.',
  });
}
