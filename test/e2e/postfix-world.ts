/** The mail world with the servers half the world's mail goes through: a Postfix and a Dovecot of the test's own, where they are installed. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import nodemailer from 'nodemailer';

import { anAnswer } from '../support/returned-mail.ts';
import { startRelay } from '../support/smtp-relay.ts';
import { startEatingProxy } from './eating-proxy.ts';
import type { MailWorld } from './mail-world.ts';
import { startDovecot } from './private-dovecot.ts';
import { startPostfix } from './private-postfix.ts';

const PASSWORD = 'open-sesame';

/** Why there is none here; `null` where there is. */
export function whyNoPostfix(): string | null {
  for (const program of ['postfix', 'dovecot']) {
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) return `${program} is not installed`;
  }
  return process.getuid?.() === 0 ? null : 'only root may start Postfix';
}

export async function worldOfPostfix(): Promise<MailWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'wafa-mail-'));
  const full = await startRelay({ rcpt: { say: '452 4.2.2 mailbox full' } });
  const [smtpPort, imapPort] = await freePorts();
  const postfix = await startPostfix({
    folder,
    port: smtpPort,
    mailboxes: { 'accounts@sender.test': 'accounts/', 'good@customer.test': 'good/', 'eaten@customer.test': 'eaten/' },
    elsewhere: { 'soft@customer.test': full.port, 'late@customer.test': full.port },
  });
  const dovecot = await startDovecot({ folder, port: imapPort, mailbox: join(folder, 'mail/accounts'), password: PASSWORD });
  const eating = await startEatingProxy(smtpPort);
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    eatingSmtpUrl: `smtp://127.0.0.1:${eating.port}`,
    imapUrl: `imap://accounts:${PASSWORD}@127.0.0.1:${imapPort}/INBOX`,
    domain: 'customer.test',
    answer: async (messageId, text) => {
      const customer = nodemailer.createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
      await customer.sendMail({
        envelope: { from: 'good@customer.test', to: 'accounts@sender.test' },
        raw: anAnswer({ to: messageId, text }),
      });
      customer.close();
    },
    close: async () => {
      await Promise.all([dovecot.stop(), postfix.stop(), eating.close(), full.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two that nobody listens on; a server is told its port before it starts. */
async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ports.push((server.address() as AddressInfo).port);
  }
  for (const server of servers) {
    server.close();
    await once(server, 'close');
  }
  const [first = 0, second = 0] = ports;
  return [first, second];
}
