/** The files for a container, as far as they can be judged without building one. */
import { readFileSync } from 'node:fs';

import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';

import { packagePath } from '../../src/package-root.ts';

const dockerfile = readFileSync(packagePath('deploy/Dockerfile'), 'utf8');

/** The lines that a linter has something against. */
const faultsOf = (text: string): readonly number[] => validate(text).map(({ range }) => range.start.line + 1);

describe('the Dockerfile', () => {
  it('is one that a linter takes', () => {
    expect(faultsOf(dockerfile)).toEqual([]);
    expect(faultsOf(dockerfile.replace(/^USER wafa$/m, 'USR wafa'))).not.toEqual([]);
  });

  it('runs as nobody special, on the Node that Wafa is tested with', () => {
    const { dependencies } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as {
      readonly dependencies: { readonly node: string };
    };
    expect(dockerfile.match(/^FROM node:(\S+?)-/gm)).toEqual([`FROM node:${dependencies.node}-`, `FROM node:${dependencies.node}-`]);
    expect(dockerfile.lastIndexOf('USER wafa')).toBeLessThan(dockerfile.indexOf('ENTRYPOINT'));
    expect(dockerfile).toContain('USER wafa');
  });
});
