/** Opens the transport that the settings name. */
import type { MailSettings } from './mail-settings.ts';
import { outboxTransport } from './outbox.ts';
import { smtpTransport } from './smtp-transport.ts';
import type { MailTransport } from './transport.ts';

/** @param defaultOutbox Folder for mail when the settings name none. */
export const openTransport = (settings: MailSettings, defaultOutbox: string): MailTransport =>
  settings.kind === 'smtp' ? smtpTransport(settings) : outboxTransport(settings.folder ?? defaultOutbox);
