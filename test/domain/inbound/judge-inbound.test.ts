import { describe, expect, test } from 'vitest';

import type { InboundMail } from '../../../src/domain/inbound/inbound-mail.ts';
import { cluesOf, isAutomatic, judgeInbound } from '../../../src/domain/inbound/judge-inbound.ts';
import type { SentMail } from '../../../src/domain/inbound/sent-mail.ts';
import { asId } from '../../../src/domain/ids.ts';

const OURS = '<rem.0123456789abcdef0123456789abcdef@falcon.example>';

const mail = (changes: Partial<InboundMail> = {}): InboundMail => ({
  identity: 'a'.repeat(64),
  from: 'ahmed@noor.example',
  subject: 'Re: Payment reminder',
  answers: [],
  replyKeys: [],
  hasEmptyReturnPath: false,
  autoSubmitted: null,
  precedence: null,
  hasAutomaticHeader: false,
  reportType: null,
  report: null,
  returned: null,
  text: '',
  ...changes,
});

const sent = (changes: Partial<SentMail> = {}): SentMail => ({
  messageId: OURS,
  attemptId: asId<'attempt'>(1),
  recipientAddress: 'ahmed@noor.example',
  customerId: asId<'customer'>(1),
  reminderId: asId<'reminder'>(1),
  requestedId: null,
  deliveryStatus: 'SENT',
  ...changes,
});

const report = (action: string | null, status: string | null, recipient: string | null = 'ahmed@noor.example'): InboundMail =>
  mail({
    reportType: 'delivery-status',
    hasEmptyReturnPath: true,
    report: {
      envelopeId: OURS.slice(1, -1),
      recipients: [{ action, status, finalRecipient: recipient, originalRecipient: null, diagnostic: null }],
    },
  });

const judged = (one: InboundMail, found: SentMail | null = sent()) =>
  judgeInbound(one, found === null ? null : { mail: found, by: 'message-id' });

describe('a delivery report', () => {
  test('says what became of the mail', () => {
    expect(judged(report('delivered', '2.0.0'))).toEqual({ kind: 'delivered' });
    expect(judged(report('relayed', '2.0.0'))).toEqual({ kind: 'relayed' });
    expect(judged(report('expanded', '2.0.0'))).toEqual({ kind: 'relayed' });
    expect(judged(report('delayed', '4.2.2'))).toMatchObject({ kind: 'delayed', status: '4.2.2' });
    expect(judged(report('failed', '5.1.1'))).toMatchObject({ kind: 'bounced', bounce: 'hard' });
    expect(judged(report('failed', '4.2.2'))).toMatchObject({ kind: 'bounced', bounce: 'soft' });
  });

  test('is found by the name of the envelope, by what it returns, and by its own thread', () => {
    const one = {
      ...report('failed', '5.1.1'),
      returned: { messageId: '<b@c.example>', replyKeys: ['0123456789abcdef'] },
      answers: ['<d@e.example>'],
    };
    expect(cluesOf(one)).toEqual({ messageIds: [OURS, '<b@c.example>', '<d@e.example>'], replyKeys: ['0123456789abcdef'], from: null });
  });

  test('about another address than the one written to is not believed', () => {
    expect(judged(report('failed', '5.1.1', 'ceo@noor.example'))).toEqual({ kind: 'forged', why: 'other-recipient' });
  });

  test('about a reminder that was never sent is not believed', () => {
    expect(judged(report('failed', '5.1.1'), sent({ deliveryStatus: 'PROPOSED' }))).toEqual({ kind: 'forged', why: 'never-sent' });
  });

  test('that names a Message-ID of our make which nobody sent is made up; one about other people’s mail is nothing to us', () => {
    expect(judged(report('failed', '5.1.1'), null)).toEqual({ kind: 'forged', why: 'not-ours' });
    expect(judged(mail({ reportType: 'delivery-status', answers: ['<x@y.example>'] }), null)).toEqual({ kind: 'unrelated' });
  });

  test('without anything about a recipient is for a person: nothing follows from it', () => {
    expect(judged(report(null, null, null))).toMatchObject({ kind: 'bounced', bounce: 'unreadable' });
    expect(judged(mail({ reportType: 'delivery-status', answers: [OURS] }))).toMatchObject({ kind: 'bounced', bounce: 'unreadable' });
  });
});

describe('an answer', () => {
  test('of a person is one, however it was matched', () => {
    expect(judgeInbound(mail({ answers: [OURS] }), { mail: sent(), by: 'reply-key' })).toEqual({ kind: 'reply', by: 'reply-key' });
  });

  test.each<[string, Partial<InboundMail>]>([
    ['Auto-Submitted', { autoSubmitted: 'auto-replied' }],
    ['Precedence', { precedence: 'auto_reply' }],
    ['an empty return path', { hasEmptyReturnPath: true }],
    ['a header of autoresponders', { hasAutomaticHeader: true }],
    ['a receipt', { reportType: 'disposition-notification' }],
    ['the subject in English', { subject: 'Automatic reply: Payment reminder' }],
    ['the subject in Arabic', { subject: 'رد تلقائي: تذكير' }],
  ])('of a machine, known by %s, is no answer', (_, changes) => {
    expect(judged(mail({ answers: [OURS], ...changes }))).toEqual({ kind: 'auto-reply' });
  });

  test('that says it was not sent by a machine is believed', () => {
    expect(isAutomatic(mail({ autoSubmitted: 'no' }))).toBe(false);
  });

  test('to nothing of ours is nothing to us', () => {
    expect(judged(mail(), null)).toEqual({ kind: 'unrelated' });
  });

  test('of a machine is not looked up by its address: only people write without a thread', () => {
    expect(cluesOf(mail({ autoSubmitted: 'auto-replied' })).from).toBeNull();
    expect(cluesOf(mail()).from).toBe('ahmed@noor.example');
  });
});

test('a complaint is one, whoever forwards it', () => {
  expect(judged(mail({ reportType: 'feedback-report', returned: { messageId: OURS, replyKeys: [] } }))).toEqual({ kind: 'complaint' });
});
