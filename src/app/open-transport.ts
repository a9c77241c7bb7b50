/** The way out of this installation: the mail server of its settings, or the outbox folder, which reaches nobody. */
import { join } from 'node:path';
import type { Installation } from './installation.ts';
import { openTransport } from '../mail/open-transport.ts';
import type { MailTransport } from '../mail/transport.ts';

export const openInstallationTransport = ({ mail, home }: Installation): MailTransport => openTransport(mail, join(home, 'outbox'));
