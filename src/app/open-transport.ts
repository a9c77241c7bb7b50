/** The way out: the mail server of the installation's settings, or the outbox folder, which reaches nobody. */
import { join } from 'node:path';
import { act } from './act.ts';
import type { Installation } from './installation.ts';
import type { Session } from './session.ts';
import { openTransport } from '../mail/open-transport.ts';
import { outboxTransport } from '../mail/outbox.ts';
import type { MailTransport } from '../mail/transport.ts';

export const openInstallationTransport = ({ mail, home }: Installation): MailTransport => openTransport(mail, join(home, 'outbox'));

/** The way of one company: a sandbox without an address of its own writes to the outbox folder whatever the settings say. */
export async function openCompanyTransport(session: Session): Promise<MailTransport> {
  const { isSandbox, sandboxAddress } = await act(session, 'status', async ({ company }) => company, { isReadOnly: true });
  return isSandbox && sandboxAddress === null
    ? outboxTransport(join(session.installation.home, 'outbox'))
    : openInstallationTransport(session.installation);
}
