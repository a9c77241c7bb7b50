import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkEmailAddress } from '../../src/domain/email-address.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';

describe('an address a reminder may go to', () => {
  test.each([
    ['Accounts@ACME.example', 'Accounts@acme.example'],
    ['  a.b+c@acme.co.ae ', 'a.b+c@acme.co.ae'],
    ['a@bücher.example', 'a@xn--bcher-kva.example'],
    ["o'neil@acme.example", "o'neil@acme.example"],
  ])('%s is kept as %s', (text, address) => {
    expect(checkEmailAddress(text)).toMatchObject({ ok: true, address });
  });

  test.each([
    ['a@x.test,b@evil.test', 'not_single_address'],
    ['a@x.test;b@evil.test', 'not_single_address'],
    ['a@x.test\r\nBcc: b@evil.test', 'control_char'],
    ['a@x.test\n', 'control_char'],
    ['', 'syntax'],
    ['a@evil。test/x', 'bad_idn'],
    ['a@①27.0.0.1', 'bad_idn'],
    ['a@0x7f.0x1', 'ip_literal'],
    ['a@acme.123', 'ip_literal'],
    [`${'a'.repeat(65)}@acme.example`, 'too_long'],
    [`a@${'b'.repeat(64)}.example`, 'syntax'],
    ['a@acme.example.', 'syntax'],
  ])('%j is refused: %s', (text, why) => {
    expect(checkEmailAddress(text)).toEqual({ ok: false, why });
  });

  test('a look-alike domain in mixed alphabets is flagged, an honest foreign one only named', () => {
    expect(checkEmailAddress('a@аcme.example')).toMatchObject({
      ok: true,
      flags: ['reserved_domain', 'international_domain', 'mixed_script'],
    });
    expect(checkEmailAddress('a@bücher.de')).toMatchObject({ ok: true, flags: ['international_domain'] });
  });

  test('whatever is accepted is one plain ASCII address, and accepting it again changes nothing', () => {
    const parts = fc.array(
      fc.constantFrom(
        'a',
        '@',
        '.',
        'x',
        ' ',
        ',',
        ';',
        '<',
        '>',
        '"',
        '\r\n',
        '(',
        ')',
        ':',
        'ü',
        '\u202e',
        'test',
        '-',
        '%',
        '\0',
        '[',
        ']',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.emailAddress(),
          parts.map((all) => all.join('')),
        ),
        (text) => {
          const check = checkEmailAddress(text);
          if (!check.ok) return;
          expect(check.address).toMatch(/^[!-?A-~]+@[a-z0-9.-]+\.[a-z0-9-]+$/);
          expect(check.address).not.toMatch(/[\s,;:<>()[\]\\"]/);
          expect(checkEmailAddress(check.address)).toMatchObject({ ok: true, address: check.address });
        },
      ),
    );
  });
});

describe.skipIf(!hasBadInputs)('the shared list of bad addresses', () => {
  test.each(badInputs('emails'))('$id: $why', (bad) => {
    const [verdict = '', detail = ''] = bad.expect.split(':');
    const flags: unknown = expect.arrayContaining(verdict === 'accept_flag' ? [detail] : []);
    const required = verdict === 'reject' ? { ok: false, why: detail } : { ok: true, flags };
    expect(checkEmailAddress(badText(bad) ?? '', ['our-own-company.example'])).toMatchObject(required);
  });
});
