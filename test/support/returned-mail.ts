/** Mails as they come back: delivery reports in the form Postfix writes, complaints, answers of people and of machines. */

interface Report {
  /** Of the mail it is about, with its brackets. */
  readonly messageId: string;
  readonly recipient: string;
  readonly action?: string;
  readonly status?: string;
  readonly diagnostic?: string;
  /** Its own, so that two reports are two. */
  readonly ownId?: string;
  /** Left out: the envelope had no name. */
  readonly isNamedByEnvelope?: boolean;
  readonly originalAs?: 'text/rfc822-headers' | 'message/rfc822';
}

const lines = (...all: readonly string[]): Buffer => Buffer.from(all.join('\r\n'));

let reports = 0;

export function aDeliveryReport({
  messageId,
  recipient,
  action = 'failed',
  status = '5.1.1',
  diagnostic = `smtp; 550 ${status} <${recipient}>: Recipient address rejected: User unknown`,
  ownId = `<report.${(reports += 1)}@mx.example>`,
  isNamedByEnvelope = true,
  originalAs = 'text/rfc822-headers',
}: Report): Buffer {
  return lines(
    'Return-Path: <>',
    'Date: Mon, 23 Nov 2026 10:00:00 +0400 (+04)',
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    'To: accounts@falcon.example',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="B1/mx.example"',
    `Message-Id: ${ownId}`,
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--B1/mx.example',
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    "I'm sorry to have to inform you that your message could not",
    'be delivered to one or more recipients.',
    '',
    '--B1/mx.example',
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    ...(isNamedByEnvelope ? [`Original-Envelope-Id: ${messageId.slice(1, -1)}`] : []),
    'Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0400 (+04)',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    'Remote-MTA: dns; mx.noor.example',
    `Diagnostic-Code: ${diagnostic}`,
    '',
    '--B1/mx.example',
    'Content-Description: Undelivered Message Headers',
    `Content-Type: ${originalAs}`,
    '',
    'From: Falcon <accounts@falcon.example>',
    `To: <${recipient}>`,
    'Subject: Payment reminder',
    `Message-ID: ${messageId}`,
    '',
    ...(originalAs === 'message/rfc822' ? ['Please pay.', ''] : []),
    '--B1/mx.example--',
    '',
  );
}

export function aComplaint({ messageId }: { readonly messageId: string }): Buffer {
  return lines(
    'From: <feedback@provider.example>',
    'Subject: FW: Payment reminder',
    `Message-ID: <arf.${(reports += 1)}@provider.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="arf"',
    '',
    '--arf',
    'Content-Type: text/plain',
    '',
    'This is an email abuse report.',
    '--arf',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: SomeGenerator/1.0',
    'Version: 1',
    '--arf',
    'Content-Type: message/rfc822',
    '',
    'From: Falcon <accounts@falcon.example>',
    `Message-ID: ${messageId}`,
    'Subject: Payment reminder',
    '',
    'Please pay.',
    '--arf--',
    '',
  );
}

interface Answer {
  readonly to?: string;
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly ownId?: string;
  readonly headers?: readonly string[];
  readonly deliveredTo?: string;
}

/** Of a person; with `headers` of a machine. */
export const anAnswer = ({
  to,
  from = 'Ahmed <ahmed@noor.example>',
  subject = 'Re: Payment reminder',
  text = 'We paid this yesterday.\r\nRegards, Ahmed',
  ownId = `<answer.${(reports += 1)}@noor.example>`,
  headers = [],
  deliveredTo,
}: Answer): Buffer =>
  lines(
    'Return-Path: <ahmed@noor.example>',
    ...(deliveredTo === undefined ? [] : [`Delivered-To: ${deliveredTo}`]),
    `From: ${from}`,
    'To: accounts@falcon.example',
    `Subject: ${subject}`,
    `Message-ID: ${ownId}`,
    ...(to === undefined ? [] : [`In-Reply-To: ${to}`, `References: ${to}`]),
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  );
