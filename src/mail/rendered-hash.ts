/**
 * Hash of a mail as a person approves it: everything a reader sees, and who is meant to see it. Stored with the approval and asked for again
 * at the gate, so it must come out the same in every release: SHA-256 over one JSON array in UTF-8.
 */
import { createHash, hash } from 'node:crypto';
import type { MailContent } from './compose-message.ts';

/** Lower-case hex. */
export function renderedHash({ from, to, replyTo, subject, text, html, attachments }: MailContent): string {
  const whole = createHash('sha256');
  whole.update(JSON.stringify([from.name, from.address, to.name, to.address, replyTo, subject]).slice(0, -1));
  for (const body of [text, html]) updateWithJson(whole.update(','), body);
  for (const { fileName, mediaType, bytes } of attachments)
    whole.update(`,${JSON.stringify([fileName, mediaType, hash('sha256', bytes)])}`);
  return whole.update(']').digest('hex');
}

/**
 * The JSON of a long text, by way of the bytes of its UTF-8 as letters of Latin-1: JSON escapes none of those beyond ASCII, and single
 * bytes are written and hashed in half the time. An unpaired surrogate has no bytes, and JSON an escape for it.
 */
function updateWithJson(whole: ReturnType<typeof createHash>, text: string): void {
  if (!text.isWellFormed()) {
    whole.update(JSON.stringify(text));
    return;
  }
  // Three bytes for a UTF-16 unit at most.
  if (room.length < text.length * 3) room = Buffer.allocUnsafe(text.length * 3);
  whole.update(JSON.stringify(room.toString('latin1', 0, room.write(text, 'utf8'))), 'latin1');
}

/** Kept from mail to mail; it grows with the largest body so far, which the size at which mails are cut off bounds. */
let room = Buffer.allocUnsafe(64 * 1024);
