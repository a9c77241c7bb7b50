/** One sender of this process: its name, its way out and its journal. Opened once, used for any number of companies one after another. */
import { randomUUID } from 'node:crypto';
import type { Installation } from '../installation.ts';
import { withInstallation } from '../../store/connection/with-company.ts';
import { noteRelay } from '../../store/sql/dispatch/relays.ts';
import type { Sender } from '../gate-verdicts.ts';
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
export async function openDispatcher(installation: Installation, transport: MailTransport): Promise<Dispatcher> {
  const instance = randomUUID();
  const journal = await openJournal(installation.home, instance);
  if (transport.kind === 'smtp') await withInstallation(await installation.database(), (sql) => noteRelay(sql, transport.label));
  const sender = { instance, transport: transport.kind, relay: transport.label, limits: transport.limits };
  return { sender, transport, journal, close: () => journal.close() };
}
