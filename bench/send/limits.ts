/** What bounds any sender on this machine: the mail library with nothing around it, and the disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

import { percentile } from './percentile.ts';

export interface RawMails {
  readonly perSecond: number;
  /** Of the sending process, which tells beside a quiet run how busy the machine was. */
  readonly cpuMsEach: number;
}

/** Through nodemailer's own pool, with as many connections as a daemon has and mails of the same size. */
export async function rawMails(port: number, mails: number, connections: number, bytes: number): Promise<RawMails> {
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    maxConnections: connections,
    maxMessages: 100,
  });
  const body = 'x'
    .repeat(70)
    .concat('\r\n')
    .repeat(Math.ceil(bytes / 72));
  const started = performance.now();
  const startedCpu = process.cpuUsage();
  await Promise.all(
    Array.from({ length: mails }, (_, at) =>
      transport.sendMail({
        envelope: { from: 'a@bench.example', to: [`b@customer${at}.example.ae`] },
        raw: `From: a@bench.example\r\nTo: b@customer${at}.example.ae\r\nMessage-ID: <${at}@raw.example>\r\nSubject: raw\r\n\r\n${body}`,
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1_000;
  const cpu = process.cpuUsage(startedCpu);
  transport.close();
  return { perSecond: mails / seconds, cpuMsEach: (cpu.user + cpu.system) / 1_000 / mails };
}

/** Milliseconds from a small write to the disk's word that it is there. */
export async function fsyncLatency(folder: string, times: number): Promise<{ readonly p50Ms: number; readonly p95Ms: number }> {
  const own = mkdtempSync(join(folder, 'fsync-'));
  const file = await open(join(own, 'file'), 'w');
  const took: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const started = performance.now();
    await file.write('x'.repeat(200));
    await file.datasync();
    took.push(performance.now() - started);
  }
  await file.close();
  rmSync(own, { recursive: true });
  return { p50Ms: percentile(took, 50), p95Ms: percentile(took, 95) };
}
