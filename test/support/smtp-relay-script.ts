/**
 * What a fake relay does at each step of the SMTP conversation. One name per behaviour, as data: a step not named is answered
 * properly. `takes` says that the message was kept although the client may never hear of it.
 */

/** What to do when a step is reached: say something, hang up, say nothing for ever, or talk without end. */
export type Act =
  | { readonly say: string; readonly afterMs?: number; readonly hangUp?: 'fin' | 'rst' }
  | 'fin'
  | 'rst'
  | 'silence'
  | 'flood';

export interface Script {
  readonly greeting?: Act;
  readonly ehlo?: Act;
  readonly starttls?: 'missing' | Act;
  readonly auth?: Act;
  readonly mail?: Act;
  readonly rcpt?: Act;
  readonly data?: Act;
  /** Reached in the middle of the body, once this many bytes came. */
  readonly midBody?: { readonly afterBytes: number; readonly act: Act };
  readonly afterDot?: Act;
  readonly takes?: boolean;
  readonly offersPipelining?: boolean;
}

const say = (text: string): Act => ({ say: text });

export const RELAY_SCRIPTS = {
  accept: {},
  'accept, pipelining': { offersPipelining: true },
  'accept, then reset': { afterDot: { say: '250 2.0.0 Ok: queued as ABC123', hangUp: 'rst' } },
  'accept, slowly': { afterDot: { say: '250 2.0.0 Ok: queued as ABC123', afterMs: 300 } },
  'drop before greeting': { greeting: 'fin' },
  'no greeting': { greeting: 'silence' },
  '421 greeting': { greeting: say('421 4.3.2 closing') },
  '554 greeting': { greeting: say('554 no service here') },
  'drop at EHLO': { ehlo: 'fin' },
  'flood at EHLO': { ehlo: 'flood' },
  '535 at AUTH': { auth: say('535 5.7.8 authentication failed') },
  '454 at AUTH': { auth: say('454 4.7.0 try later') },
  'STARTTLS missing': { starttls: 'missing' },
  'STARTTLS refused': { starttls: say('454 4.7.0 TLS not available') },
  '421 at MAIL': { mail: say('421 4.7.0 rate limited') },
  '451 at MAIL': { mail: say('451 4.3.0 try later') },
  '550 at MAIL': { mail: say('550 5.7.1 sender refused') },
  '530 at MAIL': { mail: say('530 5.7.0 authentication required') },
  'drop at MAIL': { mail: 'fin' },
  '450 at RCPT': { rcpt: say('450 4.2.0 greylisted') },
  '421 at RCPT, pipelining': { rcpt: { say: '421 4.3.0 closing', hangUp: 'fin' }, offersPipelining: true },
  '550 5.1.1 at RCPT': { rcpt: say('550 5.1.1 <script>alert(1)</script> no such user\x1b[2J') },
  '550 5.1.1 at RCPT, pipelining': { rcpt: say('550 5.1.1 no such user'), offersPipelining: true },
  '550 5.7.1 at RCPT': { rcpt: say('550 5.7.1 blocked by policy') },
  '550 at RCPT': { rcpt: say('550 no') },
  '552 5.2.2 at RCPT': { rcpt: say('552 5.2.2 mailbox full') },
  'garbage at RCPT': { rcpt: say('hello there') },
  'drop at RCPT': { rcpt: 'rst' },
  '451 at DATA': { data: say('451 4.3.0 try later') },
  '554 at DATA': { data: say('554 5.5.1 no') },
  'drop at DATA': { data: 'fin' },
  '354, then drop': { data: { say: '354 go ahead', hangUp: 'rst' } },
  'drop in mid-body': { midBody: { afterBytes: 100_000, act: 'rst' } },
  '552 in mid-body': { midBody: { afterBytes: 100_000, act: say('552 5.3.4 too big') } },
  '451 after dot': { afterDot: say('451 4.3.0 try later') },
  '421 after dot': { afterDot: { say: '421 4.3.0 closing', hangUp: 'fin' } },
  '554 after dot': { afterDot: say('554 5.7.1 content refused') },
  'close after dot': { afterDot: 'fin' },
  'reset after dot': { afterDot: 'rst' },
  'taken, then close': { afterDot: 'fin', takes: true },
  'half a reply after dot': { afterDot: { say: '25', hangUp: 'fin' }, takes: true },
  'half a refusal after dot': { afterDot: { say: '550 5.1', hangUp: 'fin' }, takes: true },
  'open reply after dot': { afterDot: { say: '250-queued\r\n', hangUp: 'fin' }, takes: true },
  'garbage after dot': { afterDot: say('hello there'), takes: true },
  '354 after dot': { afterDot: say('354 go ahead') },
  'two codes after dot': { afterDot: say('250-queued\r\n550 not queued') },
  'silence after dot': { afterDot: 'silence', takes: true },
  'flood after dot': { afterDot: 'flood', takes: true },
} as const satisfies Readonly<Record<string, Script>>;

export type RelayBehaviour = keyof typeof RELAY_SCRIPTS;

export const isRelayBehaviour = (text: string): text is RelayBehaviour => Object.hasOwn(RELAY_SCRIPTS, text);
