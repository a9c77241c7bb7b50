/**
 * `npm run bench -- messages`, or `node bench/messages.ts [count]`: renders and composes reminders of ten items in both languages, the work
 * of one approval and one sending without the database (words, both parts, hash, bytes), on one core. Prints a table and one line of JSON, beside the same bytes merely
 * encoded, and memory at every tenth: the process's own, which the engine lets grow to a bound of its choice, and what is alive after
 * collecting garbage, which stays flat unless something is kept of every mail.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { quotedPrintable } from '../src/mail/quoted-printable.ts';
import { composeMessage } from '../src/mail/compose-message.ts';
import { renderedHash } from '../src/mail/rendered-hash.ts';
import { renderReminder } from '../src/mail/reminder-mail.ts';
import { readReminderTexts } from '../src/mail/reminder-texts.ts';
import { shippedTemplates } from '../src/mail/shipped-templates.ts';
import { trialReminder } from '../src/mail/trial-reminders.ts';
import { packagePath } from '../src/package-root.ts';

const COUNT = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 10_000);
const shipped = shippedTemplates(packagePath('templates'));
const trial = { level: 'FIRM', supportsConsolidation: true, maxInvoiceCount: 150 } as const;
const texts = readReminderTexts(shipped.consolidated.FIRM, shipped.closing, { ...trial, place: 'the shipped text' });
const mail = trialReminder(trial, { count: 10 });
const frame = {
  approvedAddress: 'ahmed@noor.example',
  thread: null,
  sentAt: Temporal.Instant.from('2026-12-04T05:00:00Z'),
  timeZone: 'Asia/Dubai',
};

function one(index: number): number {
  const rendered = renderReminder({ ...mail, customer: { ...mail.customer, code: `C-${index}` }, caseKey: `C-${index}` }, texts);
  const content = {
    from: { name: 'Falcon', address: 'billing@falcon.example' },
    to: { name: 'Ahmed', address: frame.approvedAddress },
    replyTo: null,
    ...rendered,
    attachments: [],
  };
  renderedHash(content);
  const messageId = `<rem.${String(index).padStart(16, '0')}@falcon.example>`;
  return composeMessage(content, { ...frame, messageId }).bytes.length;
}

/** Time on a core, so that what else the machine is doing does not count. */
function coreSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

for (let index = 0; index < 300; index += 1) one(index);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const rss: number[] = [];
const alive: number[] = [];
let bytes = 0;
let seconds = 0;
const TENTH = Math.ceil(COUNT / 10);
for (let from = 0; from < COUNT; from += TENTH) {
  const start = process.cpuUsage();
  for (let index = from; index < Math.min(COUNT, from + TENTH); index += 1) bytes += one(index);
  seconds += coreSeconds(start);
  rss.push(Math.round(process.memoryUsage().rss / 1e6));
  collectGarbage();
  alive.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10);
}

const { html, text } = renderReminder(mail, texts);
const encodeStart = process.cpuUsage();
for (let index = 0; index < COUNT; index += 1) quotedPrintable(index % 2 === 0 ? html : text);
const encodeSeconds = coreSeconds(encodeStart);

const perSecond = Math.round(COUNT / seconds);
const encodedPerSecond = Math.round(COUNT / encodeSeconds);
process.stdout.write(`reminders of 10 items, two languages   ${perSecond}/s   ${Math.round(bytes / COUNT)} bytes each
one part of it merely encoded          ${encodedPerSecond}/s
memory of the process, every tenth     ${rss.join(' ')} MB
of it alive                            ${alive.join(' ')} MB
${JSON.stringify({ bench: 'messages', count: COUNT, perSecond, bytesEach: Math.round(bytes / COUNT), encodedPerSecond, rssMb: rss, aliveMb: alive, asked: 1_500 })}
`);
