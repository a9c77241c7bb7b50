/**
 * How fast a company's audit chain is verified: `node bench/audit-verify.ts [events]`, a million unless told.
 *
 * Loads a chain into a database of its own (built-in server in a temporary home; nothing of the load needs to last, so it runs
 * without fsync) and verifies it in a process of its own, so that the memory is the verification's alone. Beside it: reading the
 * same events without checking them, and SHA-256 over the same texts in memory. Prints a table and one line of JSON.
 */
import { spawnSync } from 'node:child_process';
import { hash as digestOf } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { from as copyFrom } from 'pg-copy-streams';

import { createTestDatabase, type TestDatabase } from '../test/support/database.ts';
import { companyWith, testInstallation } from '../test/app/installation.ts';
import { act } from '../src/app/act.ts';
import { auditHash, auditText, type HashedEvent } from '../src/app/audit-chain.ts';
import { verifyAudit } from '../src/app/audit/verify-audit.ts';
import { openInstallation } from '../src/app/installation.ts';
import { openSession, type Session } from '../src/app/session.ts';
import type { CompanyId, UserId } from '../src/domain/ids.ts';
import { stopServer } from '../src/store/embedded/embedded-server.ts';
import { chainPages } from '../src/store/sql/audit-chain-rows.ts';

const COMPANY = 'BENCH';
const TARGET_SECONDS = 60;

interface Measured {
  readonly seconds: number;
  /** Of this process alone: what a machine that is busy with other things does not change. */
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/** Texts kept for the limit: hashing them again and again costs what hashing as many different ones does. */
const KEPT_TEXTS = 100_000;

async function main(): Promise<void> {
  const events = Number(process.argv[2] ?? 1_000_000);
  const home = mkdtempSync(join(tmpdir(), 'wafa-bench-'));
  process.env['WAFA_TEST_HOME'] = home;
  try {
    const database = await createTestDatabase();
    const session = await companyWith(testInstallation(database, { login: 'bench' }), { code: COMPANY });
    const started = performance.now();
    const texts = await loadChain(database, session, events);
    const loadSeconds = (performance.now() - started) / 1_000;
    report({
      events,
      loadSeconds,
      hashing: hashed(texts, events),
      reading: inOwnProcess('reading', database, home),
      verifying: inOwnProcess('verifying', database, home),
    });
    await database.drop();
  } finally {
    await stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

/** Continues the company's chain up to so many events. @returns the first texts that were hashed. */
async function loadChain({ admin }: TestDatabase, session: Session, events: number): Promise<readonly string[]> {
  const texts: string[] = [];
  const { rows } = await admin.query<{ last_hash: string }>('select last_hash from audit_heads where company_id = $1', [session.companyId]);
  let previousHash = rows[0]?.last_hash ?? '';
  // A superuser may leave the foreign keys' checks out; they are not what is measured.
  await admin.query('set session_replication_role = replica');
  let lines = '';
  const copy = admin.query(
    copyFrom(
      `copy audit_logs (company_id, id, recorded_at, business_at, actor_kind, actor_user_id, verb, object_kind, object_id, from_state, to_state,
                        reason, detail, program_version, previous_hash, hash) from stdin`,
    ),
  );
  for (let id = 2; id <= events; id += 1) {
    const event = eventNumber(id, session.companyId);
    const text = auditText(event);
    const hash = auditHash(previousHash, text);
    if (texts.length < KEPT_TEXTS) texts.push(`1\n${previousHash}\n${text}`);
    lines += copyLine(event, previousHash, hash);
    if (id % 500 === 0) {
      if (!copy.write(lines)) await once(copy, 'drain');
      lines = '';
    }
    previousHash = hash;
  }
  copy.end(lines);
  await once(copy, 'finish');
  await admin.query('update audit_heads set last_id = $2, last_hash = $3 where company_id = $1', [session.companyId, events, previousHash]);
  await admin.query('analyze audit_logs');
  return texts;
}

const BEGAN_AT = Temporal.Instant.from('2026-11-23T05:00:00Z');
const STATES = ['PROPOSED', 'QUEUED', 'LEASED', 'TRANSMITTING', 'SENT', 'DELIVERED'] as const;

/** As a sending day writes them: a reminder moves on, with its version or fence and now and then a digest. */
function eventNumber(id: number, companyId: CompanyId): HashedEvent {
  const step = id % (STATES.length - 1);
  const reminder = Math.ceil(id / (STATES.length - 1));
  const recordedAt = BEGAN_AT.add({ microseconds: id * 137 });
  return {
    companyId,
    id,
    recordedAt,
    businessAt: recordedAt.add({ seconds: 60 }),
    actorKind: step < 2 ? 'USER' : 'DAEMON',
    actorUserId: step < 2 ? (1 as UserId) : null,
    verb: step < 2 ? 'approve' : 'send',
    objectKind: 'reminder',
    objectId: reminder,
    fromState: STATES[step] ?? null,
    toState: STATES[step + 1] ?? null,
    reason: step === 0 ? 'approved as shown' : null,
    detail: step === 0 ? { version: 1, digest: digestOf('sha256', String(reminder), 'hex') } : { fence: step, attempt: reminder },
    programVersion: '0.1.0',
  };
}

function copyLine(event: HashedEvent, previousHash: string, hash: string): string {
  const {
    companyId,
    id,
    recordedAt,
    businessAt,
    actorKind,
    actorUserId,
    verb,
    objectKind,
    objectId,
    fromState,
    toState,
    reason,
    detail,
    programVersion,
  } = event;
  const values = [
    companyId,
    id,
    recordedAt,
    businessAt,
    actorKind,
    actorUserId,
    verb,
    objectKind,
    objectId,
    fromState,
    toState,
    reason,
    JSON.stringify(detail),
    programVersion,
    previousHash,
    hash,
  ];
  return `${values.map((value) => (value === null ? '\\N' : value.toString())).join('\t')}\n`;
}

function hashed(texts: readonly string[], events: number): Omit<Measured, 'peakRssMb'> {
  const startedCpu = process.cpuUsage();
  const started = performance.now();
  for (let index = 0; index < events; index += 1) digestOf('sha256', texts[index % texts.length] ?? '', 'hex');
  const cpu = process.cpuUsage(startedCpu);
  return { seconds: (performance.now() - started) / 1_000, cpuSeconds: (cpu.user + cpu.system) / 1e6 };
}

type Work = 'reading' | 'verifying';

function inOwnProcess(work: Work, { env }: TestDatabase, home: string): Measured {
  const child = spawnSync(process.execPath, [import.meta.filename], {
    env: { ...process.env, ...env, WAFA_HOME: home, WAFA_BENCH_WORK: work },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${work} ended with ${child.status ?? child.signal ?? 'nothing'}`);
  return JSON.parse(child.stdout) as Measured;
}

async function measure(work: Work): Promise<void> {
  const installation = openInstallation({ env: process.env, operatingSystemLogin: 'bench' });
  const session = await openSession(installation, COMPANY);
  const started = performance.now();
  const startedCpu = process.cpuUsage();
  if (work === 'verifying') await verifyAudit(session, { anchors: true });
  else
    await act(session, 'audit', async ({ tx }) => await readAll(chainPages(tx, '0', String(Number.MAX_SAFE_INTEGER))), {
      isReadOnly: true,
    });
  const seconds = (performance.now() - started) / 1_000;
  const cpu = process.cpuUsage(startedCpu);
  await installation.close();
  // In kilobytes on every platform, says Node.
  console.log(
    JSON.stringify({
      seconds,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    } satisfies Measured),
  );
}

async function readAll(pages: AsyncIterable<readonly unknown[]>): Promise<number> {
  let events = 0;
  for await (const page of pages) events += page.length;
  return events;
}

interface Figures {
  readonly events: number;
  readonly loadSeconds: number;
  readonly hashing: Omit<Measured, 'peakRssMb'>;
  readonly reading: Measured;
  readonly verifying: Measured;
}

function report({ events, loadSeconds, hashing, reading, verifying }: Figures): void {
  const row = (what: string, { seconds, cpuSeconds, peakRssMb }: Partial<Measured> & { readonly seconds: number }) => ({
    what,
    seconds: Number(seconds.toFixed(2)),
    'own CPU s': cpuSeconds === undefined ? '' : Number(cpuSeconds.toFixed(2)),
    'events/s': Math.round(events / seconds),
    'peak RSS MB': peakRssMb ?? '',
  });
  console.table([
    row('wafa audit verify', verifying),
    row('reading the events only', reading),
    row('limit: SHA-256 in memory', hashing),
    row('(loading the chain)', { seconds: loadSeconds }),
  ]);
  const target = { seconds: TARGET_SECONDS, events: 1_000_000 };
  const isMet = verifying.seconds <= (TARGET_SECONDS * events) / target.events;
  const machine = { processors: cpus().length, loadAverage: loadavg()[0], node: process.version };
  console.log(JSON.stringify({ bench: 'audit-verify', events, target, isMet, verifying, reading, hashing, loadSeconds, machine }));
}

const work = process.env['WAFA_BENCH_WORK'];
await (work === 'reading' || work === 'verifying' ? measure(work) : main());
