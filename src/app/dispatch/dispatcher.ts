/** One sender of this process: its name, its way out and its journal. Opened once, used for any number of companies one after another. */
import { randomUUID } from 'node:crypto';
import type { Installation } from '../installation.ts';
import type { Sender } from '../gate.ts';
import type { MailTransport } from '../../mail/transport.ts';
import { openJournal, type OutcomeJournal } from './outcome-journal.ts';

export interface Dispatcher {
  readonly sender: Sender;
  readonly transport: MailTransport;
  readonly journal: OutcomeJournal;
  /** Waits for nothing: whoever closes has let what was under way finish. */
  close(): Promise<void>;
}

/** @throws OperatorError `journal.unwritable` */
export async function openDispatcher({ home }: Pick<Installation, 'home'>, transport: MailTransport): Promise<Dispatcher> {
  const instance = randomUUID();
  const journal = await openJournal(home, instance);
  const sender = { instance, transport: transport.kind, relay: transport.label };
  return { sender, transport, journal, close: () => journal.close() };
}
