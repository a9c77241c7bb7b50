/** The shared list of replies a mail server may give, each with the behaviour of the fake relay that gives it. */
import { afterEach, describe, expect, test } from 'vitest';

import type { SmtpSettings } from '../../src/mail/mail-settings.ts';
import { smtpTransport } from '../../src/mail/smtp-transport.ts';
import type { SendOutcome } from '../../src/mail/transport.ts';
import { badInputs, hasBadInputs } from '../support/bad-inputs.ts';
import { aMessage, localSmtp } from '../support/sending.ts';
import { startRelay, testAuthority, type SmtpRelay } from '../support/smtp-relay.ts';
import type { RelayBehaviour } from '../support/smtp-relay-script.ts';

let relay: SmtpRelay | undefined;
afterEach(async () => await relay?.close());

type Expected = Partial<SendOutcome> & { readonly kind: SendOutcome['kind'] };
interface Reply {
  readonly behaviour: RelayBehaviour;
  readonly expected: Expected;
  readonly settings?: Partial<SmtpSettings>;
}

const LOGIN = { user: 'billing', password: 'canary-secret' };
const notSent = (breaker: 'auth' | 'tls' | 'connection'): Expected => ({ kind: 'NOT_SENT', breaker });
const uncertain: Expected = { kind: 'UNCERTAIN' };

const REPLIES: Readonly<Record<string, Reply>> = {
  'SR-002': { behaviour: 'drop before greeting', expected: notSent('connection') },
  'SR-003': { behaviour: 'no greeting', expected: notSent('connection') },
  'SR-005': { behaviour: '421 at MAIL', expected: { kind: 'TEMPORARY', hint: 'slow-domain' } },
  'SR-006': { behaviour: 'STARTTLS missing', expected: notSent('tls'), settings: { tls: 'starttls', ca: testAuthority(), ...LOGIN } },
  // Its certificate is signed by an authority that nobody here trusts.
  'SR-008': { behaviour: 'accept', expected: notSent('tls'), settings: { tls: 'starttls', ...LOGIN } },
  'SR-009': { behaviour: '535 at AUTH', expected: notSent('auth'), settings: LOGIN },
  'SR-011': { behaviour: '550 5.1.1 at RCPT', expected: { kind: 'REFUSED', suppressAddress: true } },
  'SR-012': { behaviour: '552 5.2.2 at RCPT', expected: { kind: 'TEMPORARY', hint: 'limited' } },
  'SR-014': { behaviour: 'drop at DATA', expected: notSent('connection') },
  'SR-015': { behaviour: '354, then drop', expected: notSent('connection') },
  'SR-017': { behaviour: 'close after dot', expected: uncertain },
  'SR-018': { behaviour: 'reset after dot', expected: uncertain },
  'SR-020': { behaviour: 'half a reply after dot', expected: uncertain },
  'SR-021': { behaviour: 'garbage after dot', expected: uncertain },
  'SR-023': { behaviour: '421 after dot', expected: { kind: 'TEMPORARY' } },
  'SR-024': { behaviour: '451 after dot', expected: { kind: 'TEMPORARY' } },
  // One mail has one recipient, so its refusal is the refusal of the mail.
  'SR-026': { behaviour: '550 at RCPT', expected: { kind: 'REFUSED' } },
  'SR-027': { behaviour: 'flood at EHLO', expected: notSent('connection') },
  'SR-029': { behaviour: '550 5.1.1 at RCPT', expected: { kind: 'REFUSED' } },
  'SR-030': { behaviour: 'accept, slowly', expected: { kind: 'ACCEPTED' } },
};

test.skipIf(!hasBadInputs)('every reply of the shared list is among them', () => {
  expect(badInputs('smtp_replies').map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(REPLIES)));
  expect(Object.keys(REPLIES)).toEqual(expect.arrayContaining(badInputs('smtp_replies').map(({ id }) => id)));
});

describe('a mail server that gives the reply', () => {
  test.each(Object.entries(REPLIES))('%s is understood', async (_, { behaviour, expected, settings = {} }) => {
    relay = await startRelay(behaviour);
    const transport = smtpTransport(localSmtp(relay.port, settings));
    const outcome = await transport.send(aMessage());
    expect(outcome).toMatchObject(expected);
    expect(outcome.replyText ?? '').not.toMatch(/\p{Cc}/u);
    expect(relay.taken.length).toBeLessThanOrEqual(1);
    await transport.close();
  });
});
