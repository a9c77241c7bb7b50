import { describe, expect, it } from 'vitest';

import { readPaymentLink, readYesOrNo } from '../../src/app/company-identity.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

describe('a page to pay on', () => {
  it.each(['https://pay.acme.ae', 'https://pay.acme.ae/account?a=1&b=2', ' https://pay.acme.ae/#x '])('%j can be printed', (link) => {
    expect(readPaymentLink(link)).toBe(link.trim());
  });

  it.each([
    'http://pay.acme.ae/',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://pay.acme.ae@evil.test/',
    'https://user:secret@pay.acme.ae/',
    'https://pay.acme.ae:8443/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://pаy.acme.ae/',
    'https://xn--py-8ka.acme.ae/',
    'https://pay.acme.ae/ x',
    'https://pay.acme.ae/"onmouseover="x',
    'https://pay.acme.ae/<b>',
    'https://pay.acme.ae/\u202Egpj',
    `https://pay.acme.ae/${'x'.repeat(600)}`,
    'pay.acme.ae',
  ])('%j is refused', (link) => {
    expect(codeOf(() => readPaymentLink(link))).toBe('company.bad-link');
  });
});

it('a switch is yes or no', () => {
  expect(['yes', 'On', 'true', 'no', 'off', ''].map(readYesOrNo)).toEqual([true, true, true, false, false, false]);
  expect(codeOf(() => readYesOrNo('maybe'))).toBe('company.bad-switch');
});
