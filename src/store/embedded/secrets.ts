/**
 * The passwords of the embedded server's roles: made once per home, at random, kept in one owner-only file. Whoever may
 * read the file may use the database; nobody else can.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { OperatorError } from '../../domain/operator-error.ts';
import { ROLES, type RolePasswords } from '../connection/roles.ts';
import type { HomeLayout } from './home-layout.ts';

/** @returns undefined when this home has none yet. */
export function readSecrets(layout: HomeLayout): RolePasswords | undefined {
  let text: string;
  try {
    text = readFileSync(layout.secretsFile, 'utf8');
  } catch (error) {
    // ENOTDIR: the home is a file; creating its folders will say so.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw unreadable(layout, error);
  }
  return parsed(layout, text);
}

/** Creates the file unless another process was first; then everyone uses the first one's. */
export function ensureSecrets(layout: HomeLayout): RolePasswords {
  const existing = readSecrets(layout);
  if (existing !== undefined) return existing;
  const fresh = { admin: password(), owner: password(), application: password(), backup: password() };
  const draft = `${layout.secretsFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flush: true });
  try {
    // A link either appears whole or fails because the name is taken: never half a file, never two winners.
    linkSync(draft, layout.secretsFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const kept = readSecrets(layout);
  if (kept === undefined) throw unreadable(layout, undefined);
  return kept;
}

/** 192 random bits: nothing to guess, so no slow hashing is needed at each connection. */
const password = (): string => randomBytes(24).toString('base64url');

function parsed(layout: HomeLayout, text: string): RolePasswords {
  try {
    const value = JSON.parse(text) as RolePasswords;
    if (Object.keys(ROLES).every((role) => typeof value[role as keyof RolePasswords] === 'string')) return value;
  } catch (error) {
    throw unreadable(layout, error);
  }
  throw unreadable(layout, undefined);
}

const unreadable = (layout: HomeLayout, cause: unknown): OperatorError =>
  new OperatorError({
    code: 'database.secrets-unreadable',
    kind: 'configuration',
    message: `The database passwords in ${layout.secretsFile} cannot be read.`,
    tryThis: 'Run wafa as the user who created this installation, or restore the file from a backup.',
    cause,
  });
