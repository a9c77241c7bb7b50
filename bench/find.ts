/**
 * How long somebody on the telephone waits for `customer find`: `npm run bench -- find [customers] [questions of each kind]`, two hundred
 * thousand customers and thirty questions unless told.
 *
 * Imports customers with Latin and Arabic names and telephones into a built-in server of its own, lets it be vacuumed as the server does by
 * itself a minute later, and asks through the application, permission and transaction included, the kinds of questions in turn. Beside
 * it: one scan of the same names that compares nothing.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCompany } from '../src/app/create-company.ts';
import { findCustomers } from '../src/app/customers/find-customers.ts';
import { importLedger } from '../src/app/import-ledger.ts';
import { openInstallation } from '../src/app/installation.ts';
import { prepared } from '../src/app/prepare-database.ts';
import { openSession, type Session } from '../src/app/session.ts';
import { openSession as openLogin } from '../src/store/connection/session.ts';
import { embeddedAdministrator, stopServer } from '../src/store/embedded/embedded-server.ts';

const TARGET_P95_MS = 120;
/** As many as the verb shows unless told. */
const LIMIT = 20;

const LATIN = ['Noor', 'Falcon', 'Marina', 'Desert', 'Pearl', 'Creek', 'Palm', 'Summit', 'Coral', 'Horizon', 'Oasis', 'Harbour'];
const TRADES = ['Trading', 'Contracting', 'Foodstuff', 'Interiors', 'Logistics', 'Electromechanical', 'Medical Supplies', 'Textiles'];
const ARABIC = ['النور', 'الصقر', 'المرسى', 'الصحراء', 'اللؤلؤة', 'الخور', 'النخلة', 'القمة', 'المرجان', 'الأفق', 'الواحة', 'الميناء'];

const codeOf = (at: number): string => `C-${String(at).padStart(6, '0')}`;
const phoneOf = (at: number): string => `+97150${String(1_000_000 + ((at * 7_919) % 8_999_999))}`;
const nameOf = (at: number): string => `${LATIN[at % LATIN.length] ?? ''} ${TRADES[(at >> 4) % TRADES.length] ?? ''} ${at} LLC`;

/** What is asked, by kind: the `at`-th question of `customers`. */
const QUESTIONS: Readonly<Record<string, (at: number, customers: number) => string>> = {
  'a part of nearly every name': () => 'llc',
  'a word of many names': (at) => (LATIN[at % LATIN.length] ?? '').toLowerCase(),
  'an Arabic word': (at) => ARABIC[at % ARABIC.length] ?? '',
  'one name': (at, customers) => nameOf(1 + ((at * 6_007) % customers)).slice(0, -4),
  nobody: (at) => `no such house ${at}`,
  'a code': (at, customers) => codeOf(1 + ((at * 4_001) % customers)),
  'a telephone': (at, customers) => phoneOf(1 + ((at * 5_003) % customers)),
};

async function main(): Promise<void> {
  const customers = Number(process.argv[2] ?? 200_000);
  const questions = Number(process.argv[3] ?? 30);
  const home = mkdtempSync(join(tmpdir(), 'wafa-bench-'));
  // As root the server runs under another account, which must be able to pass.
  chmodSync(home, 0o711);
  try {
    const installation = prepared(openInstallation({ env: { WAFA_HOME: home }, operatingSystemLogin: 'bench' }));
    await createCompany(installation, { code: 'BENCH', name: 'Bench LLC' });
    const session = await openSession(installation, 'BENCH');
    await importLedger(session, { path: customerFile(home, customers), mapping: 'wafa' });
    const limitMs = await scanOfNames(home);
    report(customers, questions, await askAll(session, customers, questions), limitMs);
    await installation.close();
  } finally {
    await stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

function customerFile(home: string, customers: number): string {
  const path = join(home, 'customers.csv');
  const rows = Array.from({ length: customers }, (_, index) => {
    const at = index + 1;
    return `${codeOf(at)},${nameOf(at)},${ARABIC[at % ARABIC.length] ?? ''} للتجارة ${at},accounts@customer${at}.example.ae,30,${phoneOf(at)}`;
  });
  writeFileSync(path, `customer_code,name,name_ar,email,payment_terms_days,phone\n${rows.join('\n')}\n`);
  return path;
}

/** The limit: every name read once from its index. @returns milliseconds, the median of nine. */
async function scanOfNames(home: string): Promise<number> {
  const admin = await openLogin({ ...embeddedAdministrator(home), database: 'wafa' }, { applicationName: 'wafa bench' });
  await admin.query('vacuum analyze customers');
  const times: number[] = [];
  for (let time = 0; time < 9; time += 1) {
    const started = performance.now();
    await admin.query('select count(*), min(length(search_text)) from customers where company_id > 0');
    times.push(performance.now() - started);
  }
  await admin.end();
  return percentile(times, 0.5);
}

interface Asked {
  readonly kind: string;
  readonly found: number;
  readonly ms: readonly number[];
}

async function askAll(session: Session, customers: number, questions: number): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const [kind, question] of Object.entries(QUESTIONS)) {
    const ms: number[] = [];
    let found = 0;
    for (let at = 1; at <= questions; at += 1) {
      const started = performance.now();
      found += (await findCustomers(session, { text: question(at, customers), limit: LIMIT })).length;
      ms.push(performance.now() - started);
    }
    asked.push({ kind, found: found / questions, ms });
  }
  return asked;
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

function report(customers: number, questions: number, asked: readonly Asked[], limitMs: number): void {
  const rounded = (value: number): number => Number(value.toFixed(1));
  const rows = [...asked, { kind: 'all of them', found: 0, ms: asked.flatMap(({ ms }) => ms) }].map(({ kind, found, ms }) => ({
    question: kind,
    'found each': kind === 'all of them' ? '' : rounded(found),
    'p50 ms': rounded(percentile(ms, 0.5)),
    'p95 ms': rounded(percentile(ms, 0.95)),
  }));
  console.table([...rows, { question: 'limit: all names read once', 'found each': '', 'p50 ms': rounded(limitMs), 'p95 ms': '' }]);
  const p95Ms = percentile(
    asked.flatMap(({ ms }) => ms),
    0.95,
  );
  const machine = { processors: cpus().length, loadAverage: loadavg()[0], node: process.version };
  const result = { bench: 'find', customers, questions, target: { p95Ms: TARGET_P95_MS }, isMet: p95Ms <= TARGET_P95_MS, p95Ms, limitMs };
  process.stdout.write(`${JSON.stringify({ ...result, rows, machine })}\n`);
}

await main();
