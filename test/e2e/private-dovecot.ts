/** A Dovecot of one's own in a folder, on loopback alone: one mailbox, read by IMAP as `accounts` with the password given. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { listening, MAILBOX_OWNER } from './private-postfix.ts';

interface PrivateDovecot {
  readonly folder: string;
  readonly port: number;
  /** A maildir, which may not exist yet. */
  readonly mailbox: string;
  readonly password: string;
}

export async function startDovecot(options: PrivateDovecot): Promise<{ stop(): Promise<void> }> {
  const place = join(options.folder, 'dovecot');
  mkdirSync(place, { mode: 0o755 });
  writeFileSync(join(place, 'dovecot.conf'), settings(options, place));
  const dovecot = spawn('dovecot', ['-F', '-c', join(place, 'dovecot.conf')], { stdio: 'ignore' });
  const ended = once(dovecot, 'exit');
  await listening(options.port);
  return {
    stop: async () => {
      dovecot.kill();
      await ended;
    },
  };
}

const settings = ({ folder, port, mailbox, password }: PrivateDovecot, place: string): string => `protocols = imap
listen = 127.0.0.1
base_dir = ${place}/run
state_dir = ${place}/state
log_path = ${folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${mailbox}
first_valid_uid = 1
mail_uid = ${MAILBOX_OWNER}
mail_gid = ${MAILBOX_OWNER}
passdb {
  driver = static
  args = user=accounts password=${password}
}
userdb {
  driver = static
  args = uid=${MAILBOX_OWNER} gid=${MAILBOX_OWNER} home=${mailbox}
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;
