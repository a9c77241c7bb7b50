/** A Postfix of one's own in a folder, on loopback alone: it touches nothing of the machine's. Root starts it, as Postfix itself requires. */
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Nobody, who owns what lies in the mailboxes. */
export const MAILBOX_OWNER = 65534;

interface PrivatePostfix {
  readonly folder: string;
  readonly port: number;
  /** Address → its folder below `mailboxes`; another address of their domains is unknown, and told so by a report. */
  readonly mailboxes: Readonly<Record<string, string>>;
  /** Address → the port on this machine where its mail is taken further. */
  readonly elsewhere: Readonly<Record<string, number>>;
}

export async function startPostfix(options: PrivatePostfix): Promise<{ stop(): Promise<void> }> {
  const settings = join(options.folder, 'postfix');
  for (const name of ['postfix', 'queue', 'data', 'mail']) mkdirSync(join(options.folder, name), { mode: 0o755 });
  // Its unprivileged processes look into these; mkdtemp lets nobody but root in.
  chmodSync(options.folder, 0o755);
  chownSync(join(options.folder, 'data'), Number(execFileSync('id', ['-u', 'postfix'])), 0);
  chownSync(join(options.folder, 'mail'), MAILBOX_OWNER, MAILBOX_OWNER);
  writeFileSync(join(settings, 'main.cf'), mainSettings(options));
  writeFileSync(join(settings, 'master.cf'), services(options.port));
  const postfix = spawn('postfix', ['-c', settings, 'start-fg'], { stdio: 'ignore' });
  const ended = once(postfix, 'exit');
  await listening(options.port);
  return {
    stop: async () => {
      execFileSync('postfix', ['-c', settings, 'stop'], { stdio: 'ignore' });
      await ended;
    },
  };
}

/** Errors: nothing listens there after half a minute. */
export async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await wait(100);
  }
  throw new Error(`nothing listens on port ${port}`);
}

const inline = (entries: Readonly<Record<string, string>>): string =>
  `inline:{ ${Object.entries(entries)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')} }`;

const domainsOf = (addresses: readonly string[]): string => [...new Set(addresses.map((each) => each.split('@')[1]))].join(', ');

/** Everything waits seconds where a real queue waits hours and days. */
const mainSettings = ({ folder, mailboxes, elsewhere }: PrivatePostfix): string => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.sender.test
mydestination =
local_recipient_maps =
local_transport = error:5.1.1 nobody has an account here
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
virtual_mailbox_domains = ${domainsOf(Object.keys(mailboxes))}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = ${inline(mailboxes)}
virtual_uid_maps = static:${MAILBOX_OWNER}
virtual_gid_maps = static:${MAILBOX_OWNER}
virtual_alias_maps =
transport_maps = ${inline(Object.fromEntries(Object.entries(elsewhere).map(([address, port]) => [address, `smtp:[127.0.0.1]:${port}`])))}
maximal_queue_lifetime = 20s
bounce_queue_lifetime = 20s
queue_run_delay = 3s
minimal_backoff_time = 3s
maximal_backoff_time = 5s
delay_warning_time = 4s
notify_classes =
`;

const services = (port: number): string => `127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
`;
