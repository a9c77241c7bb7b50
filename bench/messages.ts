/**
 * `npm run bench -- messages`, or `node bench/messages.ts [count]`: renders and composes reminders of ten items in both languages, the work
 * of one approval and one sending without the database (words, both parts, hash, bytes), on one core. Prints a table and one line of JSON, beside the same bytes merely
 * encoded, and the heap at every tenth, which stays flat.
 */
import { quotedPrintable } from '../src/mail/quoted-printable.ts';
import { composeMessage, renderedHash } from '../src/mail/compose-message.ts';
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
const heaps: number[] = [];
let bytes = 0;
const start = process.cpuUsage();
for (let index = 0; index < COUNT; index += 1) {
  bytes += one(index);
  if (index % Math.ceil(COUNT / 10) === 0) heaps.push(Math.round(process.memoryUsage().rss / 1e6));
}
const seconds = coreSeconds(start);

const { html, text } = renderReminder(mail, texts);
const encodeStart = process.cpuUsage();
for (let index = 0; index < COUNT; index += 1) quotedPrintable(index % 2 === 0 ? html : text);
const encodeSeconds = coreSeconds(encodeStart);

const perSecond = Math.round(COUNT / seconds);
const encodedPerSecond = Math.round(COUNT / encodeSeconds);
process.stdout.write(`reminders of 10 items, two languages   ${perSecond}/s   ${Math.round(bytes / COUNT)} bytes each
one part of it merely encoded          ${encodedPerSecond}/s
memory, at every tenth                 ${heaps.join(' ')} MB
${JSON.stringify({ bench: 'messages', count: COUNT, perSecond, bytesEach: Math.round(bytes / COUNT), encodedPerSecond, rssMb: heaps, asked: 1_500 })}
`);
