import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { POLICY_FIELDS } from '../../src/domain/policy/fields.ts';
import { packagePath } from '../../src/package-root.ts';
import { readDocument } from './markdown.ts';
import { WITHOUT_EFFECT } from './policy-page.ts';
import { writtenPages } from './written-pages.ts';

const pages = await writtenPages();

describe('a page written from the program', () => {
  test.each(pages)('$path says what the program does; after a change run `npm run docs`', ({ path, text }) => {
    expect(readDocument(path)).toBe(text);
  });

  test('marks as without effect exactly the policy keys that exist and that nothing reads', () => {
    const sources = readdirSync(packagePath('src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && name !== 'domain/policy.ts')
      .map((name) => readFileSync(packagePath('src', name), 'utf8'))
      .join('\n');
    const isRead = (key: string): boolean => new RegExp(String.raw`\b${key.split('.')[1]}\b`).test(sources);
    expect(POLICY_FIELDS.map(({ key }) => key).filter((key) => !isRead(key))).toEqual(WITHOUT_EFFECT);
  });
});
