/**
 * Writes settings where the next start finds them: into the configuration file, secrets into private files of their own that it names. Both
 * take the place of the old as a whole and are readable by their owner alone.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { configurationPath, readConfigurationFile } from './configuration-file.ts';
import type { Environment } from './read-configuration.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { wafaHome } from '../../store/connection/settings.ts';

/** What stands in the file besides stays. @returns the file's path. @throws OperatorError `config.unwritable`, `config.bad-file` */
export function keepSettings(env: Environment, changes: Readonly<Record<string, string>>): string {
  const path = configurationPath(env);
  const values = { ...readConfigurationFile(env)?.values, ...changes };
  writePrivately(path, `${JSON.stringify(values, null, 2)}\n`);
  return path;
}

/** @param name Of the file in the data folder: `smtp-password`. @returns its path. @throws OperatorError `config.unwritable` */
export function keepSecret(env: Environment, name: string, secret: string): string {
  const path = join(wafaHome(env), name);
  writePrivately(path, `${secret}\n`);
  return path;
}

function writePrivately(path: string, text: string): void {
  const fresh = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(fresh, text, { mode: 0o600, flag: 'wx', flush: true });
    chmodSync(fresh, 0o600);
    renameSync(fresh, path);
  } catch (cause) {
    rmSync(fresh, { force: true });
    throw new OperatorError({
      code: 'config.unwritable',
      kind: 'configuration',
      message: `${path} cannot be written.`,
      tryThis: 'Check the folder and its permissions, or give the settings in the environment.',
      cause,
    });
  }
}
