/** Everything `wafa doctor` looks at, in the order in which one thing rests on another. Changes nothing and sends nothing. */
import { examineDatabase } from './database.ts';
import { ok, warning, type Finding } from './finding.ts';
import { examineDisk, examineHome, examineRuntime } from './machine.ts';
import { examineTerminal, type TerminalFacts } from './terminal.ts';
import type { Installation } from '../installation.ts';

export interface Examination {
  readonly findings: readonly Finding[];
  readonly faults: number;
  readonly warnings: number;
}

export async function examine(installation: Installation, terminal: TerminalFacts): Promise<Examination> {
  const { env } = installation.configuration;
  const findings = [
    ...examineRuntime(process.version, env['NODE_OPTIONS']),
    ...examineHome(installation.home),
    examineDisk(installation.home),
    ...(await examineDatabase(installation)),
    examineMail(installation),
    ...examineTerminal(terminal),
  ];
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  return { findings, faults: count('fault'), warnings: count('warning') };
}

/** Settings only: a connection to the mail server would be its operator's to see. */
function examineMail({ mail, clock, home }: Installation): Finding {
  if (mail.kind === 'outbox') return ok('Mail', `goes to the outbox folder ${mail.folder ?? `${home}/outbox`}: it is not sent to anyone`);
  const found = `${mail.host}:${mail.port}, ${mail.tls === 'off' ? 'without encryption on this machine' : 'encrypted'}${mail.user === null ? '' : `, as ${mail.user}`}`;
  if (!clock.isOverridden) return ok('Mail', found);
  return warning('Mail', {
    found,
    meaning: 'WAFA_CLOCK moves business time, so mail is dated wrongly.',
    tryThis: 'Unset WAFA_CLOCK for real work.',
  });
}
