import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openInstallation } from '../../../src/app/installation.ts';
import { Secret } from '../../../src/app/people/secret.ts';

const CANARY = `wafa_ACME_${'c'.repeat(43)}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wafa-token-'));
});
afterAll(() => rm(folder, { recursive: true }));

const given = (env: Readonly<Record<string, string>>) =>
  openInstallation({ env: { WAFA_HOME: folder, ...env }, operatingSystemLogin: 'amal' }).token;

const faultOf = (env: Readonly<Record<string, string>>): unknown => {
  try {
    return given(env);
  } catch (error) {
    return error;
  }
};

async function fileWith(text: string, mode: number): Promise<string> {
  const file = join(folder, `token-${mode.toString(8)}-${text.length}`);
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

describe('the token a process is given', () => {
  it('comes from the environment or from a file of its owner', async () => {
    expect(given({})).toBeUndefined();
    expect(given({ WAFA_TOKEN: '' })).toBeUndefined();
    expect(given({ WAFA_TOKEN: CANARY })?.reveal()).toBe(CANARY);
    expect(given({ WAFA_TOKEN_FILE: await fileWith(`${CANARY}\n`, 0o600) })?.reveal()).toBe(CANARY);
  });

  it.each([0o644, 0o640, 0o604, 0o620])('is refused from a file of mode %o, and not repeated', async (mode) => {
    const fault = faultOf({ WAFA_TOKEN_FILE: await fileWith(CANARY, mode) });
    expect(fault).toMatchObject({ kind: 'configuration' });
    expect(inspect(fault)).not.toContain(CANARY);
  });

  it('is refused when it is given twice', async () => {
    expect(faultOf({ WAFA_TOKEN: CANARY, WAFA_TOKEN_FILE: await fileWith(CANARY, 0o600) })).toMatchObject({ kind: 'configuration' });
  });
});

describe('a secret', () => {
  it('shows itself in no way of printing it', () => {
    const secret = new Secret(CANARY);
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9, showHidden: true }),
      JSON.stringify(Object.entries(secret)),
      inspect(new Error('x', { cause: secret })),
    ];
    expect(shown.join('\n')).not.toContain('cccc');
    expect(secret.reveal()).toBe(CANARY);
  });
});
