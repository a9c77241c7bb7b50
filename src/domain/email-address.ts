/**
 * Decides whether a text is exactly one address that may receive a reminder, and writes it in one canonical way.
 * Stricter than RFC 5322 on purpose: mail libraries read lists, groups, comments and quoted parts as *other* recipients
 * (`"a@x, b@evil"` goes to both), so anything that is not a plain `name@domain` is refused, never repaired.
 * Checks syntax only: it never asks the network whether the mailbox exists.
 */

/** Why a text is not an address; stable codes, worded by {@link ADDRESS_FAULTS}. */
export type AddressFault = keyof typeof ADDRESS_FAULTS;

/** What each fault means, as the rest of a sentence that starts with the record: "the address of C-17 …". */
export const ADDRESS_FAULTS = {
  control_char: 'contains a control character such as a tab or a line break',
  bidi_control: 'contains an invisible character that reverses text',
  invisible_char: 'contains an invisible character',
  not_single_address: 'is more than one address; give exactly one',
  display_name_in_address: 'contains a name or angle brackets; give the bare address and put the name in its own column',
  quoted_local: 'has a quoted part before the @, which many mail systems refuse',
  smtputf8_not_enabled: 'has letters outside A-Z before the @, which many mail systems refuse',
  percent_hack: 'has % or ! before the @, an old way of relaying mail elsewhere',
  ip_literal: 'names a machine by number instead of a domain',
  bad_idn: 'has a domain that is not a valid international name',
  no_public_domain: 'has a domain without a dot',
  too_long: 'is longer than mail allows (64 characters before the @, 254 in all)',
  syntax: 'is not an email address',
} as const;

/** Worth an operator's look; none of them stops a reminder by itself. */
export type AddressFlag = 'role_account' | 'own_domain' | 'reserved_domain' | 'international_domain' | 'mixed_script';

export type AddressCheck =
  | { readonly ok: true; readonly address: string; readonly domain: string; readonly flags: readonly AddressFlag[] }
  | { readonly ok: false; readonly why: AddressFault };

/** RFC 5321 §4.5.3.1: octets before the @, and in the whole path without its angle brackets. */
const LONGEST_LOCAL = 64;
const LONGEST_ADDRESS = 254;

const DOT_ATOM = /^[a-z0-9#$&'*+/=?^_`{|}~-]+(?:\.[a-z0-9#$&'*+/=?^_`{|}~-]+)*$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads one address. The domain comes back in lower case and in its ASCII form; the part before the @ is kept as written,
 * because only the receiving system knows whether case matters there; compare two addresses without regard to case.
 * @param ownDomains Domains of the company itself: mail to them is flagged, being a loop or test data.
 */
export function checkEmailAddress(text: string, ownDomains: readonly string[] = []): AddressCheck {
  // Only plain spaces at the ends are taken off (spreadsheets pad with them); a line break there is an attack or a torn file.
  const given = text.replace(/^ +| +$/g, '');
  const fault = faultOfWhole(given);
  if (fault) return { ok: false, why: fault };
  const at = given.indexOf('@');
  const local = given.slice(0, at);
  const localFault = faultOfLocal(local);
  if (localFault) return { ok: false, why: localFault };
  const domain = asciiDomain(given.slice(at + 1));
  if (!domain.ok) return domain;
  const address = `${local}@${domain.text}`;
  if (address.length > LONGEST_ADDRESS) return { ok: false, why: 'too_long' };
  return { ok: true, address, domain: domain.text, flags: flagsOf(local, given.slice(at + 1), domain.text, ownDomains) };
}

function faultOfWhole(text: string): AddressFault | null {
  if (/\p{Cc}/u.test(text)) return 'control_char';
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(text)) return 'bidi_control';
  if (/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)) return 'invisible_char';
  const ats = text.split('@').length - 1;
  if (/[,;]/.test(text) || (ats > 1 && /\s/.test(text))) return 'not_single_address';
  if (/[<>]/.test(text)) return 'display_name_in_address';
  if (text.startsWith('"')) return 'quoted_local';
  if (text.length > LONGEST_ADDRESS) return 'too_long';
  return ats === 1 && !/[\s:()\\"]/.test(text) ? null : 'syntax';
}

function faultOfLocal(local: string): AddressFault | null {
  if (/[^\0-\x7F]/.test(local)) return 'smtputf8_not_enabled';
  if (/[%!]/.test(local)) return 'percent_hack';
  if (!DOT_ATOM.test(local)) return 'syntax';
  return local.length > LONGEST_LOCAL ? 'too_long' : null;
}

type AsciiDomain = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: AddressFault };

function asciiDomain(given: string): AsciiDomain {
  if (given.startsWith('[')) return { ok: false, why: 'ip_literal' };
  const ascii = /^[\0-\x7F]*$/.test(given) ? given.toLowerCase() : punycoded(given);
  if (ascii === null) return { ok: false, why: 'bad_idn' };
  const labels = ascii.split('.');
  // Left to itself a URL parser reads `127.1` and `0x7f.1` as machine addresses; no top-level domain is a number.
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')) return { ok: false, why: 'ip_literal' };
  if (labels.some((label) => /^xn--(?:$|-)/.test(label))) return { ok: false, why: 'bad_idn' };
  if (!labels.every((label) => LABEL.test(label))) return { ok: false, why: 'syntax' };
  return labels.length < 2 ? { ok: false, why: 'no_public_domain' } : { ok: true, text: ascii };
}

/** The ASCII form of an international domain by the WHATWG rules (UTS 46), or `null` when it has none. */
function punycoded(domain: string): string | null {
  // Letters, marks, digits, dots and hyphens only: the parser would also map look-alike dots and slashes to real ones.
  if (!/^[\p{L}\p{M}\p{Nd}.-]+$/u.test(domain)) return null;
  try {
    return new URL(`http://${domain.normalize('NFC')}`).hostname;
  } catch {
    return null;
  }
}

/** RFC 2606 and RFC 6761: names that never belong to a real customer. */
const RESERVED = /(?:^|\.)(?:test|example|invalid|localhost|example\.(?:com|net|org))$/;
const ROLE = /^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|abuse)$/i;

function flagsOf(local: string, givenDomain: string, domain: string, ownDomains: readonly string[]): AddressFlag[] {
  const isInternational = domain.split('.').some((label) => label.startsWith('xn--'));
  const checks: readonly (readonly [AddressFlag, boolean])[] = [
    ['role_account', ROLE.test(local)],
    ['own_domain', ownDomains.some((own) => own.toLowerCase() === domain)],
    ['reserved_domain', RESERVED.test(domain)],
    ['international_domain', isInternational],
    ['mixed_script', mixesScripts(givenDomain)],
  ];
  return checks.filter(([, holds]) => holds).map(([flag]) => flag);
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Armenian}/u,
];

/** True when one word or label mixes alphabets, as `Аcme` with a Cyrillic А does: the sign of a look-alike. */
export const mixesScripts = (text: string): boolean =>
  text.split(/[^\p{L}\p{M}]+/u).some((word) => SCRIPTS.filter((script) => script.test(word)).length > 1);
