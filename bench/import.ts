/**
 * How fast a ledger is imported: `npm run bench -- import [invoices] [customers] [times]`, a million over two hundred thousand, once, unless told.
 *
 * Writes the files in Wafa's own CSV format, sets companies up in a built-in server of its own with the settings it ships with (durable
 * commits included), and imports each file in a process of its own, so that the memory is the import's alone. Beside it: the same file
 * copied as it is into a bare table without key, index or check. The last import is the same file again, which must change nothing. Each
 * time is a company of its own in the same database; of several times the median counts.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { cpus, loadavg, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { from as copyFrom } from 'pg-copy-streams';

import { createCompany } from '../src/app/create-company.ts';
import { importLedger } from '../src/app/import-ledger.ts';
import { openInstallation } from '../src/app/installation.ts';
import { prepared } from '../src/app/prepare-database.ts';
import { openSession } from '../src/app/session.ts';
import { openSession as openLogin } from '../src/store/connection/session.ts';
import { embeddedAdministrator, stopServer } from '../src/store/embedded/embedded-server.ts';
import { homeLayout } from '../src/store/embedded/home-layout.ts';
import { runningPostmaster } from '../src/store/embedded/postmaster.ts';

const companyOf = (time: number): string => `BENCH-${time}`;
const TARGET_ROWS_PER_SECOND = 30_000;
const TARGET_RSS_MB = 300;

interface Measured {
  readonly seconds: number;
  /** Of the importing process: what a machine that is busy with other things hardly changes. */
  readonly cpuSeconds: number;
  /** Of its server processes, where the system tells (Linux). */
  readonly serverCpuSeconds: number | null;
  readonly peakRssMb: number;
  readonly outcome: string;
  /** When each step was first heard of. */
  readonly phases: readonly Phase[];
}

interface Phase {
  readonly step: string;
  readonly atSeconds: number;
}

async function main(): Promise<void> {
  const invoices = Number(process.argv[2] ?? 1_000_000);
  const customers = Number(process.argv[3] ?? Math.max(1, Math.round(invoices / 5)));
  const times = Number(process.argv[4] ?? 1);
  const home = mkdtempSync(join(tmpdir(), 'wafa-bench-'));
  // As root the server runs under another account, which must be able to pass.
  chmodSync(home, 0o711);
  try {
    const files = await writeLedger(home, invoices, customers);
    await setUp(home, times);
    const figures: Figures[] = [];
    for (let time = 1; time <= times; time += 1) {
      figures.push({
        copying: await copyIntoBareTable(home, files.invoices),
        customers: await inOwnProcess(home, files.customers, time),
        invoices: await inOwnProcess(home, files.invoices, time),
        again: await inOwnProcess(home, files.invoices, time),
      });
    }
    report(invoices, customers, figures);
  } finally {
    await stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

interface LedgerFiles {
  readonly customers: string;
  readonly invoices: string;
}

async function writeLedger(folder: string, invoices: number, customers: number): Promise<LedgerFiles> {
  const files = { customers: join(folder, 'customers.csv'), invoices: join(folder, 'invoices.csv') };
  await writeRows(files.customers, 'customer_code,name,email,payment_terms_days,phone', customers, customerRow);
  await writeRows(files.invoices, 'invoice_number,customer_code,issue_date,due_date,currency,total,customer_reference', invoices, (at) =>
    invoiceRow(at, customers),
  );
  return files;
}

async function writeRows(path: string, heading: string, rows: number, rowAt: (at: number) => string): Promise<void> {
  const file = await open(path, 'w');
  let lines = `${heading}\n`;
  for (let at = 1; at <= rows; at += 1) {
    lines += `${rowAt(at)}\n`;
    if (at % 5_000 === 0) {
      await file.write(lines);
      lines = '';
    }
  }
  await file.write(lines);
  await file.close();
}

const codeOf = (customer: number): string => `C-${String(customer).padStart(6, '0')}`;

const customerRow = (at: number): string => `${codeOf(at)},Trading house ${at} LLC,accounts@customer${at}.example.ae,30,+97140${at}`;

const FIRST_DAY = Temporal.PlainDate.from('2025-06-01');
/** Text of each day that can occur, made once. */
const DAYS = Array.from({ length: 600 }, (_, at) => FIRST_DAY.add({ days: at }).toString());

/** Spread over customers and days in an order that is not the table's own, as an export by number is. */
function invoiceRow(at: number, customers: number): string {
  const customer = ((at * 7_919) % customers) + 1;
  const issued = (at * 31) % 500;
  const fils = 5_000 + ((at * 104_729) % 2_000_000);
  const amount = `${Math.floor(fils / 100)}.${String(fils % 100).padStart(2, '0')}`;
  return `INV-${String(at).padStart(8, '0')},${codeOf(customer)},${DAYS[issued] ?? ''},${DAYS[issued + 30] ?? ''},AED,${amount},LPO-${at % 9_973}`;
}

const installationIn = (home: string) => prepared(openInstallation({ env: { WAFA_HOME: home }, operatingSystemLogin: 'bench' }));

async function setUp(home: string, times: number): Promise<void> {
  const installation = installationIn(home);
  for (let time = 1; time <= times; time += 1) await createCompany(installation, { code: companyOf(time), name: 'Bench LLC' });
  await installation.close();
}

/** The limit: what the same server takes in when nothing is looked at. */
async function copyIntoBareTable(home: string, path: string): Promise<Measured> {
  const admin = await openLogin({ ...embeddedAdministrator(home), database: 'wafa' }, { applicationName: 'wafa bench' });
  await admin.query(
    'create table bare (invoice_number text, customer_code text, issue_date date, due_date date, currency text, total numeric, customer_reference text)',
  );
  const started = performance.now();
  const startedCpu = process.cpuUsage();
  await pipeline(
    createReadStream(path, { highWaterMark: 262_144 }),
    admin.query(copyFrom('copy bare from stdin with (format csv, header true)')),
  );
  const measured = measuredSince(started, startedCpu, 'copied');
  await admin.query('drop table bare');
  await admin.end();
  return measured;
}

/** The options `bin/wafa` starts Node with: memory is measured as an operator's import has it. */
const frontDoorOptions = (): readonly string[] =>
  /exec "\$node" (.*) "\$self"/.exec(readFileSync(join(import.meta.dirname, '..', 'bin', 'wafa'), 'utf8'))?.[1]?.split(' ') ?? [];

async function inOwnProcess(home: string, path: string, time: number): Promise<Measured> {
  const serverCpuBefore = endedServerCpu(home);
  const child = spawnSync(process.execPath, [...frontDoorOptions(), import.meta.filename], {
    env: { ...process.env, WAFA_BENCH_HOME: home, WAFA_BENCH_FILE: path, WAFA_BENCH_COMPANY: companyOf(time) },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`the import ended with ${child.status ?? child.signal ?? 'nothing'}`);
  // A server process is counted once it has ended, moments after its client.
  await delay(300);
  const serverCpu = endedServerCpu(home);
  const serverCpuSeconds = serverCpu === null || serverCpuBefore === null ? null : serverCpu - serverCpuBefore;
  return { ...(JSON.parse(child.stdout) as Measured), serverCpuSeconds };
}

/** CPU seconds of the server's processes that have ended, which Linux keeps with their parent; `null` elsewhere. */
function endedServerCpu(home: string): number | null {
  const pid = runningPostmaster(homeLayout(home));
  if (platform() !== 'linux' || pid === undefined) return null;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // Hundredths of a second of waited-for children, in and out of the kernel (proc(5), fields 16 and 17).
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

async function measure(home: string, path: string, company: string): Promise<void> {
  const started = performance.now();
  const startedCpu = process.cpuUsage();
  const installation = installationIn(home);
  const session = await openSession(installation, company);
  const phases: Phase[] = [];
  const begin = (step: string): void => {
    if (phases.at(-1)?.step !== step) phases.push({ step, atSeconds: (performance.now() - started) / 1_000 });
  };
  begin('Opening');
  const { kind, counts } = await importLedger(session, { path, mapping: 'wafa', onProgress: ({ step }) => begin(step) });
  begin('Closing');
  await installation.close();
  const added = counts.documentsAdded + counts.customersAdded;
  const measured = measuredSince(started, startedCpu, kind === 'imported' ? `${added} added` : kind);
  process.stdout.write(JSON.stringify({ ...measured, phases }));
}

function measuredSince(started: number, startedCpu: NodeJS.CpuUsage, outcome: string): Measured {
  const cpu = process.cpuUsage(startedCpu);
  return {
    seconds: (performance.now() - started) / 1_000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    serverCpuSeconds: null,
    // In kilobytes on every platform, says Node.
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    outcome,
    phases: [],
  };
}

type Figures = Readonly<Record<'copying' | 'customers' | 'invoices' | 'again', Measured>>;

function report(invoices: number, customers: number, all: readonly Figures[]): void {
  const figures: Figures = {
    copying: median(all.map(({ copying }) => copying)),
    customers: median(all.map((each) => each.customers)),
    invoices: median(all.map((each) => each.invoices)),
    again: median(all.map(({ again }) => again)),
  };
  const row = (what: string, rows: number, { seconds, cpuSeconds, serverCpuSeconds, peakRssMb, outcome }: Measured) => ({
    what,
    seconds: Number(seconds.toFixed(1)),
    'own CPU s': Number(cpuSeconds.toFixed(1)),
    'server CPU s': serverCpuSeconds === null ? '' : Number(serverCpuSeconds.toFixed(1)),
    'rows/s': Math.round(rows / seconds),
    'peak RSS MB': peakRssMb,
    outcome,
  });
  console.table([
    row('import invoices', invoices, figures.invoices),
    row('the same file again', invoices, figures.again),
    row('import customers', customers, figures.customers),
    row('limit: COPY into a bare table', invoices, figures.copying),
  ]);
  console.table(phaseRows(figures));
  const target = { rowsPerSecond: TARGET_ROWS_PER_SECOND, peakRssMb: TARGET_RSS_MB };
  const isMet = invoices / figures.invoices.seconds >= TARGET_ROWS_PER_SECOND && figures.invoices.peakRssMb <= TARGET_RSS_MB;
  const machine = { processors: cpus().length, loadAverage: loadavg()[0], node: process.version };
  process.stdout.write(
    `${JSON.stringify({ bench: 'import', rows: { invoices, customers }, times: all.length, target, isMet, figures, machine })}\n`,
  );
}

/** The one in the middle by its time; of two the slower. */
function median(measured: readonly Measured[]): Measured {
  const middle = measured.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(measured.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

/** How long each step of each import took; the last is over when its process has let go of the server. */
const phaseRows = (figures: Figures) =>
  (['invoices', 'again', 'customers'] as const).flatMap((what) =>
    figures[what].phases.map(({ step, atSeconds }, at, all) => ({
      import: what,
      step,
      seconds: Number(((all[at + 1]?.atSeconds ?? figures[what].seconds) - atSeconds).toFixed(1)),
    })),
  );

const home = process.env['WAFA_BENCH_HOME'];
const file = process.env['WAFA_BENCH_FILE'];
const company = process.env['WAFA_BENCH_COMPANY'];
await (home !== undefined && file !== undefined && company !== undefined ? measure(home, file, company) : main());
