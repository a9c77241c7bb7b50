/** Reads the machine's part of a delivery report (RFC 3464): groups of fields, the first about the message, each other about a recipient. */
import { safeText } from '../../domain/safe-text.ts';
import type { DeliveryReport, ReportedRecipient } from '../../domain/inbound/inbound-mail.ts';
import { addressesIn, headerOf, headersOfText, type Headers } from './mail-headers.ts';

/** Our mails have one recipient; a report about more was not asked for by us. */
const MOST_RECIPIENTS = 20;

/** @returns null when it has no field of either kind. */
export function readDeliveryReport(text: string): DeliveryReport | null {
  const groups = text
    .split(/\r?\n[ \t]*\r?\n/, MOST_RECIPIENTS + 1)
    .map(headersOfText)
    .filter((group) => group.length > 0);
  if (groups.length === 0) return null;
  return { envelopeId: envelopeId(groups), recipients: groups.filter(isAboutRecipient).map(recipientOf) };
}

/** Looked for in every group: a damaged report may lack the empty line between them. */
function envelopeId(groups: readonly Headers[]): string | null {
  const value = groups.map((group) => headerOf(group, 'original-envelope-id')).find((one) => one !== null) ?? null;
  // In xtext (RFC 3461 §4) a character is written +XX.
  return value === null
    ? null
    : value
        .trim()
        .slice(0, 300)
        .replace(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const isAboutRecipient = (group: Headers): boolean =>
  ['final-recipient', 'original-recipient', 'action', 'status'].some((name) => headerOf(group, name) !== null);

const recipientOf = (group: Headers): ReportedRecipient => ({
  action: /^\s*([a-z]{1,20})/i.exec(headerOf(group, 'action') ?? '')?.[1]?.toLowerCase() ?? null,
  status: /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(headerOf(group, 'status') ?? '')?.[1] ?? null,
  finalRecipient: recipientAddress(headerOf(group, 'final-recipient')),
  originalRecipient: recipientAddress(headerOf(group, 'original-recipient')),
  diagnostic: diagnosticOf(headerOf(group, 'diagnostic-code')),
});

/** `rfc822; a@b.example`, sometimes in angle brackets. */
const recipientAddress = (value: string | null): string | null => addressesIn((value ?? '').replace(/^[^;]{0,40};/, ''))[0] ?? null;

/** One line, safe to show, no longer than the database takes. */
const diagnosticOf = (value: string | null): string | null =>
  value === null
    ? null
    : safeText(
        value
          .replace(/^\s*smtp\s*;\s*/i, '')
          .replace(/\s+/g, ' ')
          .trim(),
      ).slice(0, 300) || null;
